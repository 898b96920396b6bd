"""Decide about events that sites keep back."""

from collections.abc import Sequence
from typing import Annotated

import msgspec

from bilin.core.commands import Context
from bilin.core.database import snapshot
from bilin.core.errors import Invalid
from bilin.core.ids import Id
from bilin.core.log import Decision
from bilin.sites.registry.access import manage_company
from bilin.sites.replication.events import KeptBackSettled

MAX_EVENTS = 1_000
Events = Annotated[Sequence[Id], msgspec.Meta(min_length=1, max_length=MAX_EVENTS)]


class SettleKeptBack(msgspec.Struct, frozen=True):
    """Let events be believed at every site, or dropped for good."""

    events: Events
    accepted: bool


async def settle_kept_back(command: SettleKeptBack, ctx: Context) -> Decision:
    """For who manages sites over the company, at the founding site. Raises `Invalid` for none, or too many."""
    async with snapshot(ctx.site.pool) as (db, _):
        await manage_company(db, ctx)
    events = tuple(dict.fromkeys(command.events))
    if not 0 < len(events) <= MAX_EVENTS or min(events) <= 0:
        raise Invalid(details={"fields": {"events": f"1 to {MAX_EVENTS} events"}})
    return Decision([KeptBackSettled(events=events, accepted=command.accepted)])
