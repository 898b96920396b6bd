"""Comparing the state of two sites by digests: `bilin site verify`."""

from bilin.sites.health.verifying.answering import DigestDesk
from bilin.sites.health.verifying.verify import Comparison, Verdict

DIGESTS = "digests"
"""The kind of question on the line."""

__all__ = ["DIGESTS", "Comparison", "DigestDesk", "Verdict"]
