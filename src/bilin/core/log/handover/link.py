"""The link: how a process that does not write the log has decisions entered by the one that does."""

import asyncio
import contextlib
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
    Handed,
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
    lead_subject,
    raised,
    receipt_of,
)
from bilin.core.log.writer import APPEND_TIMEOUT_S, MAX_WAITING, Moved

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


class Lost(Unavailable):
    """Whoever was asked is gone, or was cut off: nobody knows what became of it."""


class Link:
    """Finds the writer: by the socket of this machine where it is here, else by the bus."""

    def __init__(
        self, bus: Bus, site: int, data: Path, clock: HybridClock, lane: int, hear: Hear, linked: Linked
    ) -> None:
        """`lane`: of the clock, by which this process is known. `hear` is told of every commit, with its run, that the
        writer tells by the socket: the tail; `linked`, whether there is one that does."""
        self._bus, self._data, self._clock, self._hear = bus, data, clock, hear
        self._linked, self._subject, self._lead_subject = linked, desk_subject(site), lead_subject(site)
        self._asker = Asker(lane, secrets.randbits(62))
        self._numbers = itertools.count(1)
        self._writer: _Writer | None = None
        self._waiting = 0
        self._is_over = False
        self._by_bus: dict[asyncio.Timeout, None] = {}
        """Questions that wait for an answer by the bus, in the order in which they were asked."""
        bus.on_return(self._ask_again)
        self._searching: asyncio.Task[None] | None = None
        """While no process is known that writes."""

    async def append(
        self, decision: Decision, actor: PersonId | None, key: str | None, command: bytes | None
    ) -> Receipt:
        """As `LogWriter.append`. While no process writes the log a decision waits for one. Once it was sent, nobody
        knows what became of it unless an answer comes: with a key it is sent again to whoever writes then, and enters
        once; without one it is `Unavailable`. `Moved`: this very process writes by now."""
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
        """Be connected to the writer of this machine whenever there is one, until stopped: this process writes then,
        or ends, and whoever waits turns there."""
        self._is_over = False
        folder = SocketFolder(self._data)
        leads = await self._bus.subscribe(self._lead_subject, lambda _: self._ask_again())
        try:
            while True:
                await self._connect(folder.path(SOCKET))
                await asyncio.sleep(LOOK_S)
        finally:
            self._is_over = True
            if self._searching is not None:
                self._searching.cancel()
            folder.close()
            await self._ask_again()
            await leads.stop()

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
                    pass
                except Lost:
                    if not _may_be_repeated(question):
                        raise
                except (NoAnswer, msgspec.DecodeError) as cause:
                    raise Unavailable(LOST) from cause
            if self._is_over:
                raise Moved
            self._searching = self._searching or asyncio.create_task(self._search())
            await asyncio.wait({self._searching}, timeout=max(0.0, until - monotonic()))
            if monotonic() >= until:
                raise Unavailable(AWAY)

    async def _send(self, question: Question, within_s: float) -> Answer:
        if self._writer is not None and self._writer.is_open:
            return await self._writer.ask(question, within_s)
        try:
            async with asyncio.timeout(None) as until_lost:
                self._by_bus[until_lost] = None
                try:
                    answer: Answer = decode_answer(await self._bus.request(self._subject, encode(question), within_s))
                finally:
                    self._by_bus.pop(until_lost, None)
        except TimeoutError:
            raise Lost(LOST) from None
        return answer

    async def _ask_again(self) -> None:
        """Another process writes now, or answers were lost with the bus: what was asked by it is not waited for."""
        asked, self._by_bus = self._by_bus, {}
        for each in asked:
            each.reschedule(0)

    async def _search(self) -> None:
        """Look for a process that writes, once for all who wait for one: they go on in the order in which they came."""
        try:
            while True:
                await asyncio.sleep(AGAIN_S)
                with contextlib.suppress(Unavailable, msgspec.DecodeError):
                    await self._send(Present(next(self._numbers)), PRESENT_S)
                    return
        finally:
            self._searching = None

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
        """Its answer. Raises `Lost` when it goes away meanwhile, `Unavailable` when it takes too long."""
        answered: Future[Answer] = asyncio.get_running_loop().create_future()
        self._asked[question.number] = answered
        timer = asyncio.get_running_loop().call_later(within_s, _give_up, answered, Unavailable(LOST))
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
            _give_up(asked, Lost(LOST))
        self.ended.set()


def _give_up(asked: "Future[Answer]", cause: Unavailable) -> None:
    if not asked.done():
        asked.set_exception(cause)


def _may_be_repeated(question: Question) -> bool:
    """Whether it has no effect, or once alone by its key."""
    return not isinstance(question, Handed) or (question.actor is not None and question.key is not None)
