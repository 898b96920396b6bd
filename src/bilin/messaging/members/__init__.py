"""Members: who is in a conversation, and with which role."""
