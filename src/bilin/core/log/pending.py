"""What waits in the writer's queue, then in a batch: a decision of a handler, or an intake from another site."""

import asyncio
from collections.abc import Sequence
from typing import Generic, TypeVar

from bilin.core.errors import KeyReused
from bilin.core.ids import Id, PersonId
from bilin.core.log.decision import Decision, Kept, Receipt

Answer = TypeVar("Answer")


class Waiting(Generic[Answer]):
    """Its caller is answered once, whatever happens after."""

    __slots__ = ("future", "ids")

    def __init__(self, ids: Sequence[Id], future: "asyncio.Future[Answer]") -> None:
        self.ids, self.future = ids, future

    @property
    def is_answered(self) -> bool:
        """The caller knows the outcome, or has gone: it must not be committed any more."""
        return self.future.done()

    def resolve(self, answer: Answer) -> None:
        if not self.future.done():
            self.future.set_result(answer)

    def reject(self, cause: Exception) -> None:
        if not self.future.done():
            self.future.set_exception(cause)


class Pending(Waiting[Receipt]):
    """A decision that waits for its commit, with its events encoded already."""

    __slots__ = ("actor", "command", "data", "decision", "key")

    def __init__(
        self,
        decision: Decision,
        ids: list[Id],
        data: Sequence[bytes],
        actor: PersonId | None,
        key: str | None,
        future: "asyncio.Future[Receipt]",
        command: bytes | None = None,
    ) -> None:
        """`command`: a fingerprint of what the key came with."""
        super().__init__(ids, future)
        self.decision, self.data, self.actor, self.key, self.command = decision, data, actor, key, command

    @property
    def span(self) -> int:
        """How many positions it takes."""
        return len(self.ids)

    @property
    def first_new(self) -> Id:
        """The first event that it adds."""
        return self.ids[0]

    def repeat(self, first: Kept) -> None:
        """The key was sent before: answer with what it resulted in, or refuse another command."""
        try:
            self.resolve(first.repeated(self.command))
        except KeyReused as cause:
            self.reject(cause)

    @property
    def sent_key(self) -> tuple[int, str] | None:
        """Who sent which Idempotency-Key."""
        return None if self.actor is None or self.key is None else (int(self.actor), self.key)
