"""`bilin audit verify` on a real folder: what somebody does to the tables by SQL ends it with a code that says so."""

import asyncio
import signal
import subprocess
import time

import asyncpg
import pytest

from tests.security.conftest import NewServer, Server
from tests.support import warm

CHANGED, SET_BACK, NO_ANCHORS = 1, 3, 4


def sql(server: Server, *statements: str) -> None:
    """What somebody does who has the database and not the keys."""

    async def run() -> None:
        db = await asyncpg.connect(server.site.running().database_url)
        for statement in statements:
            await db.execute(statement)
        await db.close()

    asyncio.run(run())


def verify(server: Server, *options: str) -> "subprocess.CompletedProcess[str]":
    return warm.run(["audit", "verify", *options], environ=server.site.environ(), within_s=120)


@pytest.fixture(scope="module")
def tampered(new_server: NewServer) -> Server:
    """A server of these tests alone: they spoil its tables, one after the other."""
    server = new_server().found()
    room = server.group(server.boss, server.colleague)
    content = {"blocks": [{"type": "paragraph", "spans": [{"type": "text", "text": "你好"}]}]}
    for _ in range(5):
        server.do("POST", f"/conversations/{room}/messages", {"content": content}, by=server.boss)
    wait_until_linked(server)
    server.site.stop()  # the worker anchors the head when it ends
    server.site.start()
    wait_until_linked(server)
    return server


def wait_until_linked(server: Server) -> None:
    """Until the worker has a link for everything in the log."""
    until = time.monotonic() + 60

    async def is_linked() -> bool:
        db = await asyncpg.connect(server.site.running().database_url)
        linked = await db.fetchval("SELECT (SELECT max(pos) FROM core.log) = (SELECT max(pos) FROM governance.audit)")
        await db.close()
        return bool(linked)

    while not asyncio.run(is_linked()):
        assert time.monotonic() < until, "the worker does not link"
        time.sleep(0.1)


def test_all_holds_beside_the_running_server(tampered: Server) -> None:
    done = verify(tampered, "--state")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "anchored" in done.stdout
    assert "rows compared with what the log says" in done.stdout


def test_a_membership_by_hand_is_named(tampered: Server) -> None:
    sql(
        tampered,
        "INSERT INTO messaging.member (conversation, person, present, changed, joined)"
        " SELECT id, 4711, true, 1, 1 FROM messaging.conversation LIMIT 1",
    )
    done = verify(tampered, "--state")
    assert done.returncode == CHANGED, done.stdout + done.stderr
    assert "messaging.member (person 4711" in done.stdout
    assert "[state]" in done.stdout
    sql(tampered, "DELETE FROM messaging.member WHERE person = 4711")


def test_another_actor_is_named_with_position_and_time(tampered: Server) -> None:
    sql(tampered, "UPDATE core.log SET actor = actor + 1 WHERE pos = 4")
    done = verify(tampered)
    assert done.returncode == CHANGED, done.stdout + done.stderr
    assert "Position 4 (20" in done.stdout
    assert "[changed]" in done.stdout
    sql(tampered, "UPDATE core.log SET actor = actor - 1 WHERE pos = 4")
    assert verify(tampered).returncode == 0


def test_an_end_that_was_cut_off_is_told(tampered: Server) -> None:
    sql(
        tampered,
        "DELETE FROM core.log WHERE pos > 6",
        "DELETE FROM governance.audit WHERE pos > 6",
        "UPDATE core.follower SET pos = 6 WHERE name = 'governance.audit'",
    )
    tampered.site.send(signal.SIGKILL)
    tampered.site.wait()
    done = verify(tampered)
    told = {"[cut_off]": CHANGED, "[set_back]": SET_BACK}  # the latter when its log writer has begun anew meanwhile
    assert [code for kind, code in told.items() if kind in done.stdout] == [done.returncode], done.stdout + done.stderr
    (tampered.site.data / "keys" / "audit-anchors").unlink()
    done = verify(tampered)
    assert done.returncode == NO_ANCHORS, done.stdout + done.stderr
