"""The latest entries of the log in memory, ready for the wire: most clients that reconnect resume from here."""

from bisect import bisect_right
from collections.abc import Sequence
from operator import attrgetter

from bilin.core.log import Entry
from bilin.gateway.items import Item
from bilin.gateway.said import SPEAKING, Said

POSITION = attrgetter("pos")


class Recent:
    """All entries after `after`, bounded by count and bytes; the oldest leave first."""

    def __init__(self, after: int, max_entries: int, max_bytes: int) -> None:
        self.after = after
        self._max_entries, self._max_bytes = max_entries, max_bytes
        self._items: list[Item] = []
        self._size_bytes = 0
        self._said = Said()

    def add(self, entry: Entry) -> Item:
        """Append the next entry. What it takes back of earlier ones is no longer in them."""
        item = Item(entry)
        if entry.type in SPEAKING:
            self._size_bytes += self._said.change(entry)
            self._said.note(item, entry)
        self._items.append(item)
        self._size_bytes += item.weight
        if len(self._items) > self._max_entries or self._size_bytes > self._max_bytes:
            self._trim()
        return item

    def filled(self) -> None:
        """Nothing is put before what is here any more."""
        self._said.filled()

    def forget(self, pos: int) -> None:
        """Entries up to a position were missed: the database has them."""
        self._items, self._size_bytes, self.after = [], 0, pos
        self._said = Said()

    def put_before(self, entries: Sequence[Entry], after: int) -> bool:
        """Entries from before the first one: what the log held before this process. False: no room."""
        older = [self._said.older(Item(entry), entry) for entry in entries]
        size = sum(item.weight for item in older)
        if len(self._items) + len(older) > self._max_entries or self._size_bytes + size > self._max_bytes:
            for item in older:
                self._said.drop(item)
            return False
        self._items[:0] = older
        self._size_bytes += size
        self.after = after
        return True

    def since(self, pos: int, max_bytes: int) -> list[Item]:
        """The items after a position, as many as fit into so many bytes, at least one if there is any."""
        start = end = bisect_right(self._items, pos, key=POSITION)
        size = 0
        while end < len(self._items) and size < max_bytes:
            size += len(self._items[end].wire)
            end += 1
        return self._items[start:end]

    def _trim(self) -> None:
        """Let go of the oldest eighth at a time, so that it is not moved about for every entry."""
        while len(self._items) > 1 and (len(self._items) > self._max_entries or self._size_bytes > self._max_bytes):
            count = max(1, len(self._items) // 8)
            self.after = self._items[count - 1].pos
            for item in self._items[:count]:
                self._size_bytes -= item.weight
                self._said.drop(item)
            del self._items[:count]
