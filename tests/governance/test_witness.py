"""Other sites keep the heads of this site's chain: tables or a folder that were set back or rewritten are found out."""

from types import SimpleNamespace
from typing import Any, cast

import msgspec
import pytest

from bilin.core.ids import wall_ms
from bilin.core.log.runs import Position
from bilin.governance import accept_restored
from bilin.governance.witnessed import AuditDesk, read_head
from bilin.sites.health.audit_heads import Kept, Links, judged
from bilin.sites.health.witness import Witness
from bilin.sites.replication.audit_head import Head
from bilin.sites.replication.peer_state import PeerState
from bilin.sites.replication.transport.envelope import pack, unpack
from bilin.sites.replication.transport.wire import Status
from tests.governance.conftest import Archive
from tests.governance.test_chain import begin_new_run

THERE = 2
CHAIN = bytes(range(32))
RUNS = [(100, 1), (200, 51)]


def kept(pos: int, run: int = 100, heard_ms: int = 1000) -> Kept:
    return Kept(Head(run, pos, CHAIN), heard_ms)


@pytest.mark.parametrize(
    ("heard", "links", "linked", "restored", "wrong", "over"),
    [
        (kept(40), {40: CHAIN}, 80, [], None, []),
        (kept(40), {40: bytes(32)}, 80, [], "audit_changed", []),
        (kept(40), {}, 80, [], "audit_changed", []),
        (kept(60), {60: bytes(32)}, 80, [], "audit_set_back", []),
        (kept(60), {60: bytes(32)}, 80, [(50, 2000)], None, [100]),
        (kept(60), {60: bytes(32)}, 80, [(50, 500)], "audit_set_back", []),
        (kept(40), {40: bytes(32)}, 80, [(50, 2000)], "audit_changed", []),
        (kept(40, run=999), {}, 80, [], "audit_set_back", []),
        (kept(90, run=200), {}, 80, [], "audit_set_back", []),
        (kept(79, run=200), {}, 70, [], None, []),
    ],
)
def test_what_is_judged_of_a_head(
    heard: Kept, links: dict[int, bytes], linked: int, restored: list[Any], wrong: str | None, over: list[int]
) -> None:
    assert judged([heard], Links(links, linked, 80, RUNS, restored)) == (wrong, over)


class Pair:
    """The archive's site, and another one that hears its statuses; both in one database, which knows two sites."""

    def __init__(self, archive: Archive) -> None:
        self.archive, self.peer_state = archive, PeerState(THERE)
        self.desk = AuditDesk(archive.house.site)
        network = SimpleNamespace(ask=self.ask, peer_state=lambda _: self.peer_state, is_reachable=lambda _: True)
        self.witness = Witness(archive.house.site, cast("Any", network))

    async def ask(self, _: int, question: bytes, kind: str, timeout_s: float) -> bytes:
        return await self.desk.answer(1, question)

    async def status(self) -> Status:
        async with self.archive.house.site.pool.acquire() as db:
            head = await read_head(db)
        return Status(THERE, 1, "x", wall_ms(), Position(), {}, {}, 0, head)

    async def hear(self) -> None:
        await self.witness.hear(THERE, await self.status())

    async def judge(self) -> str | None:
        await self.witness.ask(THERE)
        return self.peer_state.audit


@pytest.fixture
async def pair(archive: Archive) -> Pair:
    pair = Pair(archive)
    await pair.hear()
    return pair


async def test_a_chain_that_goes_on_is_right(pair: Pair) -> None:
    assert await pair.judge() is None
    await pair.archive.house.hire("Dora")
    await pair.archive.link()
    assert await pair.judge() is None


async def test_tables_that_were_rewritten_and_linked_anew_are_found_out(pair: Pair) -> None:
    await pair.archive.sql(
        "UPDATE core.log SET actor = actor + 1 WHERE pos = 9",
        "TRUNCATE governance.audit",
        "UPDATE core.follower SET pos = 0 WHERE name = 'governance.audit'",
    )
    pair.archive.anchors.unlink()
    await pair.archive.link()
    assert await pair.archive.kinds() == [], "at home nothing is left that would tell"
    assert await pair.judge() == "audit_changed"


async def test_a_folder_that_was_set_back_is_found_out_until_somebody_says_why(pair: Pair) -> None:
    archive = pair.archive
    early = archive.anchors.read_bytes()
    await archive.house.hire("Dora")
    await archive.link()
    pair.witness._kept_at.clear()
    await pair.hear()
    later = archive.anchors.read_bytes()
    await archive.sql(
        "DELETE FROM core.log WHERE pos > 10",
        "DELETE FROM governance.audit WHERE pos > 10",
        "UPDATE core.follower SET pos = 10",
    )
    archive.anchors.write_bytes(early)
    await begin_new_run(archive)
    await pair.hear()
    assert await pair.judge() == "audit_set_back"
    assert "audit_set_back" in pair.peer_state.alerts(0, None)
    archive.anchors.write_bytes(later)
    await accept_restored(archive.house.site.pool, archive.keys, archive.anchors)
    assert await pair.judge() is None
    assert "audit_set_back" not in pair.peer_state.alerts(0, None)


def test_a_status_of_the_release_before_is_understood() -> None:
    old = msgspec.msgpack.encode([2, 1, "x", 5, [0, 0], {}, {}, 0])
    assert msgspec.msgpack.decode(old, type=Status).audit is None
    new = unpack(pack(Status(2, 1, "x", 5, Position(), {}, {}, 0, Head(1, 2, CHAIN))), Status)
    assert new.audit == Head(1, 2, CHAIN)

    class Before(msgspec.Struct, frozen=True, array_like=True):
        """As the release before decodes it."""

        site: int
        wire_version: int

    assert msgspec.msgpack.decode(msgspec.msgpack.encode(new), type=Before).site == 2
