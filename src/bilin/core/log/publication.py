"""Publishing committed entries on the bus: one message per commit, in parts when it is large."""

from collections.abc import Iterator, Sequence

from bilin.core.bus import MAX_PAYLOAD_BYTES, Bus
from bilin.core.log.entry import Entry, pack_entries


def log_subject(site: int) -> str:
    """The subject on which a site's log appears."""
    return f"bilin.{site}.log"


async def publish_entries(bus: Bus, site: int, entries: Sequence[Entry], run: int) -> None:
    """Publish entries of one run in order; what is lost here is found again by position."""
    for part in _parts(entries):
        await bus.publish(log_subject(site), pack_entries(part, run))


def _parts(entries: Sequence[Entry]) -> Iterator[Sequence[Entry]]:
    start = size = 0
    for index, entry in enumerate(entries):
        names = len(entry.topics) + len(entry.subscribes) + len(entry.unsubscribes)
        weight = len(entry.frame) + len(entry.whole) + 16 * names + 64
        if size and size + weight > MAX_PAYLOAD_BYTES:
            yield entries[start:index]
            start, size = index, 0
        size += weight
    if entries:
        yield entries[start:]
