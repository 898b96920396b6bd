"""Measurements between sites: `python -m bench.sites`."""
