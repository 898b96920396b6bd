"""Undo what a site wrote since it was taken over: a plan, or the events that follow from it."""

import secrets
from collections import Counter
from collections.abc import Sequence

import msgspec

from bilin.core.commands import Context
from bilin.core.database import snapshot
from bilin.core.events import Event
from bilin.core.log import Decision
from bilin.core.permissions import require
from bilin.identity.model import IDENTITY_GRANT
from bilin.identity.passwords import Passwords
from bilin.org import ORG_MANAGE, company
from bilin.sites import KeptBackSettled, Since, Undo, manage_undoing

AT_ONCE = 400
"""Events of one decision."""
SETTLED_AT_ONCE = 1_000


class UndoSite(msgspec.Struct, frozen=True):
    """Undo what came of a site since a position of this log, or since a time (an id)."""

    site: int
    since: Since
    settles: bool | None = None
    """What is kept back of it: accepted, dropped for good, or (None) left as it is."""


class Undone(msgspec.Struct, frozen=True):
    """What would be done, or was."""

    site: int
    wrote: dict[str, int]
    """Events of the site, by type."""
    stays: dict[str, int]
    """Those that cannot be undone, or need not be."""
    events: dict[str, int]
    """What puts the rest back, by type."""
    kept_back: int
    more: bool
    """There is more: do it again."""
    done: bool


async def undo_site(command: UndoSite, ctx: Context, *, dry_run: bool) -> Undone:
    """For who manages sites, people and roles of the whole company, at the founding site. Raises `SiteFixed`."""
    async with snapshot(ctx.site.pool) as (db, _):
        await manage_undoing(db, ctx, command.site)
        root = await company(db)
        if root is not None:
            await require(db, ctx, ORG_MANAGE, root.id)
            await require(db, ctx, IDENTITY_GRANT, root.id)
    locked = await ctx.site.get(Passwords).hash(secrets.token_hex(32))
    plan = await Undo(ctx.site.pool, ctx.site.keys, ctx.site.clock.next, locked).plan(command.site, command.since)
    if not dry_run:
        await _append(ctx, plan.events)
        if command.settles is not None:
            for at in range(0, len(plan.kept_back), SETTLED_AT_ONCE):
                events = tuple(plan.kept_back[at : at + SETTLED_AT_ONCE])
                await _append(ctx, [KeptBackSettled(events=events, accepted=command.settles)])
    puts_back = Counter(event.TYPE.name for event in plan.events)
    wrote, stays = dict(plan.wrote), dict(plan.stays)
    return Undone(command.site, wrote, stays, dict(puts_back), len(plan.kept_back), not plan.is_whole, not dry_run)


async def _append(ctx: Context, events: Sequence[Event]) -> None:
    """Some at a time: what is cut short is gone on with by doing it again."""
    for at in range(0, len(events), AT_ONCE):
        await ctx.site.log.append(Decision(list(events[at : at + AT_ONCE])), ctx.person)
