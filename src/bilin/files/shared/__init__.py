"""Files that were sent: facts of a conversation, and their bytes for who is in it."""
