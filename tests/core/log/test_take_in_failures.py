"""The connection is lost while events of other sites are taken in: each is here once, its effect has happened."""

import asyncio
from collections.abc import Sequence

import asyncpg
import pytest

from bilin.core.database import Connection, Pool
from bilin.core.errors import Unavailable
from bilin.core.events import Event, Recorded
from bilin.core.ids import Id, PersonId
from bilin.core.log import Decision, Foreign, Intake, LogWriter, Taken, store
from bilin.core.log import commit as commit_module
from tests.core.log.abroad import Abroad
from tests.core.log.conftest import until
from tests.core.log.facts import NoteAdded
from tests.core.log.test_writer_failures import KILL, write

ROOM = Id(1 << 40)


@pytest.fixture
async def followed(notes: Pool) -> Pool:
    """Where a follower keeps its position."""
    await notes.execute("CREATE TABLE followed (pos int); INSERT INTO followed VALUES (0)")
    return notes


class Position:
    """The effect of an intake: how far its site was followed. Idempotent."""

    def __init__(self, pos: int) -> None:
        self.pos = pos
        self.runs: list[int] = []

    async def __call__(self, db: Connection, records: Sequence[Recorded[Event]]) -> None:
        self.runs.append(len(records))
        await db.execute("UPDATE followed SET pos = greatest(pos, $1)", self.pos)


def notes_of(abroad: Abroad, count: int) -> list[Foreign]:
    return [abroad.write(NoteAdded(room=ROOM, text=f"{abroad.number}-{number}")) for number in range(count)]


async def position(pool: Pool) -> int:
    found: int = await pool.fetchval("SELECT pos FROM followed")
    return found


@pytest.fixture(params=["before the commit", "after the commit"])
def lose(request: pytest.FixtureRequest, followed: Pool, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The next commit loses its connection; the list is empty when it has happened."""
    original_apply = commit_module.apply_all
    original_commit = asyncpg.transaction.Transaction._Transaction__commit  # type: ignore[attr-defined]
    losses: list[str] = []

    async def lose_before(work: object, records: object) -> None:
        await original_apply(work, records)  # type: ignore[arg-type]
        if losses:
            await followed.execute(losses.pop())

    async def lose_after(self: object, *arguments: object) -> None:
        await original_commit(self, *arguments)
        if losses:
            losses.clear()
            raise asyncpg.ConnectionDoesNotExistError("connection was closed in the middle of operation")

    if request.param == "before the commit":
        monkeypatch.setattr(commit_module, "apply_all", lose_before)
    else:
        monkeypatch.setattr(asyncpg.transaction.Transaction, "_Transaction__commit", lose_after)
    return losses


async def test_a_connection_lost_around_the_commit(log: LogWriter, followed: Pool, lose: list[str]) -> None:
    sent = notes_of(Abroad(), 10)
    effect = Position(10)
    lose.append(KILL)
    own = log.append(Decision([NoteAdded(room=ROOM, text="own")]), PersonId(1))
    taken, receipt = await asyncio.gather(log.take_in(Intake(sent, effect)), own)
    assert lose == []
    assert (receipt.pos, taken) == (1, Taken(10, 11))
    assert await position(followed) == 10
    stored = await followed.fetch("SELECT id FROM core.log WHERE pos > 1 ORDER BY pos")
    assert [row["id"] for row in stored] == [each.id for each in sent]
    assert sum(effect.runs) in (10, 20)


async def test_nothing_new_and_the_connection_lost_runs_the_effect_again(
    log: LogWriter, followed: Pool, lose: list[str]
) -> None:
    sent = notes_of(Abroad(), 3)
    await log.take_in(Intake(sent, Position(3)))
    lose.append(KILL)
    effect = Position(7)
    own = log.append(Decision([NoteAdded(room=ROOM, text="own")]), PersonId(1))  # so that something is applied
    taken, _ = await asyncio.gather(log.take_in(Intake(sent, effect)), own)
    assert lose == []
    assert taken.new == 0
    assert await position(followed) == 7
    assert effect.runs
    assert set(effect.runs) == {0}


async def test_followers_of_two_sites_while_the_backend_is_killed_again_and_again(
    log: LogWriter, followed: Pool
) -> None:
    await followed.execute("CREATE TABLE reached (site int PRIMARY KEY, pos int)")
    killing = True

    async def follow(abroad: Abroad) -> int:
        """As a follower does: the same batch again until it is answered."""
        sent = notes_of(abroad, 600)
        new = reached = 0

        async def save(db: Connection, _: Sequence[Recorded[Event]]) -> None:
            await db.execute(
                "INSERT INTO reached VALUES ($1, $2) ON CONFLICT (site) DO UPDATE SET pos = $2", abroad.number, reached
            )

        for start in range(0, 600, 20):
            reached = start + 20
            while True:
                try:
                    new += (await log.take_in(Intake(sent[max(0, start - 3) : reached], save))).new
                    break
                except Unavailable:
                    await asyncio.sleep(0.02)
            await asyncio.sleep(0.02)
        return new

    async def send(person: PersonId) -> list[int]:
        positions, number = [], 0
        while killing:
            positions.append((await write(log, person, number)).pos)
            number += 1
        return positions

    following = [asyncio.create_task(follow(Abroad(number))) for number in (2, 3)]
    sending = [asyncio.create_task(send(PersonId(number))) for number in range(101, 106)]
    for _ in range(6):
        await until(lambda: log.is_writing)
        await asyncio.sleep(0.12)
        await followed.execute(KILL)
    assert await asyncio.gather(*following) == [600, 600]
    killing = False
    acknowledged = [pos for positions in await asyncio.gather(*sending) for pos in positions]

    rows = await followed.fetch("SELECT pos, site, text FROM core.log JOIN note USING (id) ORDER BY pos")
    assert [row["pos"] for row in rows] == list(range(1, len(rows) + 1))
    assert len(rows) == 1200 + len(acknowledged)
    for number in (2, 3):
        assert [row["text"] for row in rows if row["site"] == number] == [f"{number}-{n}" for n in range(600)]
    reached = await followed.fetch("SELECT site, pos FROM reached")
    assert {row["site"]: row["pos"] for row in reached} == {2: 600, 3: 600}


async def test_no_room_left_is_answered_at_once(
    log: LogWriter, followed: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails(*_: object) -> None:
        raise asyncpg.DiskFullError("could not extend file: No space left on device")

    original = store.insert_rows
    monkeypatch.setattr(store, "insert_rows", fails)
    sent = notes_of(Abroad(), 3)
    with pytest.raises(Unavailable, match="DiskFullError"):
        await log.take_in(Intake(sent, Position(3)))
    assert await position(followed) == 0
    monkeypatch.setattr(store, "insert_rows", original)
    assert await log.take_in(Intake(sent, Position(3))) == Taken(3, 3)
