"""A decision that waits for its commit, with its events encoded already."""

import asyncio

from bilin.core.ids import Id, PersonId
from bilin.core.log.decision import Decision, Receipt


class Pending:
    """Waits in the writer's queue, then in a batch. Its caller is answered once, whatever happens after."""

    __slots__ = ("actor", "data", "decision", "future", "ids", "key")

    def __init__(
        self,
        decision: Decision,
        ids: list[Id],
        data: list[bytes],
        actor: PersonId | None,
        key: str | None,
        future: "asyncio.Future[Receipt]",
    ) -> None:
        self.decision, self.ids, self.data, self.actor, self.key, self.future = decision, ids, data, actor, key, future

    @property
    def is_answered(self) -> bool:
        """The caller knows the outcome, or has gone: it must not be committed any more."""
        return self.future.done()

    @property
    def sent_key(self) -> tuple[int, str] | None:
        """Who sent which Idempotency-Key."""
        return None if self.actor is None or self.key is None else (int(self.actor), self.key)

    def resolve(self, receipt: Receipt) -> None:
        if not self.future.done():
            self.future.set_result(receipt)

    def reject(self, cause: Exception) -> None:
        if not self.future.done():
            self.future.set_exception(cause)
