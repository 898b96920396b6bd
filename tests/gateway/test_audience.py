"""Who follows which topic, kept small: held to plain sets on random histories, and to what a listener may cost."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bench.listeners import bytes_each
from bilin.core.events import EVERYONE
from bilin.gateway.audience import KEPT_S, Audience
from bilin.gateway.followers import PART, Followers
from bilin.gateway.sockets import Listener

PEOPLE = range(1, 6)
CONVERSATIONS = range(1 << 55, (1 << 55) + 6)
TOPICS = [EVERYONE, *PEOPLE, *CONVERSATIONS]


entering = st.tuples(st.just("enter"), st.sampled_from(PEOPLE))
leaving = st.tuples(st.just("leave"), st.sampled_from(PEOPLE))
changing = st.tuples(
    st.sampled_from(["begin", "end"]),
    st.lists(st.tuples(st.sampled_from(PEOPLE), st.sampled_from(CONVERSATIONS)), max_size=6),
)
settling = st.tuples(st.just("settle"), st.sampled_from(PEOPLE), st.integers(0, 3))
waiting = st.tuples(st.just("wait"), st.sampled_from([1.0, KEPT_S]))
others = st.tuples(st.just("forget")) | waiting
steps = st.lists(entering | leaving | changing | settling | others | changing | entering, max_size=60)
asked = st.lists(st.lists(st.sampled_from(TOPICS), min_size=1, max_size=3, unique=True), min_size=1, max_size=8)


class Stage:
    """The audience, and beside it who is connected, plain sets of what they follow, and what the database would say at
    each position."""

    def __init__(self) -> None:
        self.audience, self.listeners = Audience(), dict[int, Listener]()
        self.sockets = Counter[int]()
        self.entered: dict[int, int] = {}
        self.truth: list[dict[int, set[int]]] = [{person: set() for person in PEOPLE}]
        self.now = 0.0

    def enter(self, person: int) -> None:
        listener = self.audience.enter(None, person)  # type: ignore[arg-type]
        if self.listeners.get(person) is not listener:
            self.listeners[person], self.entered[person] = listener, len(self.truth) - 1
        self.sockets[person] += 1

    def leave(self, person: int) -> None:
        if self.sockets[person]:
            self.sockets[person] -= 1
            self.audience.leave(None, self.listeners[person], self.now)  # type: ignore[arg-type]

    def change(self, pairs: list[tuple[int, int]], follows: bool) -> None:
        now = {person: set(topics) for person, topics in self.truth[-1].items()}
        for person, topic in pairs:
            (now[person].add if follows else now[person].discard)(topic)
        self.truth.append(now)
        self.audience.change(len(self.truth) - 1, pairs, follows)

    def settle(self, person: int, behind: int) -> None:
        """The database was asked after they came, and the changes since then are not in its answer."""
        if self.sockets[person] and self.listeners[person].topics is None:
            pos = max(len(self.truth) - 1 - behind, self.entered[person])
            self.audience.settle(self.listeners[person], set(self.truth[pos][person]), pos)

    def forget(self) -> None:
        """Every connection is closed then."""
        self.audience.forget()
        for person in PEOPLE:
            while self.sockets[person]:
                self.leave(person)

    def wait(self, seconds: float) -> None:
        self.now += seconds
        self.audience.tick(self.now)

    def do(self, step: tuple[Any, ...]) -> None:
        name, *rest = step
        if name in ("begin", "end"):
            self.change(rest[0], name == "begin")
        else:
            getattr(self, name)(*rest)

    def expected(self, topics: Sequence[int]) -> list[int]:
        """Each once: whom everybody, they themselves, or a conversation that they are known to follow concerns."""
        return [
            person
            for person in PEOPLE
            if self.sockets[person]
            and (
                EVERYONE in topics
                or person in topics
                or (self.listeners[person].topics is not None and not self.truth[-1][person].isdisjoint(topics))
            )
        ]

    def reached(self, topics: Sequence[int]) -> list[int]:
        return sorted(listener.id for listener in self.audience.of(topics) if listener.connections)


@given(steps, asked)
def test_whoever_follows_gets_it_and_nobody_else(history: list[tuple[Any, ...]], asked: list[list[int]]) -> None:
    stage = Stage()
    for step in history:
        stage.do(step)
        for topics in asked:
            assert stage.reached(topics) == stage.expected(topics)
        for person, listener in stage.listeners.items():
            known = listener.topics is not None and stage.sockets[person] > 0
            assert {each for each in CONVERSATIONS if listener.follows(each)} == (
                stage.truth[-1][person] if known else set(listener.topics or ())
            )


def test_who_comes_back_soon_need_not_be_looked_up_and_later_must() -> None:
    stage, (ours, theirs) = Stage(), CONVERSATIONS[:2]
    for step in (("enter", 1), ("begin", [(1, ours)]), ("settle", 1, 0), ("leave", 1), ("begin", [(1, theirs)])):
        stage.do(step)
    stage.do(("wait", KEPT_S - 1))
    stage.do(("enter", 1))
    assert stage.listeners[1].topics is not None
    assert stage.reached([theirs]) == [1]
    stage.do(("leave", 1))
    stage.do(("wait", KEPT_S))
    assert stage.audience.followers(ours) == []
    assert stage.audience.people == {}
    stage.do(("enter", 1))
    assert stage.listeners[1].topics is None


def test_the_table_of_followers_grows_and_empties() -> None:
    followers, plain = Followers(), dict[int, list[int]]()
    for number in range(40):
        for topic in range(0, 40 * PART, number + 1):
            followers.add(topic << 22, number)
            plain.setdefault(topic << 22, []).append(number)
    assert len(followers) == len(plain)
    assert {topic: list(followers.of(topic)) for topic in plain} == plain
    for topic, numbers in plain.items():
        for number in reversed(numbers):
            followers.remove(topic, number)
        assert list(followers.of(topic)) == []
    assert len(followers) == 0


def test_a_listener_in_2000_conversations_costs_40_kilobytes_at_most() -> None:
    assert bytes_each(40, 2_000) <= 40_000
