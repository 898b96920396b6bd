"""What may be done to units and people, one intention a file."""
