"""The rule of what is replayed, against random histories of one person's memberships."""

from array import array
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from bilin.core.events import EVERYONE, Event, Recorded
from bilin.core.ids import HybridClock, Id, PersonId
from bilin.core.log import Entry
from bilin.core.log.entry import entry_of
from bilin.gateway.replay import Filter
from bilin.gateway.sockets import Listener
from tests.core.log.facts import Joined, NoteAdded

ANN, BEN = PersonId(1), PersonId(2)
ROOMS = (Id(10), Id(11))
CLOCK = HybridClock(1)
notes = st.builds(NoteAdded, room=st.sampled_from([*ROOMS, Id(ANN), Id(EVERYONE)]), text=st.just("x"))
changes = st.builds(Joined, room=st.sampled_from(ROOMS), person=st.sampled_from([ANN, BEN]), present=st.booleans())
histories = st.lists(notes | changes, max_size=25)


@dataclass
class Lived:
    """What a connection that was always there saw, and what the person follows in the end."""

    entries: list[Entry]
    live: set[int]
    now: set[int]
    away: set[int]
    """Positions of entries of a topic that the person had been seen leaving, and had not come back to."""


def live_through(history: list[Event], start: int, first: set[int]) -> Lived:
    """Deliver entry by entry, as the fan-out does. `away` counts from the position `start`."""
    follows, left = set(first), set[int]()
    lived = Lived([], set(), follows, set())
    for pos, event in enumerate(history, 1):
        entry = entry_of(Recorded(pos, Id(CLOCK.next()), 1, None, None, event), b"{}")
        lived.entries.append(entry)
        own = {int(ANN), EVERYONE}
        gained = {topic for person, topic in entry.subscribes if person == ANN}
        lost = {topic for person, topic in entry.unsubscribes if person == ANN}
        follows |= gained
        left -= gained
        if (follows | own) & set(entry.topics):
            lived.live.add(pos)
        if not own & set(entry.topics) and set(entry.topics) & left:
            lived.away.add(pos)
        follows -= lost
        if pos > start:
            left |= lost
    return lived


@given(histories, st.integers(0, 25), st.sets(st.sampled_from([10, 11])))
def test_everything_of_theirs_comes_and_nothing_else(history: list[Event], start: int, first: set[int]) -> None:
    lived = live_through(history, start, first)
    listener = Listener(int(ANN), 0)
    listener.topics = array("q", sorted(lived.now))
    missed = lived.entries[start:]
    sent = [entry.pos for entry in Filter(listener).pass_through(missed)]
    visible = lived.now | {int(ANN), EVERYONE}
    assert sent == sorted(set(sent))
    for entry in missed:
        may_see = bool(set(entry.topics) & visible)
        if entry.pos in lived.live and may_see:
            assert entry.pos in sent  # a connection that stayed had it, and it is still theirs
        if not may_see or entry.pos in lived.away:
            assert entry.pos not in sent


@given(histories, st.integers(1, 6))
def test_pages_do_not_change_the_answer(history: list[Event], page: int) -> None:
    lived = live_through(history, 0, {10})
    listener = Listener(int(ANN), 0)
    listener.topics = array("q", sorted(lived.now))
    whole, paged = Filter(listener), Filter(listener)
    pages = [lived.entries[start : start + page] for start in range(0, len(history), page)]
    assert whole.pass_through(lived.entries) == [entry for part in pages for entry in paged.pass_through(part)]
