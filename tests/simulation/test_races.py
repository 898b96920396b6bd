"""Races too rare for seeds: what a follower does when two things come at once, told step by step."""

import random
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

import msgspec
import pytest

from bilin.core.errors import Unavailable
from bilin.core.ids import EPOCH_MS, HybridClock
from bilin.core.log.runs import START, Position
from bilin.sites.replication.errors import BadBatch, NotYours, SiteUnreachable
from bilin.sites.replication.feed.log_server import LogServer
from bilin.sites.replication.following.checks import check_answer, check_live, check_scopes
from bilin.sites.replication.following.follower import SiteFollower
from bilin.sites.replication.ports import Need
from bilin.sites.replication.transport.wire import LIST, Fetch, FetchScopes, Refused, Scopes, Sent, SiteBatch
from tests.simulation.loop import VirtualLoop
from tests.simulation.ports import SimulatedInlet, SimulatedOutlet, unavailable
from tests.simulation.store import Row, Store

HOLDER, ME, RUN, PLACE = 1, 2, 77, -5
Answer = Callable[[Fetch], Awaitable[SiteBatch]]


class Nobody:
    """A witness of nothing."""

    def took(self, site: int, rows: list[Row], clock: HybridClock) -> None: ...

    def say(self, site: int, text: str) -> None: ...


class Script:
    """A line that answers as a test says, and the site that asks."""

    def __init__(self) -> None:
        self.store = Store(ME)
        clock = HybridClock(ME, lambda: EPOCH_MS + 1_000_000_000)
        self.inlet = SimulatedInlet(self.store, clock, no_moment, Nobody())  # type: ignore[arg-type]
        self.asked: list[Fetch] = []
        self.stream: Answer = away
        self.page: Answer = away
        self.follower = SiteFollower(HOLDER, ME, self.inlet, self)

    async def ask(self, site: int, question: Fetch | FetchScopes) -> SiteBatch | Scopes:
        assert isinstance(question, Fetch)
        self.asked.append(question)
        return await (self.page if question.scope else self.stream)(question)

    async def send(self, site: int, batch: SiteBatch) -> None: ...

    def pages(self) -> list[Position]:
        """From where the conversation was asked for."""
        return [question.position for question in self.asked if question.scope == PLACE]


async def no_moment() -> None: ...


async def away(question: Fetch) -> SiteBatch:
    raise SiteUnreachable


def gives(through: int, *, opened: tuple[int, ...] = ()) -> Answer:
    """Answers with nothing, from where it is asked through the head."""

    async def answer(question: Fetch) -> SiteBatch:
        return batch(question.position.pos, through, scope=question.scope, opened=opened)

    return answer


def batch(after: int, through: int, *, scope: int = LIST, opened: tuple[int, ...] = ()) -> SiteBatch:
    return SiteBatch(HOLDER, HOLDER, scope, RUN, after, through, through, (), opened)


def live(script: Script, story: Callable[[VirtualLoop], Coroutine[Any, Any, None]]) -> None:
    """Run a follower while the story is told."""
    loop = VirtualLoop()

    async def tell() -> None:
        task = loop.create_task(script.follower.run())
        await story(loop)
        task.cancel()
        await pause(loop, 1)

    loop.run(tell())
    loop.close()


async def pause(loop: VirtualLoop, seconds: float) -> None:
    waiter = loop.create_future()
    loop.call_later(seconds, waiter.set_result, None)
    await waiter


def needing(script: Script, since: int = 80) -> None:
    """The site followed the log that far, and lacks a conversation."""
    script.store.positions[HOLDER, HOLDER] = Position(RUN, since)
    script.store.need(Need(HOLDER, HOLDER, PLACE, Position(RUN, since)))


def test_a_need_is_met_when_the_stream_is_there_too() -> None:
    script = Script()
    needing(script)
    script.page = gives(150)

    async def story(loop: VirtualLoop) -> None:
        await pause(loop, 300)
        (need,) = script.store.needs.values()
        assert need.position == Position(RUN, 150), "the page came, and the stream did not"
        script.stream = gives(150)
        script.follower.stir()
        await pause(loop, 300)

    live(script, story)
    assert not script.store.needs


def test_a_conversation_opened_again_while_it_is_fetched_begins_anew() -> None:
    script = Script()
    needing(script)
    script.stream = gives(80)
    opened = batch(80, 150, opened=(PLACE,))

    async def opens_meanwhile(question: Fetch) -> SiteBatch:
        script.page = gives(160)
        await script.inlet.take_in(opened)
        return batch(question.position.pos, 120, scope=PLACE)

    script.page = opens_meanwhile

    async def story(loop: VirtualLoop) -> None:
        await pause(loop, 3)
        script.stream = gives(160)
        script.follower.stir()
        await pause(loop, 300)

    live(script, story)
    assert script.pages().count(START) == 2
    assert not script.store.needs


def test_a_refusal_does_not_end_what_was_opened_meanwhile() -> None:
    script = Script()
    needing(script)
    script.stream = gives(160)

    async def opens_meanwhile(question: Fetch) -> SiteBatch:
        script.page = gives(160)
        await script.inlet.take_in(batch(80, 150, opened=(PLACE,)))
        raise NotYours

    script.page = opens_meanwhile

    async def story(loop: VirtualLoop) -> None:
        await pause(loop, 300)

    live(script, story)
    assert len(script.pages()) == 2
    assert not script.store.needs


