"""Somebody who sends files by tus, header by header."""

import base64
from collections.abc import AsyncIterator
from typing import Any

import httpx

from bilin.files.uploads.tus import BODY_TYPE, PATH
from tests.identity.office import ORIGIN, Browser

TUS = {"origin": ORIGIN, "tus-resumable": "1.0.0"}
BYTES = {**TUS, "content-type": BODY_TYPE}


def metadata(**said: str) -> str:
    """`Upload-Metadata`."""
    return ",".join(f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in said.items())


class Sender:
    """One browser."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser

    async def ask(self, method: str, path: str, content: Any = None, **headers: str) -> httpx.Response:
        """One request as it is."""
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        return await self.browser.client.request(method, path, content=content, headers=given)

    async def begin(self, size: int, name: str = "报告.txt", kind: str = "text/plain", **more: str) -> httpx.Response:
        """Announce a file."""
        said = {**TUS, "upload-length": str(size), "upload-metadata": metadata(filename=name, filetype=kind)}
        return await self.browser.client.post(PATH, headers=said | more)

    async def begun(self, size: int, name: str = "报告.txt", kind: str = "text/plain") -> str:
        """Where a file that may be sent is."""
        answer = await self.begin(size, name, kind)
        assert answer.status_code == 201, answer.text
        return answer.headers["location"]

    async def append(self, place: str, offset: int, data: Any, **more: str) -> httpx.Response:
        """Further bytes."""
        headers = {**BYTES, "upload-offset": str(offset), **{k.replace("_", "-"): v for k, v in more.items()}}
        return await self.browser.client.patch(place, content=data, headers=headers)

    async def offset(self, place: str) -> int:
        """How far it is."""
        answer = await self.browser.client.get(place)
        assert answer.status_code == 200, answer.text
        return int(answer.headers["upload-offset"])

    async def sent(self, data: bytes, name: str = "报告.txt", kind: str = "text/plain") -> dict[str, Any]:
        """A file that is all there, as it is listed."""
        place = await self.begun(len(data), name, kind)
        if data:
            answer = await self.append(place, 0, data)
            assert answer.status_code == 204, answer.text
        (listed,) = [each for each in await self.uploads() if each["id"] == place.rpartition("/")[2]]
        return listed

    async def uploads(self) -> list[dict[str, Any]]:
        """What waits to be sent."""
        found: list[dict[str, Any]] = await self.browser.get("/files/uploads")
        return found


async def broken_off(data: bytes, at: int) -> AsyncIterator[bytes]:
    """A body that ends before it should, as when a line is cut."""
    yield data[:at]
    raise ConnectionError("the line was cut")
