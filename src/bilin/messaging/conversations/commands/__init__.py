"""What people may want of conversations: one intention a file, a command and its handler."""
