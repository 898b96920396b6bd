"""Presence and typing: over devices and gateways, and to nobody whom they do not concern."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from websockets.asyncio.client import ClientConnection

from bilin.core.settings import Settings
from bilin.gateway import hub as hub_module
from bilin.gateway import presence
from tests.gateway.server import (
    Gateway,
    Memberships,
    hear,
    is_silent,
    new_ids,
    running_gateway,
    say,
    start,
)

ANN, BEN, EVE, ROOM = new_ids(4)


@pytest.fixture
async def second(running: Gateway, settings: Settings, memberships: Memberships) -> AsyncIterator[Gateway]:
    """Another gateway of the same site."""
    async with running_gateway(settings, memberships, writes=False) as other:
        yield other


@pytest.fixture(params=["same gateway", "another gateway"])
async def elsewhere(request: pytest.FixtureRequest, running: Gateway, second: Gateway) -> Gateway:
    """Where the other person is connected."""
    return running if request.param == "same gateway" else second


async def watch(client: ClientConnection, *people: int) -> dict[str, str]:
    """Watch people; how they are now."""
    await say(client, t="watch", people=[str(person) for person in people])
    return await hear_presence(client)


async def hear_presence(client: ClientConnection) -> dict[str, str]:
    frame = await hear(client)
    assert frame["t"] == "presence"
    people: dict[str, str] = frame["people"]
    return people


async def test_watchers_learn_how_somebody_is(
    running: Gateway, elsewhere: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(presence, "GRACE_S", 0.2)
    async with running.connect(ANN) as ann:
        await start(ann, 0)
        assert await watch(ann, BEN, EVE) == {str(BEN): "offline", str(EVE): "offline"}
        async with elsewhere.connect(BEN) as ben:
            assert await hear_presence(ann) == {str(BEN): "online"}
            await say(ben, t="active", active=False)
            assert await hear_presence(ann) == {str(BEN): "away"}
            async with running.connect(BEN, 2) as ben_too:
                assert await hear_presence(ann) == {str(BEN): "online"}
                await say(ben_too, t="active", active=False)
                assert await hear_presence(ann) == {str(BEN): "away"}
                assert await watch(ann, BEN) == {str(BEN): "away"}
            assert await is_silent(ann, 0.5)
            await say(ben, t="active", active=True)
            assert await hear_presence(ann) == {str(BEN): "online"}
        assert await hear_presence(ann) == {str(BEN): "offline"}


async def test_a_reload_does_not_flicker(running: Gateway, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(presence, "GRACE_S", 2.0)
    async with running.connect(ANN) as ann:
        async with running.connect(BEN):
            assert await watch(ann, BEN) == {str(BEN): "online"}
        async with running.connect(BEN):
            assert await is_silent(ann, 2.5)


async def test_a_new_list_replaces_the_last(running: Gateway) -> None:
    async with running.connect(ANN) as ann:
        await watch(ann, BEN)
        await watch(ann, EVE)
        async with running.connect(BEN):
            assert await is_silent(ann)
            async with running.connect(EVE):
                assert await hear_presence(ann) == {str(EVE): "online"}
        await say(ann, t="watch", people=[])
        assert await is_silent(ann)


async def test_a_gateway_that_starts_later_is_told(
    running: Gateway, settings: Settings, memberships: Memberships
) -> None:
    async with (
        running.connect(BEN),
        running_gateway(settings, memberships, writes=False) as late,
        late.connect(ANN) as ann,
    ):
        known = await watch(ann, BEN)
        if known[str(BEN)] == "offline":  # the answer of the other gateway was still on its way
            known = await hear_presence(ann)
        assert known == {str(BEN): "online"}


async def test_a_gateway_that_stops_takes_its_people_with_it(
    running: Gateway, settings: Settings, memberships: Memberships
) -> None:
    async with running.connect(ANN) as ann:
        async with running_gateway(settings, memberships, writes=False) as other, other.connect(BEN):
            assert await watch(ann, BEN) in ({str(BEN): "offline"}, {str(BEN): "online"})
            async with asyncio.timeout(30):
                while running.hub._presence.state(BEN) != presence.State.ONLINE:
                    await asyncio.sleep(0.02)
        async with asyncio.timeout(30):
            while (await hear_presence(ann))[str(BEN)] != "offline":
                pass


async def test_a_gateway_that_falls_silent_is_gone(
    running: Gateway, second: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running.connect(ANN) as ann, second.connect(BEN):
        async with asyncio.timeout(30):
            while running.hub._presence.state(BEN) != presence.State.ONLINE:
                await asyncio.sleep(0.02)
        assert await watch(ann, BEN) == {str(BEN): "online"}
        monkeypatch.setattr(presence, "LOST_S", 0.3)
        assert await hear_presence(ann) == {str(BEN): "offline"}


async def test_members_see_who_types(running: Gateway, elsewhere: Gateway, memberships: Memberships) -> None:
    memberships.topics[ANN] = memberships.topics[BEN] = {ROOM}
    async with running.connect(ANN) as ann, elsewhere.connect(BEN) as ben, elsewhere.connect(EVE) as eve:
        for client in (ann, ben, eve):
            await start(client, 0)
        await say(ben, t="typing", conversation=str(ROOM))
        assert await hear(ann) == {"t": "typing", "conversation": str(ROOM), "person": str(BEN)}
        assert await is_silent(ben)
        assert await is_silent(eve)


async def test_who_is_no_member_types_to_nobody(
    running: Gateway, memberships: Memberships, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub_module, "TYPING_S", 0.0)
    memberships.topics[ANN] = {ROOM}
    async with running.connect(ANN) as ann, running.connect(EVE) as eve:
        await start(ann, 0)
        await start(eve, 0)
        for topic in (ROOM, ANN, 0):
            await say(eve, t="typing", conversation=str(topic))
        assert await is_silent(ann)


async def test_typing_is_passed_on_once_a_second(running: Gateway, memberships: Memberships) -> None:
    memberships.topics[ANN] = memberships.topics[BEN] = {ROOM}
    async with running.connect(ANN) as ann, running.connect(BEN) as ben:
        await start(ann, 0)
        await start(ben, 0)
        for _ in range(5):
            await say(ben, t="typing", conversation=str(ROOM))
        assert (await hear(ann))["t"] == "typing"
        assert await is_silent(ann)


async def test_what_is_not_in_the_log_leaves_no_trace_there(running: Gateway, memberships: Memberships) -> None:
    memberships.topics[ANN] = memberships.topics[BEN] = {ROOM}
    async with running.connect(ANN) as ann, running.connect(BEN) as ben:
        await start(ben, 0)
        await start(ann, 0)
        await say(ann, t="typing", conversation=str(ROOM))
        await hear(ben)
        await watch(ann, BEN)
    count: Any = await running.site.pool.fetchval("SELECT count(*) FROM core.log")
    assert count == 0
