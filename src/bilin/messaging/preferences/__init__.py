"""Preferences: how a person wants a conversation shown."""
