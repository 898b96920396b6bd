"""Wiring only: the command line, the supervisor, the processes, and the list of modules."""
