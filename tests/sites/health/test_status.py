"""How the sites are: what is told about each, and every alert."""

import asyncio
from typing import Any, cast

import pytest
from prometheus_client import generate_latest

from bilin.core import telemetry
from bilin.core.bus import Bus
from bilin.core.ids import COUNTER_BITS, Id, id_at, wall_ms
from bilin.core.log import Decision
from bilin.core.log.runs import START, Position
from bilin.identity.events import PreferencesChanged
from bilin.sites.replication import peer_state as peer_states
from bilin.sites.replication.network import CLOCK
from bilin.sites.replication.peer_state import PeerState
from bilin.sites.replication.transport.connecting import inbox_of
from bilin.sites.replication.transport.envelope import pack, unpack
from bilin.sites.replication.transport.wire import LIST, WIRE_VERSION, Fetch, Refused, SiteAnswer, Status
from tests.sites.company import Company, group, say, until


async def seen(company: Company, number: int = 2) -> dict[str, Any]:
    """What headquarters tells of a site."""
    status = await company.boss.get("/sites/status")
    assert status["here"] == 1
    (found,) = [site for site in status["sites"] if site["number"] == number]
    return dict(found)


async def alert(company: Company, code: str) -> None:
    async def is_raised() -> bool:
        return code in (await seen(company))["alerts"]

    await until(is_raised, f"no alert {code}")


def figure(name: str, site: int = 2) -> float:
    """A metric of this process; not a number before it was shown."""
    lines = generate_latest(telemetry.registry).decode().splitlines()
    found = [line for line in lines if line.startswith(f'bilin_sites_{name}{{site="{site}"}}')]
    return float(found[0].split()[-1]) if found else float("nan")


async def test_a_site_that_is_well(two: Company) -> None:
    await until(lambda: two[1].network.peer_states[2].round_trip_ms is not None, "the clock was not read")
    await two.settle()
    await until(lambda: two[1].network.peer_states[2].served_pos == two[1].site.tail.pos, "no status came")
    found = await seen(two)
    assert (found["name"], found["state"], found["reachable"], found["alerts"]) == ("分公司 2", "joined", True, [])
    assert (found["behind_events"], found["ahead_events"], found["needs"], found["held"]) == (0, 0, 0, None)
    assert found["followed_pos"] == found["position"][1]
    assert abs(found["clock_offset_ms"]) < 1000
    assert found["bytes_in"] > 100
    assert found["bytes_out"] > 100
    assert wall_ms() - found["last_contact_ms"] < peer_states.SILENT_S * 1000
    assert (await seen(two, 1))["alerts"] == []


async def test_everybody_sees_which_sites_there_are(two: Company) -> None:
    await two.hire("李娜", "li.na", two.company)
    li = await two[1].office.sign_in("li.na")
    await until(lambda: two[1].network.is_reachable(2), "the branch was not heard")
    assert await li.get("/sites") == {
        "here": 1,
        "sites": [
            {"number": 1, "name": "总部", "address": "", "state": "joined", "reachable": True},
            {"number": 2, "name": "分公司 2", "address": "", "state": "joined", "reachable": True},
        ],
    }
    assert await li.refused("GET", "/sites/status") == (403, "core.forbidden")


async def test_one_that_is_silent_is_unreachable(two: Company) -> None:
    await until(lambda: two[1].network.is_reachable(2), "the branch was not heard")
    await two[2].stop()
    before = wall_ms()
    await alert(two, "unreachable")
    (peer,) = two[1].network.peers()
    assert not peer.reachable
    assert peer.since_ms is not None
    assert before - 3000 < peer.since_ms <= wall_ms()
    await until(lambda: figure("unreachable") == 1, "no metric")


async def test_one_whose_program_is_too_far_away_is_told_apart(two: Company) -> None:
    await until(lambda: two[1].network.is_reachable(2), "the branch was not heard")
    bus = Bus(two.line.url)
    await bus.open()
    try:
        await bus.publish("bilin.sites.status.2", bytes((WIRE_VERSION + 2, 0)) + b"unreadable")
        await alert(two, "versions_apart")
    finally:
        await bus.close()


async def test_one_whose_clock_is_off_is_warned_about(two: Company) -> None:
    async def ahead(_: int, __: bytes) -> bytes:
        return b"%d" % (wall_ms() + 90_000)

    two[2].network.carrier._handlers[CLOCK] = ahead
    two[1].network.peer_state(2)._clock_due_at = 0.0  # half a minute later
    await alert(two, "clock_off")
    assert 89_000 < (await seen(two))["clock_offset_ms"] < 91_000
    await until(lambda: 89 < figure("clock_offset_seconds") < 91, "no metric")


