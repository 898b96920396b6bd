"""Governance: proof of what happened. It follows the log; nobody imports it.

It owns the audit chain: for every position of the log a hash that covers the event and everything before it, so that a
change of the past, by whomever, shows. `bilin audit verify` walks it.
"""

from bilin.core.module import Module
from bilin.governance import tables as _tables  # noqa: F401 (the schema needs them known)
from bilin.governance.chain import AuditChain
from bilin.governance.verify import AuditBroken, Verified, verify_chain

module = Module("governance", followers=lambda site: [AuditChain()])

__all__ = ["AuditBroken", "Verified", "module", "verify_chain"]
