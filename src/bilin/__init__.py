"""Bilin: self-hosted work communication for companies with many branches."""
