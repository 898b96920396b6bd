"""Which of the waiting decisions may enter: repeated keys and failed expectations are answered here.

The writer is the only one to change versions, so what it remembers of them is the truth.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

from bilin.core.database import Connection, versions
from bilin.core.errors import Stale
from bilin.core.ids import Id, PersonId
from bilin.core.log.decision import Decision, Receipt

REMEMBERED_KEYS = 50_000
REMEMBERED_VERSIONS = 100_000


@dataclass(slots=True, frozen=True)
class Pending:
    """A decision that waits for its commit."""

    decision: Decision
    ids: list[Id]
    actor: PersonId | None
    key: str | None
    future: "asyncio.Future[Receipt]"

    def resolve(self, receipt: Receipt) -> None:
        if not self.future.done():
            self.future.set_result(receipt)

    def reject(self, cause: Exception) -> None:
        if not self.future.done():
            self.future.set_exception(cause)


class Admission:
    """Remembers recent keys and versions, and admits decisions in order."""

    def __init__(self) -> None:
        self._keys: OrderedDict[tuple[int, str], Receipt] = OrderedDict()
        self._versions: OrderedDict[int, int] = OrderedDict()

    def forget(self) -> None:
        """After another writer may have written: trust nothing remembered."""
        self._keys.clear()
        self._versions.clear()

    async def admit(self, db: Connection, batch: Sequence[Pending], pos: int) -> tuple[list[Pending], dict[int, int]]:
        """The decisions that enter, in order, and the versions they bump (entity → position)."""
        await self._look_up(db, batch)
        admitted: list[Pending] = []
        bumped: dict[int, int] = {}
        waiting: dict[tuple[int, str], Pending] = {}
        for pending in batch:
            if self._is_repeated(pending, waiting):
                continue
            if any(self._version(e.entity, bumped) != e.version for e in pending.decision.expects):
                pending.reject(Stale())
                continue
            for event in pending.decision.events:
                pos += 1
                for entity in event.bumps():
                    bumped[entity] = pos
            admitted.append(pending)
        return admitted, bumped

    def committed(self, admitted: Sequence[Pending], bumped: dict[int, int], pos: int) -> None:
        """Remember what is now true. `pos` is the position of the last event."""
        pos -= sum(len(pending.ids) for pending in admitted)
        for pending in admitted:
            pos += len(pending.ids)
            if pending.key is not None and pending.actor is not None:
                self._keys[int(pending.actor), pending.key] = Receipt(pending.ids[0], pos, repeated=True)
        self._versions.update(bumped)
        _trim(self._keys, REMEMBERED_KEYS)
        _trim(self._versions, REMEMBERED_VERSIONS)

    def _is_repeated(self, pending: Pending, waiting: dict[tuple[int, str], Pending]) -> bool:
        if pending.key is None or pending.actor is None:
            return False
        name = (int(pending.actor), pending.key)
        if (known := self._keys.get(name)) is not None:
            pending.resolve(known)
            return True
        if (first := waiting.get(name)) is not None:
            first.future.add_done_callback(lambda done: _copy_result(done, pending))
            return True
        waiting[name] = pending
        return False

    def _version(self, entity: int, bumped: dict[int, int]) -> int:
        return bumped.get(entity, self._versions.get(entity, 0))

    async def _look_up(self, db: Connection, batch: Sequence[Pending]) -> None:
        wanted = {e.entity for pending in batch for e in pending.decision.expects} - self._versions.keys()
        if wanted:
            self._versions.update(await versions(db, list(wanted)))


def _copy_result(done: "asyncio.Future[Receipt]", pending: Pending) -> None:
    if done.cancelled():
        pending.future.cancel()
    elif (cause := done.exception()) is not None:
        pending.future.set_exception(cause)
    elif not pending.future.done():
        receipt = done.result()
        pending.resolve(Receipt(receipt.id, receipt.pos, repeated=True))


def _trim(remembered: "OrderedDict[tuple[int, str], Receipt] | OrderedDict[int, int]", limit: int) -> None:
    while len(remembered) > limit:
        remembered.popitem(last=False)
