"""Events of reading → rows."""
