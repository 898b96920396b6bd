"""A primary with a synchronous standby, both real: nothing acknowledged is lost with either of them."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bilin.core import database, primary
from bilin.core.crypto import Keyring
from bilin.core.errors import Unavailable
from bilin.core.ids import HybridClock, Id, PersonId
from bilin.core.log import Decision, LogWriter
from bilin.core.log import writer as writer_module
from tests.core.log.conftest import MASTER_KEY, SITE, SilentBus, running, until
from tests.core.log.facts import NoteAdded, create_notes
from tests.support.postgres_pair import Pair, running_pair

ROOM = Id(1 << 40)
ANN = PersonId(11 << 40)
WRITER = "FROM pg_stat_activity WHERE application_name = 'bilin log writer'"
CANCEL = f"SELECT bool_or(pg_cancel_backend(pid)) {WRITER} AND wait_event = 'SyncRep'"


@pytest.fixture
async def pair(tmp_path: Path) -> AsyncIterator[Pair]:
    async with running_pair(tmp_path) as both:
        db = await database.connect(both.url)
        await create_notes(db)
        await db.close()
        yield both


@asynccontextmanager
async def writing(pair: Pair) -> AsyncIterator[LogWriter]:
    async with running(LogWriter(pair.url, SilentBus(), Keyring(MASTER_KEY), HybridClock(SITE), SITE)) as writer:
        yield writer


def note(text: str) -> Decision:
    return Decision([NoteAdded(room=ROOM, text=text)])


async def texts(url: str) -> list[str]:
    db = await database.connect(url)
    try:
        return [row["text"] for row in await db.fetch("SELECT text FROM core.log JOIN note USING (id) ORDER BY pos")]
    finally:
        await db.close()


async def write(writer: LogWriter, number: int) -> str:
    """As a client does."""
    while True:
        with contextlib.suppress(Unavailable):
            await writer.append(note(f"n{number}"), ANN, f"k{number}")
            return f"n{number}"


async def cancelled(pair: Pair) -> None:
    """Somebody ends a commit's wait for the standby."""
    async with asyncio.timeout(20):
        while not await pair.primary.do(CANCEL):
            await asyncio.sleep(0.02)


async def test_a_commit_that_the_standby_did_not_confirm_is_no_answer(pair: Pair) -> None:
    async with writing(pair) as writer:
        await writer.append(note("both have it"), ANN, "a")
        await pair.standby.end()
        sent = asyncio.create_task(writer.append(note("one has it"), ANN, "b"))
        await cancelled(pair)  # PostgreSQL calls it committed, and only warns
        await until(lambda: not writer.is_writing)
        await cancelled(pair)  # nor does it count when the next connection begins
        assert not writer.is_writing
        assert not sent.done()
        await pair.standby.begin()
        assert (await sent).pos == 2
        async with asyncio.timeout(30):  # it shows what it has confirmed a moment later
            while await texts(pair.standby.url) != ["both have it", "one has it"]:
                await asyncio.sleep(0.02)


@pytest.mark.parametrize("is_dead", [True, False], ids=["killed", "cut off from its standby"])
async def test_after_a_promotion_nothing_is_lost_and_the_new_primary_is_found(
    pair: Pair, monkeypatch: pytest.MonkeyPatch, is_dead: bool
) -> None:
    monkeypatch.setattr(writer_module, "COMMAND_TIMEOUT_S", 1.0)
    monkeypatch.setattr(primary, "LOOK_S", 0.1)
    pool = await database.open_pool(pair.url)
    following = asyncio.create_task(primary.follow(pair.url, pool.expire_connections))
    async with writing(pair) as writer:
        acknowledged = [await write(writer, number) for number in range(20)]
        if is_dead:
            await pair.primary.end()
        waiting = [asyncio.create_task(write(writer, number)) for number in range(20, 40)]
        await pair.standby.do("SELECT pg_promote(true, 20)")
        acknowledged += await asyncio.gather(*waiting)
        assert await texts(pair.standby.url) == acknowledged
        async with asyncio.timeout(20):
            while await head(pool) != 40:
                await asyncio.sleep(0.05)
    following.cancel()
    await pool.close()


async def head(pool: database.Pool) -> int:
    try:
        async with database.reading(pool) as db:
            return await database.head(db)
    except Unavailable:
        return 0


async def test_a_standby_alone_is_no_primary(pair: Pair) -> None:
    await pair.primary.end()
    with pytest.raises(OSError, match=r"takes writes|refused|No such file"):
        await database.connect(pair.url)
