"""Receipts: how far people have read, at which site ever they read."""
