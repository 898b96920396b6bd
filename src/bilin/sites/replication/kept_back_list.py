"""What is kept back of other sites, for administrators: how much, since when, and each event. What it says is not
shown: it may be somebody's message."""

from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from bilin.core.database import Connection
from bilin.core.ids import Id, PersonId, time_ms
from bilin.core.scopes import members_of
from bilin.sites.homes.home_map import HomeMap

MAX_SHOWN = 500
MAX_SCOPES = 2_000
COUNT = """
SELECT site, scope, count(*) AS events, min(arrived) AS since FROM sites.kept_back GROUP BY site, scope LIMIT $1"""
SELECT = """
SELECT id, site, actor, type, reason, arrived, scope FROM sites.kept_back
 WHERE ($1::smallint IS NULL OR site = $1) AND id > $2 AND (scope IS NULL OR scope = ANY($3::bigint[]))
 ORDER BY id LIMIT $4"""


class KeptBackCount(NamedTuple):
    """How much of a site is kept back, and since when (an id)."""

    events: int
    since: int


class KeptBackEvent(msgspec.Struct, frozen=True):
    """One event that is kept back."""

    id: Id
    site: int
    actor: PersonId | None
    type: str
    reason: str
    """Why: `not_at_home`, `stranger`, `not_a_member`, … (`bilin.core.claims`)."""
    written_ms: int
    """When it says that it happened, Unix milliseconds."""
    arrived_ms: int
    conversation: Id | None


async def count_kept_back(db: Connection, homes: HomeMap, here: int) -> dict[int, KeptBackCount]:
    """By the site it is of. What is of conversations that nobody at home here is in is nobody's concern here."""
    rows = await db.fetch(COUNT, MAX_SCOPES)
    shown = await _scopes_here(db, homes, here, [row["scope"] for row in rows if row["scope"] is not None])
    found: dict[int, KeptBackCount] = {}
    for site, scope, events, since in rows:
        if scope is None or scope in shown:
            before = found.get(site, KeptBackCount(0, since))
            found[site] = KeptBackCount(before.events + events, min(before.since, since))
    return found


async def list_kept_back(
    db: Connection, homes: HomeMap, here: int, site: int | None, after: int
) -> Sequence[KeptBackEvent]:
    """Those of one site or of all, oldest first, after an id; at most `MAX_SHOWN`."""
    rows = await db.fetch(COUNT, MAX_SCOPES)
    shown = await _scopes_here(db, homes, here, [row["scope"] for row in rows if row["scope"] is not None])
    return [
        KeptBackEvent(
            Id(row["id"]),
            row["site"],
            None if row["actor"] is None else PersonId(row["actor"]),
            row["type"],
            row["reason"],
            time_ms(row["id"]),
            time_ms(row["arrived"]),
            None if row["scope"] is None else Id(row["scope"]),
        )
        for row in await db.fetch(SELECT, site, after, list(shown), MAX_SHOWN)
    ]


async def _scopes_here(db: Connection, homes: HomeMap, here: int, scopes: Sequence[int]) -> set[int]:
    """Those of these conversations that somebody at home here is in."""
    members = await members_of(db, scopes) if scopes else {}
    return {scope for scope, people in members.items() if any(homes.of_person(each) == here for each in people)}
