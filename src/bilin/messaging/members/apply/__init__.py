"""Events of members → rows."""
