"""What administrators may want of homes: one intention a file, a command and its handler."""
