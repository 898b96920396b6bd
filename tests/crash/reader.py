"""A device that follows by WebSocket, resumes by position and fetches afresh when told to, as the browser does."""

import asyncio
import contextlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidStatus

from tests.crash.api import Api, delay_s
from tests.crash.company import Person
from tests.crash.evidence import Chapter, Evidence, Fetched, Frame, Message, Received

SILENCE_S = 5.0
"""After which the server is asked whether it is there; after as much again it is gone."""
EXPECTED_CLOSES = {1000, 1001, 1006, 1012, 4429}
UNAVAILABLE = 503


@dataclass(slots=True)
class Reader:
    """One device of one person."""

    api: Api
    address: str
    person: Person
    rooms: tuple[str, ...]
    evidence: Evidence
    received: Received
    on_live: Callable[[], None] = lambda: None
    heard: list[float] = field(default_factory=list)
    """When messages came (monotonic seconds)."""
    is_live: bool = False
    _run: str = ""
    """Of the log that the cursor is of."""
    _awake: asyncio.Event = field(default_factory=asyncio.Event)
    _stirred: asyncio.Event = field(default_factory=asyncio.Event)
    _socket: ClientConnection | None = None

    @property
    def cursor(self) -> int:
        """The position it has got to; below any other before the first fetch."""
        return self.received.chapters[-1].cursor if self.received.chapters else -1

    def last_shown(self, conversation: str) -> int | None:
        """The newest message of a conversation that it holds."""
        chapter = self.received.chapters[-1]
        for frame in reversed(chapter.frames):
            if frame.message is not None and frame.message.conversation == conversation:
                return frame.message.id
        fetched = chapter.fetched[conversation].ids
        return fetched[-1] if fetched else None

    async def run(self) -> None:
        """Follow for ever."""
        self._awake.set()
        await self._fetch()
        attempt = 0
        while True:
            await self._awake.wait()
            self.is_live = False
            with contextlib.suppress(OSError, TimeoutError, ConnectionClosed, InvalidHandshake):
                await self._connected()
            attempt = 0 if self.is_live else attempt + 1
            self.is_live = False
            await asyncio.sleep(delay_s(attempt))

    async def sleep(self) -> None:
        """The lid is closed."""
        self._awake.clear()
        if self._socket is not None:
            await self._socket.close()

    def wake(self) -> None:
        """The lid is opened."""
        self._awake.set()

    async def reach(self, pos: int) -> None:
        """Wait until the log up to a position was received; there may be nothing for this device in its last part."""
        while self.cursor < pos:
            self._stirred.clear()
            with contextlib.suppress(ConnectionClosed):
                if self._socket is not None and self.is_live:
                    await self._socket.send('{"t":"ping"}')
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._stirred.wait(), 0.5)

    async def _connected(self) -> None:
        """One life of a connection."""
        url = f"{self.address.replace('http', 'ws', 1)}/api/socket"
        headers = {"Authorization": f"Bearer {self.person.token}"}
        try:
            async with connect(
                url, additional_headers=headers, compression=None, ping_interval=None, proxy=None, close_timeout=2
            ) as socket:
                self._socket = socket
                self.received.connections += 1
                await self._follow(socket)
        except InvalidStatus as refused:
            if refused.response.status_code != UNAVAILABLE:
                self.evidence.unexpected.append(f"{self.received.name}: {refused} {refused.response.body!r}")
        except ConnectionClosed as closed:
            code = closed.rcvd.code if closed.rcvd is not None else 1006
            if code not in EXPECTED_CLOSES:
                self.evidence.unexpected.append(f"{self.received.name}: closed with {code}")
        finally:
            self._socket = None

    async def _follow(self, socket: ClientConnection) -> None:
        await self._start(socket)
        is_asked = False
        while True:
            try:
                frame = json.loads(await asyncio.wait_for(socket.recv(), SILENCE_S))
            except TimeoutError:
                if is_asked:
                    return
                await socket.send('{"t":"ping"}')
                is_asked = True
                continue
            is_asked = False
            if frame["t"] == "resync":
                if frame["reason"] == "unknown_position":  # a crash loses nothing
                    self.evidence.unexpected.append(f"{self.received.name}: {frame} at {self._run}, {self.cursor}")
                await self._fetch()
                await self._start(socket)
            else:
                self._take(frame)

    async def _start(self, socket: ClientConnection) -> None:
        await socket.send(json.dumps({"t": "start", "run": self._run, "pos": self.cursor}))

    def _take(self, frame: dict[str, Any]) -> None:
        if frame["t"] == "error":
            self.evidence.unexpected.append(f"{self.received.name}: {frame}")
        if "pos" not in frame:
            return
        self._run = frame.get("run", self._run)
        message = _message_of(frame)
        seen = Frame(frame["t"], frame["pos"], message, frame.get("key"), is_foreign="site" in frame)
        self.received.chapters[-1].frames.append(seen)
        self._stirred.set()
        if message is not None:
            self.heard.append(monotonic())
        if frame["t"] == "ready":
            self.is_live = True
            self.on_live()

    async def _fetch(self) -> None:
        """Everything afresh: the state, then the timelines, each of its own position."""
        sync = await self.api.call("GET", "/sync", self.person.token)
        fetched = {}
        for conversation in self.rooms:
            at, messages = await self.api.history(conversation, self.person.token)
            fetched[conversation] = Fetched(at, tuple(int(each["id"]) for each in messages))
        self._run = sync["run"]
        self.received.chapters.append(Chapter(sync["pos"], fetched))


def _message_of(frame: dict[str, Any]) -> Message | None:
    if frame.get("type") != "messaging.message_sent":
        return None
    data = frame["data"]
    return Message(int(frame["id"]), data["conversation"], frame["actor"], text_of(data["content"]))


def text_of(content: dict[str, Any]) -> str:
    """The words of a message that is one span."""
    text: str = content["blocks"][0]["spans"][0]["text"]
    return text
