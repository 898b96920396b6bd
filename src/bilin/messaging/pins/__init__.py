"""Pinned messages: what a conversation keeps in view above itself, for all its members."""
