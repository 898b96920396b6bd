"""The HTTP API as a client that means it uses it: every request is repeated until the server answers."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx

FIRST_DELAY_S, LONGEST_DELAY_S = 0.3, 10.0
TEMPORARY = {429, 502, 503, 504}


class Refused(Exception):
    """An answer that waiting does not change."""


class NoAnswer(Exception):
    """Nobody knows whether it happened: the connection was lost, or the server is restarting a part of itself."""

    retry_after_s: float | None = None


def delay_s(attempt: int) -> float:
    """How long to wait before another attempt: docs/developers/protocol.md, section 4."""
    doubled: float = min(LONGEST_DELAY_S, FIRST_DELAY_S * 2.0**attempt)
    return doubled * random.uniform(0.75, 1.25)  # noqa: S311


class Api:
    """One server. Its connections come and go with the server's processes."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http

    async def once(self, method: str, path: str, token: str = "", body: object = None, key: str = "") -> dict[str, Any]:
        """One attempt. Raises `NoAnswer`, or `Refused` with the problem."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        if key:
            headers["Idempotency-Key"] = key
        try:
            answer = await self._http.request(method, f"/api{path}", json=body, headers=headers)
        except httpx.TransportError as lost:
            raise NoAnswer(repr(lost)) from lost
        if answer.is_success:
            decoded: dict[str, Any] = answer.json()
            return decoded
        if answer.status_code not in TEMPORARY:
            raise Refused(f"{method} {path}: {answer.status_code} {answer.text}")
        restarting = NoAnswer(answer.text)
        after = answer.headers.get("retry-after")
        restarting.retry_after_s = float(after) if after else None
        raise restarting

    async def call(self, method: str, path: str, token: str = "", body: object = None, key: str = "") -> dict[str, Any]:
        """Attempts until there is an answer. Raises `Refused`."""
        attempt = 0
        while True:
            try:
                return await self.once(method, path, token, body, key)
            except NoAnswer as lost:
                await asyncio.sleep(delay_s(attempt) if lost.retry_after_s is None else lost.retry_after_s)
                attempt += 1

    async def history(self, conversation: str, token: str) -> tuple[int, list[dict[str, Any]]]:
        """All messages, page by page from the newest; and the position of the newest page."""
        path = f"/conversations/{conversation}/messages?limit=200"
        page = await self.call("GET", path, token)
        pos, messages = int(page["pos"]), list(page["messages"])
        while page["more_before"]:
            page = await self.call("GET", f"{path}&before={messages[0]['id']}", token)
            messages[:0] = page["messages"]
        return pos, [each for each in messages if each["kind"] == "text"]


@asynccontextmanager
async def opened(address: str) -> AsyncIterator[Api]:
    """The API at an address."""
    limits = httpx.Limits(max_connections=50, max_keepalive_connections=50)
    timeout = httpx.Timeout(30, connect=5)
    async with httpx.AsyncClient(base_url=address, limits=limits, timeout=timeout, trust_env=False) as http:
        yield Api(http)
