"""Messages: what people say, and what becomes of it."""
