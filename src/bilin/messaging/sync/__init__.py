"""Everything the first screen of a client needs."""
