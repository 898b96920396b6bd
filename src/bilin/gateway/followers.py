"""Which listeners follow which conversation: some thirty bytes for a conversation, four for each of its listeners.

Most conversations have few people, and a set of a few costs several hundred bytes: with 20,000 listeners in 2,000
conversations each, sets are gigabytes (`python -m bench.listeners`). Here some conversations share three arrays, chosen
by a hash of their ids, and the table grows by one part at a time, so that growing never holds anybody up ("linear
hashing": W. Litwin, 1980).
"""

from array import array
from collections.abc import Sequence

PART = 16
"""Conversations in a part of the table, on average, beyond which it grows."""
SPREAD = 0x9E3779B97F4A7C15
"""2^64 divided by the golden ratio: it spreads ids that differ in a few bits (D. Knuth, TAOCP 6.4)."""


class _Part:
    """Some conversations. The listeners of each stand in `numbers`, behind those of the conversation before it."""

    __slots__ = ("counts", "numbers", "topics")

    def __init__(self) -> None:
        self.topics, self.counts, self.numbers = array("q"), array("I"), array("I")

    def index(self, topic: int) -> int:
        """Where a conversation stands; -1 when it is not here."""
        try:
            return self.topics.index(topic)
        except ValueError:
            return -1

    def append(self, topic: int, numbers: Sequence[int]) -> None:
        self.topics.append(topic)
        self.counts.append(len(numbers))
        self.numbers.extend(numbers)


class Followers:
    """Numbers of listeners by conversation."""

    def __init__(self) -> None:
        self._parts = [_Part()]
        self._half = 1
        """The power of two from which on, and below which, parts are halves of what was one."""
        self._count = 0

    def __len__(self) -> int:
        """How many conversations somebody follows."""
        return self._count

    def of(self, topic: int) -> Sequence[int]:
        """Who follows a conversation, in no order."""
        part = self._part_of(topic)
        at = part.index(topic)
        if at < 0:
            return ()
        start = sum(part.counts[:at])
        return part.numbers[start : start + part.counts[at]]

    def add(self, topic: int, number: int) -> None:
        """Somebody follows a conversation who did not."""
        part = self._part_of(topic)
        at = part.index(topic)
        if at >= 0:
            part.numbers.insert(sum(part.counts[: at + 1]), number)
            part.counts[at] += 1
            return
        part.append(topic, (number,))
        self._count += 1
        if self._count > PART * len(self._parts):
            self._grow()

    def remove(self, topic: int, number: int) -> None:
        """Somebody who followed a conversation does so no more."""
        part = self._part_of(topic)
        at = part.index(topic)
        start = sum(part.counts[:at])
        del part.numbers[part.numbers.index(number, start, start + part.counts[at])]
        part.counts[at] -= 1
        if not part.counts[at]:
            del part.topics[at], part.counts[at]
            self._count -= 1

    def _part_of(self, topic: int) -> _Part:
        at = (topic * SPREAD >> 32) & (2 * self._half - 1)
        return self._parts[at if at < len(self._parts) else at - self._half]

    def _grow(self) -> None:
        """Part the next of the table in two."""
        at = len(self._parts) - self._half
        old, self._parts[at] = self._parts[at], _Part()
        self._parts.append(_Part())
        if len(self._parts) == 2 * self._half:
            self._half *= 2
        start = 0
        for topic, count in zip(old.topics, old.counts, strict=True):
            self._part_of(topic).append(topic, old.numbers[start : start + count])
            start += count
