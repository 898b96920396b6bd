"""Figures about what is said on the line."""

from prometheus_client import Counter

from bilin.core.telemetry import registry

bytes_in = Counter("bilin_sites_bytes_in", "Bytes that came from a site", ["site"], registry=registry)
bytes_out = Counter("bilin_sites_bytes_out", "Bytes that went to a site", ["site"], registry=registry)
refused = Counter("bilin_sites_refused", "Messages of other sites that were refused", ["site"], registry=registry)
