"""Intentions."""
