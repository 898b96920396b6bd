"""A person who writes, with an outbox like the browser's: one message at a time, repeated until it is answered."""

import asyncio
import contextlib
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic

from tests.crash.api import FIRST_DELAY_S, Api, NoAnswer, Refused, delay_s
from tests.crash.company import Person
from tests.crash.evidence import Acknowledged, Evidence, Marked

PAUSE_S = (0.01, 0.05)
"""Between an answer and the next message."""
READING_PAUSE_S = 0.3


@dataclass(slots=True)
class Outbox:
    """Writes to some conversations by turns, and marks what the person's device was shown as read."""

    api: Api
    person: Person
    rooms: tuple[str, ...]
    evidence: Evidence
    gives_up: bool = False
    """After the first attempt without an answer: nobody knows whether that message arrived, and another one follows."""
    pause_s: tuple[float, float] = PAUSE_S
    last_shown: Callable[[str], int | None] = lambda _: None
    """The newest message of a conversation on the person's screen; None marks nothing."""
    answered: list[tuple[float, float]] = field(default_factory=list)
    """When each acknowledged message was first sent, and when its answer came (monotonic seconds)."""
    repeated: int = 0
    """Messages that were answered at a later attempt than the first."""
    _live: asyncio.Event = field(default_factory=asyncio.Event)
    _is_over: bool = False

    def on_live(self) -> None:
        """The person's device is connected again: what waits is sent now."""
        self._live.set()

    def end(self) -> None:
        """No more messages; the one on its way is still brought to its end."""
        self._is_over = True

    async def run(self) -> None:
        """Write until the end."""
        number = 0
        while not self._is_over:
            conversation = self.rooms[number % len(self.rooms)]
            await self._write(conversation, f"{self.person.login}-{conversation}-{number}")
            if number % 10 == 0:
                await self._mark(conversation)
            number += 1
            await asyncio.sleep(random.uniform(*self.pause_s))  # noqa: S311

    async def only_read(self) -> None:
        """Say nothing until the end, and mark what is shown as read."""
        while not self._is_over:
            for conversation in self.rooms:
                await self._mark(conversation)
            await asyncio.sleep(READING_PAUSE_S)

    async def _write(self, conversation: str, key: str) -> None:
        self.evidence.attempted.add(key)
        began = monotonic()
        body = {"content": {"blocks": [{"type": "paragraph", "spans": [{"type": "text", "text": key}]}]}}
        answer = await self._deliver(f"/conversations/{conversation}/messages", body, key)
        if answer is not None:
            self.answered.append((began, monotonic()))
            self.evidence.acknowledged.append(Acknowledged(key, self.person.id, conversation, *answer))

    async def _mark(self, conversation: str) -> None:
        through = self.last_shown(conversation)
        if through is None:
            return
        await self._deliver(f"/conversations/{conversation}/read", {"through": str(through)}, f"read-{through}")
        self.evidence.marked.append(Marked(self.person.id, conversation, through))

    async def _deliver(self, path: str, body: object, key: str) -> tuple[int, int] | None:
        """Id and position of the answer; None when there is none to be had, or nothing was changed."""
        attempt = 0
        while True:
            try:
                answer = await self.api.once("POST", path, self.person.token, body, key)
                self.repeated += attempt > 0
                return None if answer["id"] is None else (int(answer["id"]), int(answer["pos"]))
            except Refused as refused:
                self.evidence.unexpected.append(str(refused))
                return None
            except NoAnswer as lost:
                if self.gives_up:
                    await self._wait(FIRST_DELAY_S)
                    return None
                await self._wait(delay_s(attempt) if lost.retry_after_s is None else lost.retry_after_s)
                attempt += 1

    async def _wait(self, for_s: float) -> None:
        self._live.clear()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._live.wait(), for_s)
