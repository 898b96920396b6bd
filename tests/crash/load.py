"""A company at work: everybody reads, six write, and it goes on whatever is killed."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from time import monotonic
from typing import Any

from tests.crash.api import Api
from tests.crash.company import Person, Rooms, open_rooms
from tests.crash.evidence import Evidence, Received
from tests.crash.outage import Outage, longest_silence
from tests.crash.outbox import Outbox
from tests.crash.reader import Reader

WRITERS = 6
IMPATIENT = 5
"""The number of the one who does not repeat what was not answered."""
ONLY_READS = 6
"""The number of the one who marks as read and says nothing. The last of the eight does not even mark."""
PATIENCE_S = 120.0
"""After which a site that does not come back fails the test, on however busy a machine."""


class Load:
    """Outboxes and devices at work in three conversations of their own, and what they saw."""

    def __init__(self, api: Api, address: str, people: list[Person], rooms: Rooms) -> None:
        self.evidence = Evidence()
        self.rooms = rooms
        self._api, self._address, self._people = api, address, people
        self._tasks: list[asyncio.Task[None]] = []
        self.readers = [self._reader(number, "desk") for number in range(len(people))]
        self.sleeper = self._reader(0, "laptop")
        self.outboxes = [self._outbox(number) for number in range(WRITERS)]
        self._marker = self._outbox(ONLY_READS)
        for reader, outbox in zip(self.readers, self.outboxes, strict=False):
            reader.on_live = outbox.on_live

    async def start(self) -> None:
        """Everybody is connected, and everybody has been answered once."""
        for reader in (*self.readers, self.sleeper):
            self._spawn(reader.run())
        async with asyncio.timeout(PATIENCE_S):
            while any(not reader.is_live for reader in (*self.readers, self.sleeper)):
                self._raise_failures()
                await asyncio.sleep(0.02)
        self._writing = [self._spawn(outbox.run()) for outbox in self.outboxes]
        self._writing.append(self._spawn(self._marker.only_read()))
        await self.everybody_is_served(monotonic())

    async def talk(self, messages: int) -> None:
        """Until so many more were acknowledged, however long a busy machine takes for it."""
        enough = len(self.evidence.acknowledged) + messages
        async with asyncio.timeout(PATIENCE_S):
            while len(self.evidence.acknowledged) < enough:
                self._raise_failures()
                await asyncio.sleep(0.01)

    async def survive(self, name: str, crash: Callable[[], Awaitable[object]]) -> Outage:
        """Let something crash, wait until everybody is served again, and say how long that took."""
        began = monotonic()
        await crash()
        await self.everybody_is_served(monotonic())
        return self.outage(name, began)

    async def everybody_is_served(self, since: float) -> None:
        """Until each outbox had an answer to what it sent after a moment, and each device got a message after it."""
        async with asyncio.timeout(PATIENCE_S):
            while not self._is_served(since):
                self._raise_failures()
                await asyncio.sleep(0.01)

    def outage(self, name: str, since: float) -> Outage:
        """The longest silences from a moment until now."""
        now = monotonic()
        answers = [at for outbox in self.outboxes for _, at in outbox.answered]
        return Outage(
            name,
            longest_silence(answers, since, now),
            max(longest_silence(reader.heard, since, now) for reader in self.readers),
        )

    async def settle(self) -> None:
        """No more messages; what is on its way is answered, and every device has everything."""
        for outbox in (*self.outboxes, self._marker):
            outbox.end()
        self.sleeper.wake()
        async with asyncio.timeout(PATIENCE_S):
            await asyncio.gather(*self._writing)
            head = (await self._api.call("GET", "/sync", self._people[0].token))["pos"]
            await asyncio.gather(*(reader.reach(head) for reader in (*self.readers, self.sleeper)))
            self._raise_failures()

    async def stop(self) -> None:
        """Everybody goes home, whatever they are doing."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _is_served(self, since: float) -> bool:
        answered = all(any(sent >= since for sent, _ in outbox.answered[-50:]) for outbox in self.outboxes)
        return answered and all(reader.heard and reader.heard[-1] > since for reader in self.readers)

    def _raise_failures(self) -> None:
        for task in self._tasks:
            if task.done() and not task.cancelled():
                task.result()

    def _spawn(self, work: Coroutine[Any, Any, None]) -> "asyncio.Task[None]":
        task = asyncio.create_task(work)
        self._tasks.append(task)
        return task

    def _reader(self, number: int, device: str) -> Reader:
        person, rooms = self._people[number], self.rooms.of(number)
        received = Received(f"{person.login}'s {device}", rooms)
        self.evidence.received.append(received)
        return Reader(self._api, self._address, person, rooms, self.evidence, received)

    def _outbox(self, number: int) -> Outbox:
        is_impatient = number == IMPATIENT
        outbox = Outbox(self._api, self._people[number], self.rooms.of(number), self.evidence, gives_up=is_impatient)
        if not is_impatient:  # whether an unanswered mark arrived, nobody could say
            outbox.last_shown = self.readers[number].last_shown
        return outbox


@asynccontextmanager
async def working(api: Api, address: str, people: list[Person], title: str) -> AsyncIterator[Load]:
    """A load for the time of the block, in conversations of that title."""
    load = Load(api, address, people, await open_rooms(api, people, title))
    try:
        await load.start()
        yield load
    finally:
        await load.stop()
