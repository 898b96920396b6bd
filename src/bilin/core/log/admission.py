"""Which of the waiting decisions may enter: repeated keys and failed expectations are answered here.

What arrives from other sites has happened already: it always enters, and moves versions for the decisions behind it.

The writer is the only one to change versions, so what it remembers of them is the truth.
"""

import asyncio
from collections.abc import Iterable, Sequence
from typing import TypeAlias

from cachetools import LRUCache

from bilin.core.crypto import are_same
from bilin.core.database import Connection, versions
from bilin.core.errors import BilinError, KeyReused, Stale, Unavailable
from bilin.core.events import Event
from bilin.core.log.decision import Kept, Receipt
from bilin.core.log.foreign import Arriving
from bilin.core.log.pending import Pending
from bilin.core.log.store import find_present

REMEMBERED_KEYS = 50_000
REMEMBERED_VERSIONS = 100_000

Admitted: TypeAlias = tuple[list[Pending | Arriving], dict[int, int]]


class Admission:
    """Remembers recent keys and versions for as long as one writer holds the lock, and admits decisions in order."""

    def __init__(self) -> None:
        self._keys: LRUCache[tuple[int, str], Kept] = LRUCache(REMEMBERED_KEYS)
        self._versions: LRUCache[int, int] = LRUCache(REMEMBERED_VERSIONS)

    async def admit(self, db: Connection, batch: Sequence[Pending | Arriving], pos: int) -> Admitted:
        """What enters, in order, and the versions it bumps (entity → position)."""
        await self._look_up(db, [each for each in batch if isinstance(each, Pending)])
        arriving = [identifier for each in batch if isinstance(each, Arriving) for identifier in each.ids]
        present = set(await find_present(db, arriving)) if arriving else set()
        admitted: list[Pending | Arriving] = []
        bumped: dict[int, int] = {}
        waiting: dict[tuple[int, str], Pending] = {}
        for each in batch:
            if each.is_answered:
                continue
            if isinstance(each, Arriving):
                events: Iterable[Event] = each.look(present)
            elif self._may_enter(each, waiting, bumped):
                events = each.decision.events
            else:
                continue
            for event in events:
                pos += 1
                for entity in event.bumps():
                    bumped[entity] = pos
            admitted.append(each)
        return admitted, bumped

    def committed(self, admitted: Sequence[Pending | Arriving], bumped: dict[int, int], pos: int) -> None:
        """Remember what is now true. `pos` is the position before the first event."""
        for each in admitted:
            pos += each.span
            if isinstance(each, Pending) and (name := each.sent_key) is not None:
                self._keys[name] = Kept(each.ids[0], pos, each.command)
        self._versions.update(bumped)

    def remembered(self, name: tuple[int, str]) -> Kept | None:
        """What a key resulted in, if that was lately."""
        return self._keys.get(name)

    def _may_enter(self, pending: Pending, waiting: dict[tuple[int, str], Pending], bumped: dict[int, int]) -> bool:
        if self._is_repeated(pending, waiting):
            return False
        expects = pending.decision.expects
        if expects and any(self._version(each.entity, bumped) != each.version for each in expects):
            pending.reject(Stale())
            return False
        return True

    def _is_repeated(self, pending: Pending, waiting: dict[tuple[int, str], Pending]) -> bool:
        name = pending.sent_key
        if name is None:
            return False
        if (known := self._keys.get(name)) is not None:
            pending.repeat(known)
            return True
        if (first := waiting.get(name)) is not None:
            first.future.add_done_callback(lambda done: _copy_result(done, first, pending))
            return True
        waiting[name] = pending
        return False

    def _version(self, entity: int, bumped: dict[int, int]) -> int:
        return bumped.get(entity, self._versions.get(entity, 0))

    async def _look_up(self, db: Connection, batch: Sequence[Pending]) -> None:
        expects = (each.entity for pending in batch for each in pending.decision.expects)
        wanted = {entity for entity in expects if entity not in self._versions}
        if wanted:
            self._versions.update(await versions(db, list(wanted)))


def _copy_result(done: "asyncio.Future[Receipt]", first: Pending, pending: Pending) -> None:
    """Answer a repeated decision as the first of its key in the same batch was answered."""
    if not are_same(first.command, pending.command):
        pending.reject(KeyReused())
    elif done.cancelled():
        pending.reject(Unavailable("the first request with this key was given up"))
    elif isinstance(cause := done.exception(), BilinError):
        pending.reject(cause)
    elif cause is not None:
        pending.reject(Unavailable("the first request with this key failed"))
    else:
        receipt = done.result()
        pending.resolve(Receipt(receipt.id, receipt.pos, repeated=True))
