"""People who talk HTTP to the house. Who they are is taken on trust: signing in is identity's business."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any, cast

import httpx
from litestar.types import Scope

from bilin.core.commands import Actor
from bilin.core.http import Authenticator, header_of
from bilin.core.ids import PersonId, SessionId
from tests.messaging.house import House
from tests.support.applications import application_of


class Trusting(Authenticator):
    """Believes the header `x-person`."""

    async def authenticate(self, scope: Scope) -> Actor:
        return Actor(PersonId(int(header_of(scope["headers"], b"x-person") or b"")), SessionId(1))


class Callers:
    """One HTTP client that speaks for everybody."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client

    async def send(self, person: int, method: str, path: str, body: Any = None, **headers: str) -> httpx.Response:
        given = {"x-person": str(person), **{name.replace("_", "-"): value for name, value in headers.items()}}
        return await self._client.request(method, f"/api{path}", json=body, headers=given)

    async def do(self, person: int, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """The answer to what must succeed."""
        response = await self.send(person, method, path, body, **headers)
        assert response.status_code in (200, 201), response.text
        return response.json()

    async def refused(self, person: int, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, str]:
        """Status and code of what must be refused."""
        response = await self.send(person, method, path, body, **headers)
        assert response.headers["content-type"] == "application/problem+json", response.text
        return response.status_code, response.json()["code"]


@asynccontextmanager
async def callers_of(house: House) -> AsyncIterator[Callers]:
    """The house's HTTP application, answering in this process."""
    house.site.provide(Authenticator, Trusting())
    async with AsyncExitStack() as stack:
        transport = httpx.ASGITransport(app=cast("Any", application_of(house.site, stack)))
        client = httpx.AsyncClient(transport=transport, base_url="http://bilin.test")
        yield Callers(await stack.enter_async_context(client))
