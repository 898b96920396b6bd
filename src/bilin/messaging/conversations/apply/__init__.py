"""Events of conversations → rows."""
