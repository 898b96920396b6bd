"""What administrators may want of sites: one intention a file, a command and its handler."""