def test_a_need_is_dropped_when_the_holder_has_closed_it() -> None:
    script = Script()
    needing(script)
    script.stream = gives(80)

    async def closed(question: Fetch) -> SiteBatch:
        raise NotYours

    script.page = closed

    async def story(loop: VirtualLoop) -> None:
        await pause(loop, 300)

    live(script, story)
    assert not script.store.needs


def test_whatever_a_port_raises_the_follower_goes_on() -> None:
    script = Script()
    script.store.positions[HOLDER, HOLDER] = Position(RUN, 80)

    async def nonsense(question: Fetch) -> SiteBatch:
        raise KeyError("nobody expected this")

    script.stream = nonsense

    async def story(loop: VirtualLoop) -> None:
        await pause(loop, 10)
        trouble = script.follower.state.trouble
        assert trouble is not None
        assert trouble.code == "core.unexpected"
        script.stream = gives(90)
        await pause(loop, 300)

    live(script, story)
    assert script.store.position(HOLDER, HOLDER) == Position(RUN, 90)
    assert script.follower.state.trouble is None


def test_a_loss_that_cannot_be_noted_is_not_answered() -> None:
    store = Store(HOLDER)
    store.runs.append((RUN, 1))

    async def database_away() -> None:
        raise unavailable()

    holder = LogServer(HOLDER, SimulatedOutlet(store, {HOLDER, ME}, database_away, random.Random(1)))  # noqa: S311
    answers: list[object] = []

    async def story() -> None:
        answers.append(await holder.answer(ME, Fetch(HOLDER, LIST, Position(RUN, 10))))

    loop = VirtualLoop()
    loop.run(story())
    loop.close()
    (answer,) = answers
    assert isinstance(answer, Refused), "the asker would forget how far it was"
    assert answer.code == Unavailable.code


def test_a_log_that_is_restored_once_more_still_hears_that_it_lost_events() -> None:
    """The first time it was empty, so whoever had followed it stands at 0, in a run that the second backup never had.
    What the first one noted of its loss went with it."""
    store = Store(HOLDER)
    store.runs.append((RUN, 1))
    holder = LogServer(HOLDER, SimulatedOutlet(store, {HOLDER, ME}, no_moment, random.Random(1)))  # noqa: S311
    told: list[int] = []
    holder.on_lost(told.append)

    async def story() -> None:
        for position in (START, Position(RUN, 0)):
            await holder.answer(ME, Fetch(HOLDER, LIST, position))
        assert not told
        await holder.answer(ME, Fetch(HOLDER, LIST, Position(RUN + 1, 0)))

    loop = VirtualLoop()
    loop.run(story())
    loop.close()
    assert told == [ME]
    assert ME in store.losses


def event(site: int = HOLDER, number: int = 1, mark: bytes = bytes(16)) -> Sent:
    return Sent((1_000_000 + number) << 22 | site << 12, None, "model.sent", 1, b"{}", mark)


GOOD = SiteBatch(HOLDER, HOLDER, LIST, RUN, 5, 9, 9, (event(), event(number=2)))
BAD: dict[str, dict[str, object]] = {
    "of another holder": {"holder": 3},
    "of another site's events": {"whose": 3},
    "of a conversation": {"scope": PLACE},
    "without a run": {"run": 0},
    "backwards": {"through": 4},
    "before the beginning": {"after": -1},
    "beyond the head": {"head": 8},
    "after what was asked": {"after": 6},
    "standing still": {"through": 5},
    "speaking for another site": {"events": (event(site=3),)},
    "with an id below zero": {"events": (msgspec.structs.replace(event(), id=-4),)},
    "naming an event twice": {"events": (event(), event())},
    "without a mark": {"events": (event(mark=b""),)},
    "with too many events": {"events": tuple(event(number=n) for n in range(2_001))},
    "with too much in them": {"events": (msgspec.structs.replace(event(), data=bytes(2_000_001)),)},
    "opening too much": {"opened": tuple(range(1, 2_002))},
}


def test_a_good_batch_passes() -> None:
    check_answer(GOOD, HOLDER, Fetch(HOLDER, LIST, Position(RUN, 5)))
    check_live(GOOD, HOLDER)


@pytest.mark.parametrize("changes", BAD.values(), ids=BAD.keys())
def test_a_bad_batch_is_refused(changes: dict[str, object]) -> None:
    bad = msgspec.structs.replace(GOOD, **changes)
    with pytest.raises(BadBatch):
        check_answer(bad, HOLDER, Fetch(HOLDER, LIST, Position(RUN, 5)))


@pytest.mark.parametrize(
    "scopes", [(3, 2), (2, 2), (0, 1), (-9,)], ids=["falling", "twice", "the list", "asked before"]
)
def test_a_bad_list_is_refused(scopes: tuple[int, ...]) -> None:
    with pytest.raises(BadBatch):
        check_scopes(Scopes(scopes, True), FetchScopes(HOLDER, -9))
