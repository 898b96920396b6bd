"""Blobs: bytes of files, sealed, in a store of their own beside the log."""
