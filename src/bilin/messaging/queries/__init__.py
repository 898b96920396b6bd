"""Reads shaped for screens. Each checks membership in its own SQL and says at which position of the log it stands."""
