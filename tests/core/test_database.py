"""A lost database is told from a mistake: only the first may be tried again."""

import asyncio

import asyncpg
import pytest

from bilin.core import database
from bilin.core.database import Pool, reading, snapshot
from bilin.core.database import _is_lost as is_lost
from bilin.core.errors import Unavailable

LAST_WORDS = b"E\0\0\0\x27SFATAL\0VFATAL\0C57P01\0Mthis is all\0\0"
KILL_ME = "SELECT pg_terminate_backend(pg_backend_pid())"


async def test_a_lost_connection_is_unavailable_and_the_next_works(database: Pool) -> None:
    with pytest.raises(Unavailable):
        async with reading(database) as db:
            await db.fetchval(KILL_ME)
    async with reading(database) as db:
        assert await db.fetchval("SELECT 1") == 1


async def test_a_connection_lost_between_two_statements_is_unavailable(database: Pool) -> None:
    async def read() -> None:
        async with reading(database) as db:
            with pytest.raises(asyncpg.PostgresError):
                await db.fetchval(KILL_ME)
            await db.fetchval("SELECT 1")  # asyncpg calls it an interface error

    with pytest.raises(Unavailable):
        await read()


async def test_a_connection_that_heard_of_its_end_while_idle_is_unavailable(database: Pool) -> None:
    """The server's last words have come, the end of the stream has not."""

    async def read() -> None:
        async with reading(database) as db:
            db._con._protocol.data_received(LAST_WORDS)  # type: ignore[union-attr]
            await db.fetchval("SELECT 1")

    with pytest.raises(Unavailable):
        await read()


async def test_a_connection_that_hears_of_its_end_after_the_answer_spoils_nothing(database: Pool) -> None:
    async with reading(database) as db:
        answer = await db.fetchval("SELECT 1")
        await database.execute("SELECT pg_terminate_backend($1)", db.get_server_pid())
        while not is_lost(db):  # type: ignore[arg-type]
            await asyncio.sleep(0.01)
    assert answer == 1
    for _ in range(database.get_size() + 1):
        async with reading(database) as db:
            assert await db.fetchval("SELECT 2") == 2


async def test_a_server_that_is_away_is_waited_for(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    losses: list[Exception] = [ConnectionRefusedError(), asyncpg.CannotConnectNowError("the server is starting up")]

    async def connect(url: str) -> object:
        if losses:
            raise losses.pop()
        return await original(url)

    original = database.connect
    monkeypatch.setattr(database, "connect", connect)
    connection = await database.connect_patiently(database_url)
    assert await connection.fetchval("SELECT 1") == 1
    await connection.close()
    losses = [ConnectionRefusedError()]
    with pytest.raises(ConnectionRefusedError):
        await database.connect_patiently(database_url, patience_s=0)


async def test_a_snapshot_that_loses_its_connection_is_unavailable(database: Pool) -> None:
    with pytest.raises(Unavailable):
        async with snapshot(database) as (db, _):
            await db.fetchval(KILL_ME)


@pytest.mark.parametrize(
    ("statement", "arguments"),
    [("SELECT $1::bigint", [1 << 70]), ("SELECT $1::int", ["x"]), ("SELECT 1", [1]), ("SELECT nothing", [])],
)
async def test_a_mistake_stays_a_mistake(database: Pool, statement: str, arguments: list[object]) -> None:
    with pytest.raises((asyncpg.DataError, asyncpg.InterfaceError, asyncpg.UndefinedColumnError)):
        async with reading(database) as db:
            await db.fetchval(statement, *arguments)


async def test_an_error_of_the_block_passes_and_the_connection_comes_back(database: Pool) -> None:
    for _ in range(30):
        with pytest.raises(FileNotFoundError):
            async with reading(database):
                raise FileNotFoundError("not the database's")
    assert database.get_idle_size() == database.get_size()


async def test_a_closing_pool_is_unavailable(database_url: str) -> None:
    pool = await database.open_pool(database_url)
    await pool.close()
    with pytest.raises(Unavailable):
        async with reading(pool):
            pass


async def test_a_snapshot_is_of_one_moment(database: Pool) -> None:
    async with snapshot(database) as (db, pos):
        assert pos == 0
        await database.execute("INSERT INTO core.log VALUES (1, 1, 1, NULL, NULL, 1, 'x.y', 1, '', '')")
        assert await db.fetchval("SELECT count(*) FROM core.log") == 0
    async with snapshot(database) as (_, pos):
        assert pos == 1
