"""The door to what is known of the other sites: for who manages sites, and for auditors."""

from bilin.core.commands import Context
from bilin.core.database import Connection
from bilin.core.errors import Forbidden
from bilin.core.permissions import may
from bilin.org import company
from bilin.sites.model import SITES_MANAGE

AUDIT = "governance.audit"
"""Whoever may read the audit log may see how the sites are. (Declared above this module, by identity.)"""


async def oversee(db: Connection, ctx: Context) -> None:
    """Let pass who holds `sites.manage` or `governance.audit` over the company; raise `Forbidden` otherwise."""
    root = await company(db)
    if root is None or not (await may(db, ctx, SITES_MANAGE, root.id) or await may(db, ctx, AUDIT, root.id)):
        raise Forbidden(details={"permission": SITES_MANAGE})
