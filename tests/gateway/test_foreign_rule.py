"""Events from other sites come late and out of order: nobody outside is shown anything, nobody inside misses anything.

One person's memberships of one room live through random histories of this site's events (always the latest of all by
id) and other sites' (of any id), cut into commits. The truth is what `apply` makes of them: the highest id wins.
"""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from bilin.core.events import EVERYONE, Event, Recorded
from bilin.core.ids import Id, PersonId
from bilin.core.log import Entry
from bilin.core.log.entry import entry_of, settled
from bilin.gateway.audience import Audience
from bilin.gateway.replay import Filter
from bilin.gateway.sockets import Listener
from tests.core.log.facts import Joined, NoteAdded

ANN, BEN, ROOM = PersonId(1), PersonId(2), Id(10)
PAIR = (int(ANN), int(ROOM))
STEP = 1000


@dataclass(frozen=True)
class Step:
    """One event of a history."""

    is_own: bool
    says: str
    """`note`, or what became of Ann's membership: `in`, `out`."""
    age: int
    """Of a foreign event: how far back its id lies, in steps; negative: ahead of all."""
    ends_commit: bool


steps = st.builds(Step, st.booleans(), st.sampled_from(["note", "in", "out"]), st.integers(-2, 12), st.booleans())
histories = st.lists(steps, max_size=25)


class Lived:
    """A history as the log and a gateway lived through it."""

    def __init__(self, history: Sequence[Step], is_inside: bool) -> None:
        self._newest, self._changed, self.is_inside = STEP, 1 if is_inside else 0, is_inside
        self.as_committed: list[Entry] = []
        self.truth: list[bool] = []
        """Whether Ann was inside after each event, had each been a commit of its own."""
        self.shown: list[int] = []
        self.commits: list[tuple[int, int, bool, bool]] = []
        """(first, last position, inside before, inside after)."""
        self._stored: list[tuple[Entry, bool]] = []
        self._audience = Audience()
        self._ann = self._audience.enter(None, int(ANN))  # type: ignore[arg-type]
        self._audience.settle(self._ann, {int(ROOM)} if is_inside else set(), 0)
        commit: list[Step] = []
        for step in history:
            commit.append(step)
            if step.ends_commit:
                self._commit(commit)
                commit = []
        self._commit(commit)

    @property
    def as_read_later(self) -> list[Entry]:
        """As the log gives them at the end (`settled_entries`)."""
        return self._settled(self._stored)

    def _commit(self, commit: list[Step]) -> None:
        if not commit:
            return
        before, first = self.is_inside, len(self._stored)
        for step in commit:
            self._append(step)
        entries = self._settled(self._stored[first:])
        self.as_committed += entries
        self.commits.append((first + 1, len(self._stored), before, self.is_inside))
        for entry in entries:  # as the fan-out does
            self._audience.change(entry.pos, entry.subscribes, follows=True)
            if self._ann in self._audience.of(entry.topics):
                self.shown.append(entry.pos)
            self._audience.change(entry.pos, entry.unsubscribes, follows=False)
        assert self._ann.follows(ROOM) == self.is_inside

    def _append(self, step: Step) -> None:
        pos = len(self._stored) + 1
        identifier = self._newest + STEP if step.is_own else max(2, self._newest - step.age * STEP) + pos
        self._newest = max(self._newest, identifier)
        event = (
            NoteAdded(room=ROOM, text="x")
            if step.says == "note"
            else Joined(room=ROOM, person=ANN, present=step.says == "in")
        )
        if isinstance(event, Joined) and identifier > self._changed:
            self._changed, self.is_inside = identifier, event.present
        self.truth.append(self.is_inside)
        arrived = None if step.is_own else Id(self._newest)
        record: Recorded[Event] = Recorded(pos, Id(identifier), 1 if step.is_own else 2, BEN, None, event, arrived)
        self._stored.append((entry_of(record, b"{}"), step.is_own))

    def _settled(self, stored: Sequence[tuple[Entry, bool]]) -> list[Entry]:
        in_effect = {PAIR} if self.is_inside else set()
        return [entry if is_own else settled(entry, in_effect) for entry, is_own in stored]

    def is_note(self, pos: int) -> bool:
        return self._stored[pos - 1][0].type == NoteAdded.TYPE.name

    def is_outdated_addition(self, pos: int) -> bool:
        entry, is_own = self._stored[pos - 1]
        return bool(entry.subscribes) and not is_own and not self.is_inside


@given(histories, st.booleans())
def test_live(history: list[Step], is_inside: bool) -> None:
    lived = Lived(history, is_inside)
    for first, last, before, after in lived.commits:
        truth = {before, after, *lived.truth[first - 1 : last]}
        notes = [pos for pos in range(first, last + 1) if lived.is_note(pos)]
        if truth == {True}:
            assert set(notes) <= set(lived.shown)
        if truth == {False}:
            assert not set(notes) & set(lived.shown)


@given(histories, st.booleans(), st.integers(0, 25))
def test_resumed(history: list[Step], is_inside: bool, start: int) -> None:
    """Whether the entries come from memory, from the log, or the older ones from the log and the rest from memory."""
    lived = Lived(history, is_inside)
    middle = (start + len(history)) // 2
    sources = (
        lived.as_committed,
        lived.as_read_later,
        [*lived.as_read_later[:middle], *lived.as_committed[middle:]],
    )
    for entries in sources:
        listener = Listener(int(ANN), 0)
        listener.topics = array("q", [ROOM] if lived.is_inside else [])
        sent = {entry.pos for entry in Filter(listener).pass_through(entries[start:])}
        if not lived.is_inside:
            assert not any(lived.is_note(pos) for pos in sent)
            continue
        outside = [pos for pos, inside in enumerate(lived.truth, 1) if not inside]
        since = max(start, outside[-1] if outside else 0)
        assert set(range(since + 1, len(history) + 1)) <= sent


@given(histories)
def test_nobody_outside_is_shown_an_addition_that_is_outdated(history: list[Step]) -> None:
    lived = Lived(history, False)
    listener = Listener(int(ANN), 0)
    listener.topics = array("q", [ROOM] if lived.is_inside else [])
    assert {EVERYONE, int(ANN)} <= Filter(listener).topics()
    for entry in Filter(listener).pass_through(lived.as_read_later):
        assert not lived.is_outdated_addition(entry.pos)
