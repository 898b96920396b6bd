"""Comparing the state of two sites by digests: `bilin site verify`."""
