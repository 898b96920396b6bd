"""Servers of the company are waited for, checked, and named when they do not answer."""

import asyncio

import pytest

from bilin.app.supervisor.errors import ServerRefused, ServerUnreachable
from bilin.app.supervisor.external import check_database, check_nats, wait_for
from tests.support.servers import TestPostgres
from tests.support.site_process import free_port


async def test_a_database_that_answers_is_fine(postgres: TestPostgres) -> None:
    async with postgres.database() as url:
        assert await wait_for(check_database, url) == "PostgreSQL 18"


async def test_a_database_that_refuses_is_not_waited_for(postgres: TestPostgres) -> None:
    with pytest.raises(ServerRefused, match='"nowhere" does not exist') as refused:
        await asyncio.wait_for(wait_for(check_database, postgres.url_of("nowhere")), 10)
    assert "bilin:" not in refused.value.detail  # no password in messages


async def test_an_address_without_sense_is_refused() -> None:
    with pytest.raises(ServerRefused):
        await wait_for(check_nats, "localhost")


async def test_a_server_that_comes_late_is_waited_for(nats_url: str) -> None:
    tries = 0

    async def late(url: str) -> str:
        nonlocal tries
        tries += 1
        return await check_nats(url if tries > 2 else f"nats://127.0.0.1:{free_port()}")

    told: list[str] = []
    assert await wait_for(late, nats_url, tell=told.append) == "NATS"
    assert len(told) == 1
    assert "waiting at most 60 s: nats://127.0.0.1" in told[0]


async def test_a_server_that_never_comes_is_named_without_its_password() -> None:
    url = f"nats://secret@127.0.0.1:{free_port()}"
    with pytest.raises(ServerUnreachable, match=r"127\.0\.0\.1") as away:
        await wait_for(check_nats, url, patience_s=0)
    assert "secret" not in away.value.detail


async def test_something_else_on_the_port_is_no_nats() -> None:
    async def greet(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 mail.example.com\r\n")
        writer.close()

    server = await asyncio.start_server(greet, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    with pytest.raises(ServerUnreachable, match="does not speak NATS"):
        await wait_for(check_nats, f"nats://127.0.0.1:{port}", patience_s=0)
    server.close()
