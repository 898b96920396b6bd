"""What people may want of messages: one intention a file, a command and its handler."""
