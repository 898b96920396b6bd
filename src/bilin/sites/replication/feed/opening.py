"""Which conversations a stretch of the log opened for a receiver (docs/developers/sites.md, section 2).

Only what somebody in the stretch may have brought about is looked at. Too much costs the receiver a fetch; too little
would lose it events.
"""

from collections.abc import Collection, Iterable, Sequence

import asyncpg
import msgspec

from bilin.core.crypto import Keyring
from bilin.core.database import Connection
from bilin.core.events import Event
from bilin.core.ids import PersonId, UnitId
from bilin.core.log.entry import decode_event
from bilin.core.scopes import ever_members_of, members_of, scopes_ever_of
from bilin.org import PersonAdded, PersonChanged, UnitAdded, UnitChanged
from bilin.sites.homes.events import HomeSet, PolicySet
from bilin.sites.homes.home_map import SHAPING
from bilin.sites.registry.events import SiteRetired
from bilin.sites.replication.feed.sharing import Sharing, membership_types, people_let
from bilin.sites.replication.transport.wire import LIST, MAX_OPENED

SELECT_MOVING = """
SELECT id, site, actor, type, version, scope, body FROM core.log
 WHERE pos > $1 AND pos <= $2 AND type = ANY($3::text[]) ORDER BY pos"""
SELECT_WRITTEN = """
SELECT DISTINCT scope FROM core.log WHERE pos > $1 AND pos <= $2 AND site = $3 AND scope IS NOT NULL"""
MAX_PEOPLE = 1_000
"""When a stretch moves more people than this, it opens the list."""


class Touched:
    """Whom a stretch of the log lets in or out, and whose home or policy it may have moved."""

    def __init__(self, after: int, through: int) -> None:
        self.after, self.through = after, through
        self.scopes: dict[int, set[PersonId]] = {}
        self.people: set[PersonId] = set()
        self.units: set[UnitId] = set()
        self.sites: set[int] = set()
        self.policy = False
        """Whether somebody's policy may have been another one before."""

    def note(self, event: Event, actor: PersonId | None, scope: int | None) -> None:
        """Take note of one event."""
        match event:
            case PersonChanged(unit=msgspec.UNSET) | UnitChanged(parent=msgspec.UNSET):
                pass
            case PersonAdded() | PersonChanged():
                self.people.add(event.person)
            case UnitAdded() | UnitChanged() | HomeSet() | PolicySet():
                self.units.add(event.unit)
                self.policy = self.policy or isinstance(event, PolicySet)
            case SiteRetired():
                self.sites.add(event.site)
            case _ if scope is not None:
                self.scopes.setdefault(scope, set()).update(people_let(event, actor))
            case _:
                pass


async def opened_for(db: Connection, sharing: Sharing, touched: Touched, to: int, head: int) -> Sequence[int]:
    """The conversations that something in a stretch of the log may have opened for a site, as of the head.

    Who gave it to the site before counts only in the last stretch: before that, a later one may touch them, and each
    stretch would leave it to somebody whom the other one touches.
    """
    written = await _written(db, sharing, to, touched.after, touched.through)
    moved = touched.people | sharing.map.below(touched.units, touched.sites)
    if len(moved) > MAX_PEOPLE:
        return (LIST,)
    of_moved = await scopes_ever_of(db, list(moved)) if moved else set()
    candidates = of_moved | touched.scopes.keys()
    members = await members_of(db, list(candidates)) if candidates else {}
    full = await sharing.full(db, candidates)
    changed = moved if touched.policy or sharing.map.is_said("nothing", "conversation") else set()
    ever = await ever_members_of(db, list(candidates)) if candidates and changed else {}
    opened = written | await _told(db, sharing, touched, to) | await sharing.own_of(db, moved, to)
    is_last = touched.through >= head
    for scope in candidates:
        people, let = members.get(scope, ()), touched.scopes.get(scope, set())
        if to in full[scope] and (
            not is_last
            or _was_kept(sharing, ever.get(scope, ()), let, changed)
            or not _had(sharing, to, people, let | moved)
        ):
            opened.add(scope)
    return sorted(opened) if len(opened) <= MAX_OPENED else (LIST,)


def _had(sharing: Sharing, to: int, members: Iterable[PersonId], touched: Collection[PersonId]) -> bool:
    """Whether a member whom nothing touched gave the conversation to the site before."""
    return any(person not in touched and sharing.brings(person, to) for person in members)


def _was_kept(
    sharing: Sharing, ever: Iterable[PersonId], let: Iterable[PersonId], changed: Collection[PersonId]
) -> bool:
    """Whether somebody's policy may have kept it here before: of who was let out (an earlier release let it go then),
    or of who is or was a member and has another one now."""
    if any(sharing.map.leaves(person, "conversation") == "nothing" for person in let):
        return True
    return any(person in changed for person in ever)


async def read_touched(db: Connection, keys: Keyring, after: int, through: int) -> Touched:
    """Whom the log touches after one position through another."""
    rows: Sequence[asyncpg.Record] = await db.fetch(SELECT_MOVING, after, through, [*membership_types(), *SHAPING])
    await keys.load(db, [row["body"] for row in rows])
    touched = Touched(after, through)
    for row in rows:
        event = decode_event(row["type"], row["version"], keys.open(row["id"], row["body"]))
        touched.note(event, None if row["actor"] is None else PersonId(row["actor"]), row["scope"])
    return touched


async def _told(db: Connection, sharing: Sharing, touched: Touched, to: int) -> set[int]:
    """Conversations of which the site hears only who is in them, where this stretch let somebody of it in or out."""
    full = await sharing.full(db, touched.scopes)
    apart = {scope: people for scope, people in touched.scopes.items() if to not in full[scope]}
    told = await sharing.told(db, apart)
    homes = await sharing.homes_ever(db, {person for people in apart.values() for person in people})
    return {s for s, people in apart.items() if to in told[s] and any(to in homes[person] for person in people)}


async def _written(db: Connection, sharing: Sharing, to: int, after: int, through: int) -> set[int]:
    """Conversations that the site has for having written there only, if it did so in this stretch."""
    scopes = {row["scope"] for row in await db.fetch(SELECT_WRITTEN, after, through, to)}
    full = await sharing.full(db, scopes)
    apart = {scope for scope in scopes if to not in full[scope]}
    told = await sharing.told(db, apart)
    return {scope for scope in apart if to in told[scope]}
