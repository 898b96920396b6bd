"""Drafts: what somebody began to write in a conversation, on all their devices."""