async def test_one_whose_events_are_of_the_future_is_held(two: Company) -> None:
    await two.settle()
    ahead = Id(id_at(wall_ms() + 600_000) | 2 << COUNTER_BITS)
    person = two[1].office.person(two[1].office.boss_id)
    await two[2].site.log.append(Decision([PreferencesChanged(theme="dark")], id=ahead), person)
    await alert(two, "held")
    assert (await seen(two))["held"]["code"] == "core.clock_ahead"
    await until(lambda: figure("held") == 1 and figure("behind_events") == 1, "no metric")
    assert (await seen(two))["behind_events"] == 1


def test_a_clock_is_read_when_a_site_is_heard_again_and_every_half_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1000.0
    monkeypatch.setattr(peer_states, "monotonic", lambda: now)
    peer_state = PeerState(2)
    assert [peer_state.is_clock_due(), peer_state.is_clock_due()] == [True, False]
    now += peer_states.CLOCK_EVERY_S
    assert [peer_state.is_clock_due(), peer_state.is_clock_due()] == [True, False]
    peer_state.heard(Status(2, WIRE_VERSION, "0.1", wall_ms(), Position(7, 50), {}, {}, 0))
    assert peer_state.look(is_cut=False)
    assert peer_state.is_clock_due()


def test_one_that_is_not_followed_for_long_is_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1000.0
    monkeypatch.setattr(peer_states, "monotonic", lambda: now)
    peer_state = PeerState(2)
    peer_state.heard(Status(2, WIRE_VERSION, "0.1", wall_ms(), Position(7, 50), {}, {}, 0))
    peer_state.look(is_cut=False)
    assert peer_state.behind(Position(7, 50)) == (0, 0)
    now += 20
    peer_state.heard(Status(2, WIRE_VERSION, "0.1", wall_ms(), Position(7, 80), {}, {}, 0))
    assert peer_state.behind(Position(7, 50)) == (30, 20)
    assert peer_state.alerts(20, None) == []
    now += 20
    peer_state.heard(Status(2, WIRE_VERSION, "0.1", wall_ms(), Position(7, 90), {}, {}, 0))
    assert peer_state.behind(Position(7, 50)) == (40, 40)
    assert peer_state.alerts(40, None) == ["behind"]
    assert peer_state.behind(Position(6, 90))[0] == 90, "what was followed of another run counts for nothing"
    assert peer_state.behind(Position(7, 90)) == (0, 0)


async def test_what_was_delivered_is_told_by_id(two: Company) -> None:
    li = await two.hire("李娜", "li.na", two.company)
    conversation = await group(two.boss, "周会", li)
    message = int(await say(two.boss, conversation, "只在总部"))
    network = two[1].network
    await until(lambda: _delivered(two) >= message, "it is not counted although nothing of it goes there")
    await until(lambda: network.is_reachable(2), "the branch was not heard")
    await two.line.stop()
    lost = int(await say(two.boss, conversation, "还没到"))
    await asyncio.sleep(1)
    assert message <= _delivered(two) < lost
    await two.line.start()
    await until(lambda: _delivered(two) >= lost, "it was not delivered")


def _delivered(company: Company) -> int:
    (peer,) = company[1].network.peers()
    return peer.delivered or 0


async def test_who_is_not_joined_is_refused(two: Company) -> None:
    """NATS keeps a site from speaking for another; one that it lets in although it is revoked gets nothing."""
    bus = Bus(two.line.url, inbox_of(7))
    await bus.open()
    try:
        answered = await bus.request("bilin.sites.ask.1.7", pack(Fetch(1, LIST, START)), 5)
        answer = unpack(answered, cast("type[SiteAnswer]", SiteAnswer))
        assert isinstance(answer, Refused)
        assert answer.code == "sites.unknown_site"
    finally:
        await bus.close()


async def test_nonsense_of_a_clock_or_a_status_does_not_stop_anything(two: Company) -> None:
    async def nonsense(_: int, __: bytes) -> bytes:
        return b"9" * 400

    two[2].network.carrier._handlers[CLOCK] = nonsense
    bus = Bus(two.line.url)
    await bus.open()
    try:
        far = Position(1 << 62, (1 << 63) - 1)
        lie = Status(2, WIRE_VERSION, "x" * 1000, wall_ms(), far, {1: far, 3: far}, {}, 0)
        await bus.publish("bilin.sites.status.2", pack(lie))
        await until(lambda: two[1].network.peer_states[2].round_trip_ms is not None, "the clock was not read")
        await two.settle()
        assert (await seen(two))["reachable"]
    finally:
        await bus.close()
