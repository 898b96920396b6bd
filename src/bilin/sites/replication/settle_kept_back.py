"""Decide about events that sites keep back."""

from collections.abc import Sequence
from typing import Annotated

import msgspec

from bilin.core.claims import BEYOND_LIMITS
from bilin.core.commands import Context
from bilin.core.database import snapshot
from bilin.core.errors import Invalid
from bilin.core.ids import Id
from bilin.core.log import Decision
from bilin.core.reasons import Reason, WrongNumber
from bilin.sites.registry.access import manage_company
from bilin.sites.replication.events import KeptBackSettled

MAX_EVENTS = 1_000
SELECT_BEYOND = "SELECT id FROM sites.kept_back WHERE id = ANY($1::bigint[]) AND reason = $2 ORDER BY id"
Events = Annotated[Sequence[Id], msgspec.Meta(min_length=1, max_length=MAX_EVENTS)]


class BeyondBounds(Reason, frozen=True, tag="beyond_bounds"):
    """What these events say is larger or of another form than this program takes in."""

    text = "larger or of another form than can be taken in: {events}"
    events: str
    """Their ids, separated by commas."""


class SettleKeptBack(msgspec.Struct, frozen=True):
    """Let events be believed at every site, or dropped for good."""

    events: Events
    accepted: bool


async def settle_kept_back(command: SettleKeptBack, ctx: Context) -> Decision:
    """For who manages sites over the company, at the founding site. Raises `Invalid` for none, too many, or what no
    column could hold."""
    events = tuple(dict.fromkeys(command.events))
    async with snapshot(ctx.site.pool) as (db, _):
        await manage_company(db, ctx)
        bounds = await db.fetch(SELECT_BEYOND, events, BEYOND_LIMITS) if command.accepted else []
    if not 0 < len(events) <= MAX_EVENTS or min(events) <= 0:
        raise Invalid(reasons={"events": WrongNumber(least=1, most=MAX_EVENTS)})
    if bounds:
        beyond = ", ".join(str(row["id"]) for row in bounds)
        raise Invalid(reasons={"events": BeyondBounds(events=beyond)})
    return Decision([KeptBackSettled(events=events, accepted=command.accepted)])
