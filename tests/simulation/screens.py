"""What people see at a simulated site: somebody of everybody sits there, connected, and the gateway delivers the log.

`entry_of`, `settled`, `Audience` and `Fanout` are those of the product. What they reach is held against who is in the
conversation by what the site knows, before a commit and after it.
"""

from collections.abc import Sequence
from typing import Any

from bilin.core.events import Recorded
from bilin.core.ids import Id, PersonId
from bilin.core.log.entry import Entry, entry_of, settled
from bilin.gateway.audience import Audience
from bilin.gateway.ended_sessions import EndedSessions
from bilin.gateway.fanout import Fanout
from bilin.messaging.conversations.events import ConversationEvent
from bilin.messaging.stars import StarSet
from bilin.org import PersonChanged
from tests.simulation.facts import MEMBERSHIP
from tests.simulation.store import Row, Store
from tests.simulation.world import Broken

PLACE_BYTES = 8


class Screen:
    """A connection that is always there. What it was sent are places in the log."""

    is_live = True

    def __init__(self) -> None:
        self.pending: list[bytes] = [b""]

    def read(self) -> list[int]:
        """What came since."""
        sent = b"".join(self.pending)
        self.pending = [b""]
        return [int.from_bytes(sent[at : at + PLACE_BYTES]) for at in range(0, len(sent), PLACE_BYTES)]


class Frames:
    """In place of frames: where an entry stands."""

    def __init__(self, entry: Entry) -> None:
        self.wire = entry.pos.to_bytes(PLACE_BYTES)


class FramesAlone:
    """Remembers nothing."""

    def add(self, entry: Entry) -> Frames:
        return Frames(entry)


class Screens:
    """Everybody's screens at one site, from when its process starts or it hears of them."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._audience = Audience()
        self._fanout = Fanout(self._audience, FramesAlone(), EndedSessions())  # type: ignore[arg-type]
        self._screens: dict[PersonId, Screen] = {}
        self._present = {scope: set(each.present()) for scope, each in store.state.conversations.items()}
        for person in store.state.units:
            self._enter(person)

    def _enter(self, person: PersonId) -> None:
        screen = self._screens[person] = Screen()
        listener = self._audience.enter(screen, person)  # type: ignore[arg-type]
        topics = {scope for scope, people in self._present.items() if person in people}
        self._audience.settle(listener, topics, self._store.head)

    def show(self, rows: Sequence[Row], *, came: bool) -> None:
        """A commit is delivered; `came`: from elsewhere. Raises `Broken` when somebody sees what is not theirs, or not
        what is."""
        self._fanout.deliver([self._entry(row, came=came) for row in rows])
        seen: dict[int, set[PersonId]] = {row.pos: set() for row in rows}
        for person, screen in self._screens.items():
            if len(screen.pending) > 1:
                for pos in screen.read():
                    seen[pos].add(person)
        changing = {row.scope for row in rows if isinstance(row.event, MEMBERSHIP)}
        after = {row.scope: self._members(row.scope) for row in rows if row.scope}
        for row in rows:
            self._judge(row, seen[row.pos], after.get(row.scope, set()), is_changing=came and row.scope in changing)
        self._present.update(after)
        for row in rows:
            if isinstance(row.event, PersonChanged) and row.event.person not in self._screens:
                self._enter(row.event.person)

    def _judge(self, row: Row, seen: set[PersonId], after: set[PersonId], *, is_changing: bool) -> None:
        must, may = self._audience_of(row, after)
        if is_changing:
            must = set()  # whoever came or went in the same commit
        if must - seen or seen - may:
            raise Broken(
                f"at site {self._store.site} {sorted(seen)} see {row.sent.id} of {row.scope}, "
                f"not {sorted(must)} at least and {sorted(may)} at most"
            )

    def _audience_of(self, row: Row, after: set[PersonId]) -> tuple[set[PersonId], set[PersonId]]:
        """Who must see it, and who may."""
        everyone, event = set(self._screens), row.event
        if isinstance(event, StarSet):
            return {event.person} & everyone, {event.person}
        if not isinstance(event, ConversationEvent):
            return (everyone, everyone) if event.topics(None) else (set(), set())
        before = self._present.get(row.scope, set())
        let = {person for person, _ in event.unsubscribes(PersonId(row.sent.actor or 0))}
        return before & after & everyone, before | after | let

    def _members(self, scope: int) -> set[PersonId]:
        conversation = self._store.state.conversations.get(scope)
        return set() if conversation is None else set(conversation.present())

    def _entry(self, row: Row, *, came: bool) -> Entry:
        actor = None if row.sent.actor is None else PersonId(row.sent.actor)
        arrived = Id(row.sent.id) if came else None
        recorded: Recorded[Any] = Recorded(row.pos, Id(row.sent.id), row.site, actor, None, row.event, arrived)
        entry = entry_of(recorded, row.sent.data)
        if not came or not (entry.subscribes or entry.unsubscribes):
            return entry
        pairs = {*entry.subscribes, *entry.unsubscribes}
        return settled(entry, {pair for pair in pairs if pair[0] in self._members(pair[1])})
