"""Bilin (比邻): self-hosted work communication for companies with many branches."""

__version__ = "0.1.0"
