"""What administrators may do to sites, homes and policies, one intention a file; all at the founding site."""
