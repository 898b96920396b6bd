"""Another site, as far as its events are concerned."""

from collections.abc import Sequence

from bilin.core.crypto import Keyring
from bilin.core.database import Connection
from bilin.core.events import Event, Recorded
from bilin.core.ids import HybridClock, wall_ms
from bilin.core.log import Foreign
from bilin.core.log.entry import encode_event, type_of

NUMBER = 9


class Abroad:
    """Writes events with ids and marks of its own."""

    def __init__(self, number: int = NUMBER, ahead_ms: int = 0) -> None:
        self.number = number
        self.keys = Keyring(bytes(31) + bytes([number % 256]))
        self.clock = HybridClock(number, lambda: wall_ms() + ahead_ms)

    def write(self, event: Event, actor: int | None = None) -> Foreign:
        """An event as it goes out."""
        return self.write_data(*type_of(event), encode_event(event), actor)

    def write_data(self, kind: str, version: int, data: bytes, actor: int | None = None) -> Foreign:
        """The same, of any form."""
        identifier = int(self.clock.next())
        mark = self.keys.mark(identifier, actor, kind, version, data)
        return Foreign(identifier, self.number, actor, kind, version, data, mark)


class Effects:
    """Remembers what effects were given; each saves, in the transaction, how many events it was given."""

    def __init__(self) -> None:
        self.given: list[list[int]] = []

    async def __call__(self, db: Connection, records: Sequence[Recorded[Event]]) -> None:
        self.given.append([int(record.id) for record in records])
        await db.execute("INSERT INTO effect (events) VALUES ($1)", len(records))
