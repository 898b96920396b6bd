"""Events of other sites on the socket: those who are in get them, marked, whatever else they say of who is in."""

from collections.abc import Callable, Iterable

import pytest

from bilin.core.database import Connection
from bilin.core.events import Event
from bilin.core.ids import PersonId
from bilin.core.log import Intake
from bilin.core.settings import Settings
from bilin.gateway import handshake
from bilin.gateway import hub as hub_module
from tests.core.log.abroad import NUMBER, Abroad
from tests.core.log.facts import Joined, NoteAdded
from tests.gateway.server import (
    Gateway,
    Memberships,
    authenticate,
    hear,
    is_silent,
    new_ids,
    running_gateway,
    start,
)

ANN, BEN, ROOM = new_ids(3)


class GuestBook(Memberships):
    """What people follow, from the table of the applier."""

    async def of(self, db: Connection, person: PersonId) -> Iterable[int]:
        return [row["room"] for row in await db.fetch("SELECT room FROM guest WHERE person = $1 AND present", person)]


@pytest.fixture
def memberships() -> Memberships:
    return GuestBook()


@pytest.fixture
def earlier() -> Abroad:
    """Another site, whose events of a minute ago come now."""
    return Abroad(ahead_ms=-60_000)


def joined(present: bool, person: int = ANN) -> Joined:
    return Joined(room=ROOM, person=PersonId(person), present=present)


def note(text: str) -> NoteAdded:
    return NoteAdded(room=ROOM, text=text)


async def take_in(gateway: Gateway, abroad: Abroad, *events: Event) -> None:
    taken = await gateway.site.log.take_in(Intake([abroad.write(event) for event in events]))
    assert await gateway.site.tail.reached(taken.pos)


async def test_frames_say_where_and_when(running: Gateway, earlier: Abroad) -> None:
    await running.append(joined(True))
    async with running.connect(ANN) as ann:
        await start(ann, running.site.tail.pos, running.run)
        await take_in(running, earlier, note("from there"))
        live = await hear(ann)
        assert (live["site"], live["data"]["text"]) == (NUMBER, "from there")
        assert int(live["arrived"]) > int(live["id"])
        await running.append(note("from here"))
        assert not {"site", "arrived"} & set(await hear(ann))
    async with running.connect(ANN) as ann:
        assert (await start(ann, 1, running.run))[0] == live


async def test_a_later_addition_from_elsewhere_lets_in(running: Gateway) -> None:
    await running.append(joined(False))
    async with running.connect(ANN) as ann:
        await start(ann, running.site.tail.pos, running.run)
        await take_in(running, Abroad(ahead_ms=1000), joined(True), note("welcome"))
        assert (await hear(ann))["type"] == "logtest.joined"
        assert (await hear(ann))["data"]["text"] == "welcome"


@pytest.fixture(params=["memory", "log"])
def source(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Callable[[Gateway], None]:
    """Where resuming clients are served from."""
    monkeypatch.setattr(hub_module, "PRELOAD", 0)
    monkeypatch.setattr(handshake, "authenticate_headers", authenticate)

    def use(gateway: Gateway) -> None:
        if request.param == "log":
            gateway.hub._recent._items.clear()
            gateway.hub._recent.after = gateway.site.tail.pos

    return use


async def test_an_outdated_addition_lets_nobody_in(
    running: Gateway, earlier: Abroad, source: Callable[[Gateway], None]
) -> None:
    await running.append(joined(True, BEN), joined(True), joined(False))
    begin = running.site.tail.pos
    async with running.connect(ANN) as ann, running.connect(BEN) as ben:
        await start(ann, begin, running.run)
        await start(ben, begin, running.run)
        await take_in(running, earlier, joined(True), note("secret"))
        await running.append(note("secret too"))
        assert [(await hear(ben))["type"].partition(".")[2] for _ in range(3)] == ["joined", "note_added", "note_added"]
        assert await is_silent(ann)
    source(running)
    async with running.connect(ANN) as ann, running.connect(BEN) as ben:
        assert await start(ann, begin, running.run) == []
        assert len(await start(ben, begin, running.run)) == 3
        await running.append(note("and this"))
        assert await is_silent(ann)


async def test_an_outdated_removal_takes_nobody_out(
    running: Gateway, earlier: Abroad, source: Callable[[Gateway], None]
) -> None:
    await running.append(joined(True))
    begin = running.site.tail.pos
    async with running.connect(ANN) as ann:
        await start(ann, begin, running.run)
        await take_in(running, earlier, joined(False), note("one"))
        await running.append(note("two"))
        assert [(await hear(ann))["data"].get("text") for _ in range(3)] == [None, "one", "two"]
    source(running)
    async with running.connect(ANN) as ann:
        assert [frame["data"].get("text") for frame in await start(ann, begin, running.run)] == [None, "one", "two"]
        await running.append(note("three"))
        assert (await hear(ann))["data"]["text"] == "three"


async def test_a_second_process_hears_the_same(
    settings: Settings,
    running: Gateway,
    memberships: Memberships,
    earlier: Abroad,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It has no writer: what it knows comes over the bus, or from the log where the bus lost it."""
    await running.append(joined(True), joined(False, BEN))
    async with running_gateway(settings, memberships, writes=False) as second:
        begin = second.site.tail.pos
        async with second.connect(ANN) as ann, second.connect(BEN) as ben:
            await start(ann, begin, running.run)
            await start(ben, begin, running.run)
            await take_in(running, earlier, joined(False), joined(True, BEN), note("one"))
            assert [(await hear(ann))["data"].get("text") for _ in range(3)] == [None, None, "one"]
            assert await is_silent(ben)
            monkeypatch.setattr(second.site.tail, "hear", lambda *_: None)  # the bus loses everything from here on
            await take_in(running, earlier, joined(False), joined(True, BEN), note("two"))
            assert [(await hear(ann))["data"].get("text") for _ in range(3)] == [None, None, "two"]
            assert await is_silent(ben)
