"""The fact about what was kept back. It is written at the founding site alone."""

from bilin.core.events import event, last_writer
from bilin.core.ids import Id, PersonId
from bilin.core.registers import register
from bilin.sites.registry.events import SiteEvent
from bilin.sites.replication import tables

settled = register(tables.settled, ("event",), ("accepted",))


@event("sites.kept_back_settled", version=1, merge=last_writer("event"), writes=[settled.each("event", "events")])
class KeptBackSettled(SiteEvent, frozen=True, kw_only=True):
    """An administrator decided about events of a site that others keep back: they are believed, or dropped for good."""

    events: tuple[Id, ...]
    accepted: bool

    def topics(self, actor: PersonId | None) -> tuple[int, ...]:
        return ()

    def bumps(self) -> tuple[int, ...]:
        return ()
