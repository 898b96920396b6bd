"""Reactions: emoji under messages."""
