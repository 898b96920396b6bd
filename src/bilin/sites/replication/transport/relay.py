"""Questions that only their own part of the program reads: forwarded requests, digests, clocks.

The worker answers the line; what it cannot answer itself it asks the process that writes the log, on the site's bus.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import cast

import structlog

from bilin.core.bus import Bus
from bilin.core.errors import BilinError
from bilin.sites.replication.transport.envelope import pack, unpack
from bilin.sites.replication.transport.wire import Carry, Refused, SiteAnswer

logger = structlog.get_logger(__name__)

PATIENCE_S = 25.0
Handle = Callable[[int, bytes], Awaitable[bytes]]
"""Is given the number of the site that asks, and its question."""


class UnknownQuestion(BilinError):
    """Another site asked something that this program does not know."""

    code = "sites.unknown_question"
    status = 400
    title = "The other site does not know this question"
    hint = "Upgrade the older site."
    kind: str


def subject_of(here: int, asker: int | str) -> str:
    """Where the process that writes the log is asked."""
    return f"bilin.{here}.sites.carry.{asker}"


async def bring(bus: Bus, here: int, asker: int, question: Carry) -> SiteAnswer:
    """In the worker: have the process that writes the log answer. Raises `Unavailable` when it is not there."""
    answered = await bus.request(subject_of(here, asker), pack(question), PATIENCE_S)
    return unpack(answered, cast("type[SiteAnswer]", SiteAnswer))


class Carrier:
    """In the process that writes the log: knows who answers which kind of question."""

    def __init__(self, bus: Bus, here: int) -> None:
        self._bus, self._here = bus, here
        self._handlers: dict[str, Handle] = {}

    def answer(self, kind: str, handle: Handle) -> None:
        """Answer a kind of question from now on."""
        if self._handlers.setdefault(kind, handle) is not handle:
            raise ValueError(f"questions of kind {kind} are answered twice")

    async def run(self) -> None:
        """Listen to the worker until cancelled."""
        answering = await self._bus.answer(subject_of(self._here, "*"), self._on_question)
        try:
            await asyncio.Event().wait()
        finally:
            await answering.stop()

    async def _on_question(self, subject: str, payload: bytes) -> bytes:
        try:
            question = unpack(payload, Carry)
            handle = self._handlers.get(question.kind)
            if handle is None:
                raise UnknownQuestion(kind=question.kind)
            return pack(Carry(question.kind, await handle(int(subject.rpartition(".")[2]), question.body)))
        except BilinError as error:
            return pack(Refused(error.code, error.detail))
