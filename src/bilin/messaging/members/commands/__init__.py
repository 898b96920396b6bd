"""What people may want of members: one intention a file, a command and its handler."""
