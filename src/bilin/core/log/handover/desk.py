"""The desk: where the process that writes the log takes decisions of the others.

On this machine they come by a Unix socket, which is ten times as quick as the bus and needs none; from others by the
bus. Whoever is connected by the socket is told of every commit there as well, before the decisions of it are answered.
"""

import asyncio
import contextlib
import os
import socket
from asyncio import Future
from collections import OrderedDict
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import msgspec
import structlog

from bilin.core.bus import Bus
from bilin.core.errors import BilinError
from bilin.core.ids import PersonId
from bilin.core.log.decision import Receipt
from bilin.core.log.entry import Entry, pack_entries
from bilin.core.log.handover.frames import SOCKET, Peer, SocketFolder
from bilin.core.log.handover.messages import (
    Answer,
    Done,
    Found,
    Grown,
    Handed,
    Lookup,
    NumberTaken,
    Presence,
    Present,
    Question,
    decision_of,
    decode_question,
    desk_subject,
    encode,
    lead_subject,
    refusal,
)
from bilin.core.log.writer import APPEND_TIMEOUT_S, LogWriter, time_out
from bilin.core.roles import PER_MACHINE, WORKERS_NUMBER

logger = structlog.get_logger(__name__)

BACKLOG = 64
REMEMBERED = 1_000
AT_ONCE = 1_000
"""Decisions that come by the bus and wait for their answer at the same time."""


class Desk:
    """Open while this process writes the log."""

    def __init__(self, writer: LogWriter, bus: Bus, site: int, data: Path) -> None:
        self._writer, self._bus, self._site, self._data = writer, bus, site, data
        self._connected: set[_Asker] = set()
        self._askers: dict[int, int] = {}
        self._replaced: OrderedDict[tuple[int, int], None] = OrderedDict()
        self._is_open = False
        bus.on_return(self._tell_lead)

    @property
    def has_others(self) -> bool:
        """Whether decisions of any other process but a worker came."""
        return bool(self._askers) and any(lane % PER_MACHINE != WORKERS_NUMBER for lane in self._askers)

    def hear(self, entries: Sequence[Entry], run: int) -> None:
        """Tell everybody who is connected that the log grew."""
        if self._connected and entries:
            message = encode(Grown(0, pack_entries(entries, run)))
            for asker in self._connected:
                asker.say(message)

    async def run(self) -> None:
        """Take decisions whenever this process writes the log, until stopped."""
        while True:
            await self._writer.lead.held()
            async with self._open():
                await self._writer.lead.elsewhere()

    @contextlib.asynccontextmanager
    async def _open(self) -> AsyncIterator[None]:
        folder = SocketFolder(self._data)
        server = await asyncio.get_running_loop().create_unix_server(lambda: _Asker(self), sock=_listening(folder))
        answering = await self._bus.answer(desk_subject(self._site), self._on_question, at_once=AT_ONCE)
        self._is_open = True
        await self._tell_lead()
        try:
            yield
        finally:
            self._is_open = False
            await answering.stop()
            server.close()
            for asker in tuple(self._connected):
                asker.close()
            folder.close()

    async def _tell_lead(self) -> None:
        """To those who wait for an answer of a process that is gone."""
        if self._is_open:
            await self._bus.publish(lead_subject(self._site), b"")

    async def _on_question(self, _: str, payload: bytes) -> bytes:
        asked = decode_question(payload)
        answered: Future[Answer] = asyncio.get_running_loop().create_future()
        self.answer(asked, answered)
        return encode(await answered)

    def answer(self, asked: Question, answered: "Future[Answer]") -> None:
        """Have a question answered; a decision after its commit."""
        match asked:
            case Handed():
                self._append(asked, answered)
            case Lookup():
                kept = self._writer.remembered(PersonId(asked.actor), asked.key)
                found = (
                    Found(asked.number) if kept is None else Found(asked.number, int(kept.id), kept.pos, kept.command)
                )
                answered.set_result(found)
            case Present():
                answered.set_result(Presence(asked.number, self._writer.is_writing, self._writer.run_id))

    def _append(self, asked: Handed, answered: "Future[Answer]") -> None:
        try:
            self._recognise(asked)
            decision, data = decision_of(asked)
            actor = None if asked.actor is None else PersonId(asked.actor)
            self._writer.observe(asked.seen)
            waiting = self._writer.submit(decision, actor, asked.key, asked.command, data)
        except (BilinError, msgspec.DecodeError, ValueError) as cause:
            if not isinstance(cause, BilinError):
                logger.exception("log.decision_unreadable")
            answered.set_result(refusal(asked.number, cause))
            return
        timer = asyncio.get_running_loop().call_later(APPEND_TIMEOUT_S, time_out, waiting)

        def tell(done: "Future[Receipt]") -> None:
            timer.cancel()
            if answered.done():
                return
            cause = asyncio.CancelledError() if done.cancelled() else done.exception()
            if cause is not None:
                answered.set_result(refusal(asked.number, cause))
            else:
                receipt = done.result()
                answered.set_result(Done(asked.number, int(receipt.id), receipt.pos, receipt.repeated))

        waiting.future.add_done_callback(tell)

    def _recognise(self, asked: Handed) -> None:
        """A process that was started anew replaces the one before. Raises `NumberTaken` when that one speaks again."""
        known = self._askers.get(asked.lane)
        if known == asked.process:
            return
        if (asked.lane, asked.process) in self._replaced:
            logger.critical("log.number_taken", machine=asked.lane // PER_MACHINE, number=asked.lane % PER_MACHINE)
            raise NumberTaken
        self._askers[asked.lane] = asked.process
        if known is not None:
            self._replaced[asked.lane, known] = None
            if len(self._replaced) > REMEMBERED:
                self._replaced.popitem(last=False)

    def entered(self, asker: "_Asker") -> None:
        """A process connected itself."""
        self._connected.add(asker)

    def left(self, asker: "_Asker") -> None:
        """It is gone. What it handed over is committed all the same."""
        self._connected.discard(asker)


class _Asker(Peer):
    """A process of this machine."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        self._desk.entered(self)

    def heard(self, message: bytes) -> None:
        try:
            asked = decode_question(message)
        except msgspec.DecodeError:  # of another release: it finds nobody to speak with
            logger.warning("log.asker_unreadable")
            self.close()
            return
        answered: Future[Answer] = asyncio.get_running_loop().create_future()
        answered.add_done_callback(lambda done: self.say(encode(done.result())))
        self._desk.answer(asked, answered)

    def lost(self) -> None:
        self._desk.left(self)


def _listening(folder: SocketFolder) -> socket.socket:
    """The socket at its place: whoever wrote the log before has it no more."""
    listening = socket.socket(socket.AF_UNIX)
    own = folder.path(f"{SOCKET}.{os.getpid()}")
    own.unlink(missing_ok=True)
    listening.bind(str(own))
    listening.listen(BACKLOG)
    listening.setblocking(False)
    own.rename(folder.path(SOCKET))
    return listening
