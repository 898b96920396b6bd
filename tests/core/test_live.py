"""Who has seen a position is answered no older than it, and nobody waits for what the log never had."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from typing import Any, cast

import httpx
import pytest
from litestar import Litestar, get

from bilin.core import live as live_module
from bilin.core.http import EXCEPTION_HANDLERS, Authenticator
from bilin.core.live import as_of_position, live

HEAD = 9


class BehindTail:
    """A tail that stands at 5 until the process hears more."""

    def __init__(self) -> None:
        self.pos = 5
        self._moved = asyncio.Condition()

    async def reached(self, pos: int, timeout_s: float) -> bool:
        try:
            async with asyncio.timeout(timeout_s), self._moved:
                await self._moved.wait_for(lambda: self.pos >= pos)
        except TimeoutError:
            return False
        return True

    async def hear(self, pos: int) -> None:
        async with self._moved:
            self.pos = pos
            self._moved.notify_all()


class BehindSite:
    """One process that is behind the log."""

    pool = None

    def __init__(self) -> None:
        self.tail = BehindTail()

    def get(self, _: type[Authenticator]) -> "BehindSite":
        return self

    async def knows(self, headers: Iterable[tuple[bytes, bytes]]) -> bool:
        return (b"authorization", SIGNED_IN["Authorization"].encode()) in headers


@get("/now", **live("org"))
async def now() -> str:
    return "as it is"


@pytest.fixture
async def site(monkeypatch: pytest.MonkeyPatch) -> BehindSite:
    @asynccontextmanager
    async def reading(_: Any) -> AsyncIterator[None]:
        yield None

    async def head(_: Any) -> int:
        return HEAD

    monkeypatch.setattr(live_module, "reading", reading)
    monkeypatch.setattr(live_module, "head", head)
    monkeypatch.setattr(live_module, "SOON_S", 0.05)
    return BehindSite()


async def _guard(connection: Any, _: Any) -> None:
    await as_of_position(connection.app.state.site, connection.scope["headers"])


@pytest.fixture
async def client(site: BehindSite) -> AsyncIterator[httpx.AsyncClient]:
    app = Litestar(
        [now], guards=[_guard], exception_handlers=EXCEPTION_HANDLERS, openapi_config=None, logging_config=None
    )
    app.state.site = site
    async with httpx.AsyncClient(transport=httpx.ASGITransport(cast("Any", app)), base_url="http://site") as client:
        yield client


SIGNED_IN = {"Authorization": "Bearer of-somebody"}


async def ask(client: httpx.AsyncClient, position: str | None) -> httpx.Response:
    return await client.get("/now", headers={} if position is None else SIGNED_IN | {"Bilin-Position": position})


async def test_what_is_here_is_answered_at_once(client: httpx.AsyncClient) -> None:
    for position in (None, "0", "5"):
        assert (await ask(client, position)).headers["bilin-position"] == "5"


async def test_what_is_on_its_way_is_waited_for(client: httpx.AsyncClient, site: BehindSite) -> None:
    asking = asyncio.create_task(ask(client, "8"))
    await asyncio.sleep(0.1)
    assert not asking.done()
    await site.tail.hear(8)
    assert (await asking).headers["bilin-position"] == "8"


async def test_who_does_not_hear_says_so_and_does_not_answer(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live_module, "PATIENCE_S", 0.1)
    answer = await ask(client, str(HEAD))
    assert (answer.status_code, answer.json()["code"]) == (503, "core.unavailable")


@pytest.mark.parametrize("shown", [{}, {"Cookie": "bilin_session=forged"}, {"Authorization": "Bearer forged"}])
async def test_whom_nobody_knows_is_not_waited_for(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch, shown: dict[str, str]
) -> None:
    monkeypatch.setattr(live_module, "_reach", None)  # not even called
    assert (await client.get("/now", headers={"Bilin-Position": str(HEAD)} | shown)).headers["bilin-position"] == "5"


async def test_nobody_waits_for_a_position_that_the_log_never_had(client: httpx.AsyncClient) -> None:
    assert (await ask(client, str(HEAD + 1))).headers["bilin-position"] == "5"


@pytest.mark.parametrize("position", ["", "-1", "1.0", "٣", "9" * 17])
async def test_what_is_no_position_is_refused(client: httpx.AsyncClient, position: str) -> None:
    answer = await client.get("/now", headers=[(b"Bilin-Position", position.encode())])
    assert answer.status_code == 400
