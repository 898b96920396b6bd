"""Events of messages → rows."""
