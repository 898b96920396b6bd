"""Asking the web process how it is, whatever it answers."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bilin.app.supervisor.health import get_json, missing, reachable
from tests.support.site_process import free_port

STARTING = b'HTTP/1.1 503 Service Unavailable\r\n\r\n{"status":"starting","checks":{"database":true,"writer":false}}'


@asynccontextmanager
async def _answering(answer: bytes) -> AsyncIterator[int]:
    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(answer)
        writer.close()

    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    yield server.sockets[0].getsockname()[1]
    server.close()


async def test_what_is_missing_is_known() -> None:
    async with _answering(STARTING) as port:
        answer = await get_json("127.0.0.1", port, "/health")
    assert answer is not None
    assert answer[0] == 503
    assert missing(answer[1]) == ["writer"]


async def test_nobody_there_is_no_answer() -> None:
    assert await get_json("127.0.0.1", free_port(), "/health") is None


@pytest.mark.parametrize("answer", [b"", b"SSH-2.0-OpenSSH\r\n", b"HTTP/1.1\r\n\r\n"])
async def test_a_stranger_is_no_answer(answer: bytes) -> None:
    async with _answering(answer) as port:
        assert await get_json("127.0.0.1", port, "/health") is None


@pytest.mark.parametrize(("host", "expected"), [("0.0.0.0", "127.0.0.1"), ("::", "::1"), ("10.0.0.7", "10.0.0.7")])
def test_a_server_on_all_addresses_is_asked_on_this_machine(host: str, expected: str) -> None:
    assert reachable(host) == expected


def test_a_body_without_checks_misses_nothing() -> None:
    assert missing({}) == []
