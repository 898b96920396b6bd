"""The latest entries of the log, one by one, as they are kept in memory."""

from collections.abc import Callable

from bilin.core.log import Entry
from bilin.gateway import frames

WEIGHT_BYTES = 200
"""What an item costs beside its frame."""


class Item:
    """An entry without what only followers need."""

    __slots__ = ("data_at", "message", "pos", "quoted", "subscribes", "topics", "unsubscribes", "wire")

    def __init__(self, entry: Entry) -> None:
        self.message = self.quoted = 0
        """Whose words it carries (`Said`): those of a message, and those of the one that it answers."""
        self.data_at = entry.data_at
        self.pos = entry.pos
        self.topics = entry.topics
        self.subscribes = entry.subscribes
        self.unsubscribes = entry.unsubscribes
        self.wire = frames.text(entry.frame)

    @property
    def weight(self) -> int:
        """Bytes of memory, about."""
        return len(self.wire) + WEIGHT_BYTES

    def retell(self, change: Callable[[bytes], bytes]) -> None:
        """Say something else from now on."""
        payload = frames.payload(self.wire)
        self.wire = frames.text(payload[: self.data_at] + change(payload[self.data_at : -1]) + b"}")
