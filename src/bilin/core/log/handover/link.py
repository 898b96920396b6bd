"""The link: how a process that does not write the log has decisions entered by the one that does."""

import asyncio
import itertools
import secrets
from asyncio import Future
from collections.abc import Awaitable, Callable
from pathlib import Path
from time import monotonic
from typing import TypeVar

import msgspec
import structlog

from bilin.core.bus import Bus, NoAnswer, NobodyThere
from bilin.core.errors import Unavailable
from bilin.core.ids import HybridClock, PersonId
from bilin.core.log.decision import Decision, Kept, Receipt
from bilin.core.log.entry import Entry, run_of, unpack_entries
from bilin.core.log.handover.frames import SOCKET, Peer, SocketFolder
from bilin.core.log.handover.messages import (
    Answer,
    Asker,
    Done,
    Found,
    Grown,
    Lookup,
    Presence,
    Present,
    Question,
    Refusal,
    decode_answer,
    desk_subject,
    encode,
    handed,
    kept_of,
    raised,
    receipt_of,
)
from bilin.core.log.writer import APPEND_TIMEOUT_S, MAX_WAITING

logger = structlog.get_logger(__name__)

ANSWER_S = APPEND_TIMEOUT_S + 2.0
"""A writer that lives has answered by then, if only to say that it could not."""
LOOK_S = 0.1
"""How often it is looked whether a process of this machine writes the log now."""
AGAIN_S = 0.05
PRESENT_S = 2.0
AWAY = "no process writes the log at this moment"
LOST = "the process that writes the log went away before it answered"

T = TypeVar("T", bound=Answer)
Hear = Callable[[list[Entry], int], None]
Linked = Callable[[bool], Awaitable[None]]


class Link:
    """Finds the writer: by the socket of this machine where it is here, else by the bus."""

    def __init__(
        self, bus: Bus, site: int, data: Path, clock: HybridClock, lane: int, hear: Hear, linked: Linked
    ) -> None:
        """`lane`: of the clock, by which this process is known. `hear` is told of every commit, with its run, that the
        writer tells by the socket: the tail; `linked`, whether there is one that does."""
        self._bus, self._data, self._clock, self._hear = bus, data, clock, hear
        self._linked, self._subject = linked, desk_subject(site)
        self._asker = Asker(lane, secrets.randbits(62))
        self._numbers = itertools.count(1)
        self._writer: _Writer | None = None
        self._waiting = 0
        self._searching: asyncio.Task[None] | None = None
        """While no process is known that writes."""

    async def append(
        self, decision: Decision, actor: PersonId | None, key: str | None, command: bytes | None
    ) -> Receipt:
        """As `LogWriter.append`. While no process writes the log a decision waits for one; once it was sent, nobody
        knows what became of it unless an answer comes: `Unavailable`."""
        if not decision.events:
            raise ValueError("a decision has at least one event")
        message = handed(next(self._numbers), decision, actor, key, command, self._clock.latest, self._asker)
        return receipt_of(await self._ask(message, Done, ANSWER_S))

    async def remembered(self, actor: PersonId, key: str) -> Kept | None:
        """As `LogWriter.remembered`."""
        return kept_of(await self._ask(Lookup(next(self._numbers), int(actor), key), Found, PRESENT_S))

    async def is_writing(self) -> bool:
        """Whether a process writes the log, and can."""
        try:
            return (await self._ask(Present(next(self._numbers)), Presence, PRESENT_S)).is_writing
        except Unavailable:
            return False

    async def run(self) -> None:
        """Be connected to the writer of this machine whenever there is one, until stopped."""
        folder = SocketFolder(self._data)
        try:
            while True:
                await self._connect(folder.path(SOCKET))
                await asyncio.sleep(LOOK_S)
        finally:
            folder.close()
            if self._searching is not None:
                self._searching.cancel()

    async def _connect(self, path: Path) -> None:
        try:
            _, writer = await asyncio.get_running_loop().create_unix_connection(lambda: _Writer(self._grown), str(path))
        except OSError:  # nobody writes here, or whoever did is gone
            return
        logger.info("log.linked")
        self._writer = writer
        await self._linked(True)
        try:
            await writer.ended.wait()
        finally:
            self._writer = None
            writer.close()
            await self._linked(False)

    async def _ask(self, question: Question, kind: type[T], within_s: float) -> T:
        if self._waiting >= MAX_WAITING:
            raise Unavailable("too many changes wait for the log")
        self._waiting += 1
        try:
            answer = await self._answer(question, within_s)
        finally:
            self._waiting -= 1
        if isinstance(answer, Refusal):
            raise raised(answer)
        if not isinstance(answer, kind):
            raise Unavailable(LOST)
        return answer

    async def _answer(self, question: Question, within_s: float) -> Answer:
        until = monotonic() + within_s
        while True:
            if self._searching is None:
                try:
                    return await self._send(question, until - monotonic())
                except NobodyThere:  # nothing was sent to anybody
                    self._searching = asyncio.create_task(self._search())
                except (NoAnswer, msgspec.DecodeError) as cause:
                    raise Unavailable(LOST) from cause
            await asyncio.wait({self._searching}, timeout=max(0.0, until - monotonic()))
            if monotonic() >= until:
                raise Unavailable(AWAY)

    async def _send(self, question: Question, within_s: float) -> Answer:
        if self._writer is not None and self._writer.is_open:
            return await self._writer.ask(question, within_s)
        answer: Answer = decode_answer(await self._bus.request(self._subject, encode(question), within_s))
        return answer

    async def _search(self) -> None:
        """Look for a process that writes, once for all who wait for one: they go on in the order in which they came."""
        while True:
            await asyncio.sleep(AGAIN_S)
            try:
                await self._send(Present(next(self._numbers)), PRESENT_S)
            except (Unavailable, msgspec.DecodeError):
                continue
            self._searching = None
            return

    def _grown(self, message: Grown) -> None:
        self._hear(unpack_entries(message.entries), run_of(message.entries))


class _Writer(Peer):
    """The process of this machine that writes the log."""

    def __init__(self, grown: Callable[[Grown], None]) -> None:
        super().__init__()
        self._grown = grown
        self._asked: dict[int, Future[Answer]] = {}
        self.ended = asyncio.Event()

    async def ask(self, question: Question, within_s: float) -> Answer:
        """Its answer. Raises `Unavailable` when it goes away meanwhile, or takes too long."""
        answered: Future[Answer] = asyncio.get_running_loop().create_future()
        self._asked[question.number] = answered
        timer = asyncio.get_running_loop().call_later(within_s, _give_up, answered)
        self.say(encode(question))
        try:
            return await answered
        finally:
            timer.cancel()
            del self._asked[question.number]

    def heard(self, message: bytes) -> None:
        answer = decode_answer(message)
        if isinstance(answer, Grown):
            self._grown(answer)
        elif (asked := self._asked.get(answer.number)) is not None and not asked.done():
            asked.set_result(answer)

    def lost(self) -> None:
        for asked in self._asked.values():
            _give_up(asked)
        self.ended.set()


def _give_up(asked: "Future[Answer]") -> None:
    if not asked.done():
        asked.set_exception(Unavailable(LOST))
