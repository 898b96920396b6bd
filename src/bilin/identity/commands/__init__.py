"""What may be done to accounts, sessions, grants and preferences, one intention a file."""
