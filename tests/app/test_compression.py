"""Who takes gzip gets it, and a large answer never holds up the loop."""

import gzip
import threading
import zlib
from typing import Any

import pytest
from litestar import Litestar, Response, get
from litestar.testing import AsyncTestClient

from bilin.app import compression
from bilin.app.compression import IN_THREAD_FROM_BYTES, LEAST_BYTES, Compression
from bilin.core.http import SMALL_ANSWER

LARGE = "比邻 " * IN_THREAD_FROM_BYTES
MIDDLE = "比邻 " * LEAST_BYTES
SMALL = "x" * (LEAST_BYTES - 1)
BODIES = {"large": LARGE, "middle": MIDDLE, "small": SMALL}


@get("/{name:str}")
async def answer(name: str) -> str:
    return BODIES[name]


@get("/never", opt=SMALL_ANSWER)
async def never() -> str:
    return LARGE


@get("/packed")
async def packed() -> Response[bytes]:
    return Response(gzip.compress(LARGE.encode()), headers={"content-encoding": "gzip", "vary": "Cookie"})


@get("/varies")
async def varies() -> Response[str]:
    return Response(MIDDLE, headers={"vary": "Cookie"})


async def ask(path: str, takes: str = "gzip, br") -> Any:
    app = Litestar([answer, never, packed, varies], middleware=[Compression()], openapi_config=None)
    async with AsyncTestClient(app) as client:
        return await client.get(path, headers={"accept-encoding": takes})


@pytest.mark.parametrize(("name", "is_packed"), [("large", True), ("middle", True), ("small", False)])
async def test_what_is_worth_it_is_compressed(name: str, is_packed: bool) -> None:
    got = await ask(f"/{name}")
    assert got.text == BODIES[name]
    assert got.headers.get("content-encoding") == ("gzip" if is_packed else None)
    if is_packed:
        assert got.headers["vary"] == "Accept-Encoding"
        assert int(got.headers["content-length"]) < len(BODIES[name])


async def test_who_does_not_take_it_gets_it_as_it_is() -> None:
    got = await ask("/large", "identity")
    assert "content-encoding" not in got.headers
    assert got.text == LARGE


async def test_what_is_compressed_or_says_so_is_left_alone() -> None:
    assert "content-encoding" not in (await ask("/never")).headers
    got = await ask("/packed")
    assert (got.text, got.headers["vary"]) == (LARGE, "Cookie")
    assert (await ask("/varies")).headers["vary"] == "Cookie, Accept-Encoding"


async def test_a_large_answer_is_compressed_beside_the_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    threads: list[int] = []

    def compress(body: bytes) -> bytes:
        threads.append(threading.get_ident())
        return zlib.compress(body, 1, 31)

    monkeypatch.setattr(compression, "compress", compress)
    assert await compression.pack(b"x" * (IN_THREAD_FROM_BYTES - 1)) != b""
    assert await compression.pack(b"x" * IN_THREAD_FROM_BYTES) != b""
    here = threading.get_ident()
    assert [thread == here for thread in threads] == [True, False]
