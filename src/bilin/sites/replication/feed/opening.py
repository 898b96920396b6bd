"""Which conversations a stretch of the log opened for a receiver (docs/developers/sites.md, section 2).

Only what somebody in the stretch may have brought about is looked at. Too much costs the receiver a fetch; too little
would lose it events. What is decided here is decided from plain values; `opened_for` asks for them.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence

import msgspec

from bilin.core.ids import PersonId, UnitId
from bilin.org import PersonAdded, PersonChanged, UnitAdded, UnitChanged
from bilin.sites.homes.events import HomeSet, PolicySet
from bilin.sites.homes.home_map import HomeMap
from bilin.sites.registry.events import SiteRetired
from bilin.sites.replication.feed import sharing
from bilin.sites.replication.feed.facts import Facts, Moving
from bilin.sites.replication.feed.shares import Shares
from bilin.sites.replication.transport.wire import LIST, MAX_OPENED

MAX_PEOPLE = 1_000
"""When a stretch moves more people than this, it opens the list."""


class Touched:
    """Whom a stretch of the log lets in or out, and whose home or policy it may have moved."""

    def __init__(self, after: int, through: int, moving: Iterable[Moving]) -> None:
        self.after, self.through = after, through
        self.scopes: dict[int, set[PersonId]] = {}
        self.people: set[PersonId] = set()
        self.units: set[UnitId] = set()
        self.sites: set[int] = set()
        self.policy = False
        """Whether somebody's policy may have been another one before."""
        for each in moving:
            self._note(each)

    def _note(self, moving: Moving) -> None:
        match moving.event:
            case PersonChanged(unit=msgspec.UNSET) | UnitChanged(parent=msgspec.UNSET):
                pass
            case PersonAdded() | PersonChanged() as event:
                self.people.add(event.person)
            case UnitAdded() | UnitChanged() | HomeSet() | PolicySet() as event:
                self.units.add(event.unit)
                self.policy = self.policy or isinstance(event, PolicySet)
            case SiteRetired() as event:
                self.sites.add(event.site)
            case event if moving.scope is not None:
                self.scopes.setdefault(moving.scope, set()).update(sharing.people_let(event, moving.actor))
            case _:
                pass


class Passage(msgspec.Struct, frozen=True):
    """What a stretch of the log brought about for one conversation, as of the head."""

    present: Collection[PersonId]
    ever: Collection[PersonId]
    let: Collection[PersonId]
    """Whom the stretch let in or out."""
    moved: Collection[PersonId]
    """Whose home or policy it may have moved, in whatever conversations."""
    policy: bool
    """Whether policies that keep something play a part, now or before."""
    is_last: bool
    """Whether it reaches the head."""
    is_written: bool
    """Whether something of the receiver's stands in it."""


def opens_all(homes: HomeMap, passage: Passage, to: int) -> bool:
    """Of a conversation that a site has everything of: whether the stretch may have given it that.

    Who gave it to the site before counts only in the last stretch: before that, a later one may touch them, and each
    stretch would leave it to somebody whom the other one touches.
    """
    if not passage.is_last or _was_kept(homes, passage):
        return True
    return not any(
        sharing.brings(homes, person, to)
        for person in passage.present
        if person not in passage.let and person not in passage.moved
    )


def opens_who(homes: HomeMap, passage: Passage, to: int, homes_of: Mapping[PersonId, Collection[int]]) -> bool:
    """Of a conversation of which a site only hears who is in it: whether the stretch may have given it that, because it
    touches somebody who is or was of that site, or because the site wrote there."""
    if passage.is_written or _was_kept(homes, passage):
        return True
    touched = [person for person in passage.ever if person in passage.let or person in passage.moved]
    return any(to in homes_of[person] for person in touched)


def _was_kept(homes: HomeMap, passage: Passage) -> bool:
    """Whether somebody's policy may have kept it before: of who was let out (an earlier release let it go then), or of
    who is or was a member and has another one now."""
    if sharing.is_kept(homes, passage.let):
        return True
    return passage.policy and any(person in passage.moved for person in passage.ever)


async def opened_for(facts: Facts, shares: Shares, touched: Touched, to: int, max_people: int) -> Sequence[int]:
    """The conversations that something in a stretch of the log may have opened for a site, as of the head."""
    homes = shares.map
    written = await facts.written_in(to, touched.after, touched.through)
    if not (written or touched.scopes or touched.people or touched.units or touched.sites):
        return ()
    moved = touched.people | await _moved_with_units(facts, homes, touched)
    if len(moved) > max_people:
        return (LIST,)
    candidates = {*(await facts.scopes_ever_of(moved) if moved else ()), *touched.scopes}
    full = await shares.full(facts, candidates | written)
    told = await shares.told(facts, {scope for scope in candidates | written if to not in full[scope]})
    all_of = {scope for scope in candidates if to in full[scope]}
    who_of = {scope for scope in candidates | written if to not in full[scope] and to in told[scope]}
    opened = await shares.own_of(facts, moved, to)
    if all_of or who_of:
        present, ever = await facts.members(all_of), await facts.ever_members(all_of | who_of)
        people = moved.union(*touched.scopes.values()) if who_of else ()
        homes_of = await shares.homes_ever(facts, people)
        policy = touched.policy or homes.is_said("nothing", "conversation")
        is_last = touched.through >= facts.head
        for scope in all_of | who_of:
            let = touched.scopes.get(scope, set())
            of_scope = present.get(scope, ()), ever.get(scope, ())
            passage = Passage(*of_scope, let, moved, policy, is_last, scope in written)
            if opens_all(homes, passage, to) if scope in all_of else opens_who(homes, passage, to, homes_of):
                opened.add(scope)
    return sorted(opened) if len(opened) <= MAX_OPENED else (LIST,)


async def _moved_with_units(facts: Facts, homes: HomeMap, touched: Touched) -> set[PersonId]:
    """Whose home or policy units and sites that moved may have moved, or who once worked there."""
    units = homes.units_below(touched.units, touched.sites)
    if not units:
        return set()
    return {person for person, unit in homes.people.items() if unit in units} | await facts.people_ever_in(units)
