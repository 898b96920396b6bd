"""What waits for the next commit: decisions of this site's people first, and with them one intake of another site."""

from collections import deque
from collections.abc import Iterable, Iterator
from typing import TypeAlias

from bilin.core.log.foreign import Arriving
from bilin.core.log.pending import Pending

Queued: TypeAlias = Pending | Arriving


class Queue:
    """Each kind is taken in the order it came.

    However many sites are behind, whoever sends waits for one of their intakes at most; however much is sent, an intake
    enters with every commit.
    """

    def __init__(self) -> None:
        self._decisions: deque[Pending] = deque()
        self._intakes: deque[Arriving] = deque()

    def __len__(self) -> int:
        return len(self._decisions) + len(self._intakes)

    def __iter__(self) -> Iterator[Queued]:
        yield from self._decisions
        yield from self._intakes

    def put(self, work: Queued) -> None:
        """Add at the end."""
        if isinstance(work, Pending):
            self._decisions.append(work)
        else:
            self._intakes.append(work)

    def put_back(self, taken: Iterable[Queued]) -> None:
        """Add before the rest, in the order it was taken: it was not committed."""
        works = list(taken)
        self._decisions.extendleft(each for each in reversed(works) if isinstance(each, Pending))
        self._intakes.extendleft(each for each in reversed(works) if isinstance(each, Arriving))

    def take(self, max_events: int) -> list[Queued]:
        """The next batch: so many events of decisions (a larger decision goes alone), and an intake of any size."""
        batch: list[Queued] = []
        size = 0
        while self._decisions and (not batch or size + self._decisions[0].span <= max_events):
            pending = self._decisions.popleft()
            if not pending.is_answered:
                batch.append(pending)
                size += pending.span
        while self._intakes:
            arriving = self._intakes.popleft()
            if not arriving.is_answered:
                return [*batch, arriving]
        return batch

    def clear(self) -> None:
        self._decisions.clear()
        self._intakes.clear()
