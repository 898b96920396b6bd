"""The other site's state, by questions over the line."""

from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

from bilin.core.digests import Key, Part, Sum
from bilin.sites.health.verifying.questions import (
    AskHashes,
    AskLine,
    AskStand,
    AskSums,
    DigestAnswer,
    DigestQuestion,
    Hashes,
    Refusal,
    RowText,
    Stand,
    Sums,
    decode_answer,
    encode,
)
from bilin.sites.replication.errors import BadBatch, VersionsApart

A = TypeVar("A", bound=DigestAnswer)
Ask = Callable[[bytes], Awaitable[bytes]]
"""Brings a question to the other site and its answer back. Raises `SiteUnreachable`."""


class Remote:
    """Raises `SiteUnreachable`; `VersionsApart` when the other site knows no such part; `BadBatch` for nonsense."""

    def __init__(self, ask: Ask) -> None:
        self._bring = ask
        self.bytes = 0
        """What all questions and answers together took."""

    async def stand(self) -> Stand:
        """Where it stands; from now on it answers as of the conversations shared at this moment."""
        return await self._ask(AskStand(), Stand)

    async def sums(self, part: Part, bounds: Sequence[Key]) -> Sequence[Sum]:
        sums = (await self._ask(AskSums(part.name, tuple(bounds)), Sums)).sums
        if len(sums) != len(bounds) - 1:
            raise BadBatch(f"{len(sums)} sums of {len(bounds) - 1} ranges")
        return sums

    async def hashes(self, part: Part, start: Key, end: Key) -> Sequence[tuple[Key, int]]:
        return (await self._ask(AskHashes(part.name, start, end), Hashes)).rows

    async def line(self, part: Part, key: Key) -> str | None:
        return (await self._ask(AskLine(part.name, key), RowText)).line

    async def _ask(self, question: DigestQuestion, kind: type[A]) -> A:
        asked = encode(question)
        answered = await self._bring(asked)
        self.bytes += len(asked) + len(answered)
        answer = decode_answer(answered)
        if isinstance(answer, Refusal):
            raise VersionsApart(f"the other site refused a question: {answer.detail}")
        if not isinstance(answer, kind):
            raise BadBatch(f"{type(answer).__name__} in answer to {type(question).__name__}")
        return answer
