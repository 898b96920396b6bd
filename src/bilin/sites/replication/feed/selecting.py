"""What of the log goes to which other site, read from the facts of one snapshot (docs/developers/sites.md, section 2).

Reads come one after another, so that what is remembered from one to the next is never newer than the snapshot: knowing
more than the log one reads would lose events.
"""

from collections.abc import Sequence

from bilin.core.log.store import Raw
from bilin.sites.replication.errors import NotYours
from bilin.sites.replication.feed.facts import Facts
from bilin.sites.replication.feed.opening import MAX_PEOPLE, Touched, opened_for
from bilin.sites.replication.feed.shares import Shares
from bilin.sites.replication.feed.sharing import goes, told_types
from bilin.sites.replication.ports import Reading
from bilin.sites.replication.transport.wire import LIST, Sent

EVENT_OVERHEAD_BYTES = 64
"""What an event weighs beside its data."""


class _Stretch:
    """A stretch of the log that was read last: what is new is read once for all receivers."""

    __slots__ = ("name", "raws", "touched")

    def __init__(self, name: tuple[int, int, int, int], raws: Sequence[Raw]) -> None:
        self.name, self.raws = name, raws
        self.touched: Touched | None = None


class Selection:
    """Chooses for receivers, one read at a time, each of a snapshot that is not before the last one's."""

    def __init__(self, here: int, max_people: int = MAX_PEOPLE) -> None:
        """`max_people`: whoever moves more in one stretch opens the list of all conversations."""
        self._shares, self._max_people = Shares(here), max_people
        self._told_types = told_types()
        self._stretch = _Stretch((0, 0, 0, 0), [])

    async def read(
        self, facts: Facts, to: int, whose: int, scope: int, after: int, max_events: int, max_bytes: int
    ) -> Reading:
        """What is for a receiver. Raises `NotYours` when the scope is not the receiver's."""
        if scope == LIST and after >= facts.head and to != whose:
            return Reading(facts.head, facts.head, ())
        await self._shares.look(facts)
        if scope != LIST and to != whose and not await self._shares.has(facts, to, scope):
            raise NotYours
        raws = await self._raws(facts, whose, scope, after, max_events)
        through = facts.head if len(raws) < max_events else raws[-1].pos
        chosen = raws if to == whose else await self._for(facts, to, raws)
        wanted, through = _cut(chosen, through, max_bytes)
        opened: Sequence[int] = ()
        if scope == LIST and to != whose:
            touched = await self._touched(facts, after, through)
            opened = await opened_for(facts, self._shares, touched, to, self._max_people)
        is_given_back = to == whose and scope == LIST and through == facts.head
        kept = await facts.kept_back(to) if is_given_back else ()
        return Reading(through, facts.head, [_sent(raw) for raw in wanted], opened, kept)

    async def scopes_for(self, facts: Facts, to: int, whose: int, after: int, limit: int) -> Sequence[int]:
        """Conversations a site may have and events of `whose` are in, ascending after an id."""
        await self._shares.look(facts)
        return await self._shares.scopes_for(facts, to, whose, after, limit)

    async def _raws(self, facts: Facts, whose: int, scope: int, after: int, max_events: int) -> Sequence[Raw]:
        if scope != LIST:
            return await facts.events(whose, scope, after, max_events)
        wanted = (whose, after, facts.head, max_events)
        if self._stretch.name != wanted:
            self._stretch = _Stretch(wanted, await facts.events(whose, None, after, max_events))
        return self._stretch.raws

    async def _touched(self, facts: Facts, after: int, through: int) -> Touched:
        """Of the stretch read just now."""
        known = self._stretch.touched
        if known is None or (known.after, known.through) != (after, through):
            known = self._stretch.touched = Touched(after, through, await facts.moving(after, through))
        return known

    async def _for(self, facts: Facts, to: int, raws: Sequence[Raw]) -> list[Raw]:
        """What membership and policy let go to a site."""
        scopes = {raw.scope for raw in raws if raw.scope is not None}
        full = await self._shares.full(facts, scopes)
        asked = {raw.scope for raw in raws if raw.type in self._told_types and raw.scope is not None}
        told = await self._shares.told(facts, {scope for scope in asked if to not in full[scope]})
        return [
            raw for raw in raws if goes(to, raw, self._shares.map, full, told if raw.type in self._told_types else {})
        ]


def _cut(raws: Sequence[Raw], through: int, max_bytes: int) -> tuple[Sequence[Raw], int]:
    """As many as fit, one at least, and the position they reach through."""
    size = 0
    for index, raw in enumerate(raws):
        size += len(raw.data) + EVENT_OVERHEAD_BYTES
        if index and size > max_bytes:
            return raws[:index], raws[index].pos - 1
    return raws, through


def _sent(raw: Raw) -> Sent:
    return Sent(raw.id, raw.actor, raw.type, raw.version, raw.data, raw.mark)
