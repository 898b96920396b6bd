"""Conversations: making them, their titles, and the door to them."""
