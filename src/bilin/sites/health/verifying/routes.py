"""Comparing this site's state with another's."""

from typing import Annotated

import msgspec
from litestar import post

from bilin.core.budgets import cost
from bilin.core.commands import Context
from bilin.core.database import reading
from bilin.core.http import refuses
from bilin.sites.health.verifying import DIGESTS, Comparison, Verdict
from bilin.sites.registry.access import oversee
from bilin.sites.registry.errors import UnknownSite
from bilin.sites.replication.errors import BadBatch, NotYours, SiteUnreachable, VersionsApart
from bilin.sites.replication.network import Network
from bilin.sites.replication.transport.relay import UnknownQuestion

ANSWER_WITHIN_S = 30.0
"""To one question; the largest lets the other site hash 100,000 rows."""


class VerifyBody(msgspec.Struct, frozen=True):
    """Which site to compare with."""

    site: Annotated[int, msgspec.Meta(ge=1, le=1023)]


@post(
    "/api/sites/verify",
    status_code=200,
    opt=cost(500) | refuses(UnknownSite, SiteUnreachable, VersionsApart, BadBatch, UnknownQuestion, NotYours),
    tags=["sites"],
)
async def post_verify(data: VerifyBody, ctx: Context) -> Verdict:
    """Compare digests of state with another site, module by module, and name the first row that differs; needs
    `sites.manage` or `governance.audit` over the company."""
    async with reading(ctx.site.pool) as db:
        await oversee(db, ctx)
    network = ctx.site.get(Network)
    if data.site not in network.roll.joined(besides=network.here):
        raise UnknownSite(f"Site {data.site} is no other site that has joined.")

    async def ask(question: bytes) -> bytes:
        return await network.ask(data.site, question, DIGESTS, ANSWER_WITHIN_S)

    return await Comparison(ctx.site.pool, network.here, data.site, ask).verify()


routes = [post_verify]
