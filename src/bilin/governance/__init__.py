"""Governance: proof of what happened. It follows the log; nobody imports it.

It owns the audit chain: for every position of the log a link that covers the event and everything before it, made with
a key that lies outside the database, so that a change of the past shows, by whomever the tables are changed. Heads of
the chain are written down outside the database (anchors), so that an end that was cut off shows too.
`bilin audit verify` walks it.
"""

from bilin.core.module import FIRST_QUESTIONS, Feature, Module
from bilin.governance.anchoring import Anchoring
from bilin.governance.anchors import ANCHOR_FILE, AnchorsChanged
from bilin.governance.chain import AuditChain
from bilin.governance.checks import look_at_chain
from bilin.governance.findings import Finding, Report
from bilin.governance.restored import accept_restored
from bilin.governance.scratch import scratch_tables
from bilin.governance.state import verify_state
from bilin.governance.tables import audit
from bilin.governance.verify import verify_chain
from bilin.governance.witnessed import read_head, start
from bilin.sites import own_head

module = Module(
    "governance",
    features=(
        Feature(
            name="audit chain",
            none=FIRST_QUESTIONS - {"checks"},
            checks=(look_at_chain,),
            tables=(audit,),
            ports={own_head: read_head},
            start=start,
            followers=lambda site: [AuditChain(site.keys.audit)],
            background=lambda site: [("audit-anchors", Anchoring(site).run)],
        ),
    ),
)

__all__ = [
    "ANCHOR_FILE",
    "AnchorsChanged",
    "Finding",
    "Report",
    "accept_restored",
    "module",
    "scratch_tables",
    "verify_chain",
    "verify_state",
]
