"""A password was set, here or at another site: connections whose session ended with the one before are closed.

Only the database knows which they are: the event tells neither whether an administrator's password goes before it, nor
with which password each session was opened. A connection that opens meanwhile was let in by what holds now.
"""

from collections.abc import Iterable, Sequence

import structlog

from bilin.core.errors import Unavailable
from bilin.core.events import Event
from bilin.core.ids import PersonId, site_of
from bilin.core.log import Entry
from bilin.core.site import Site
from bilin.gateway.audience import Audience
from bilin.gateway.frames import CloseCode
from bilin.gateway.sockets import Socket
from bilin.identity import PasswordSet, living_sessions
from bilin.sites import SiteRevoked

logger = structlog.get_logger(__name__)


class Revalidation:
    """Listens to the tail."""

    def __init__(self, site: Site, audience: Audience) -> None:
        self._site, self._audience = site, audience

    def hear(self, entries: Sequence[Entry]) -> None:
        """Look at the connections of everybody whose password was set."""
        people = {
            event.person
            for entry in entries
            if entry.type == PasswordSet.TYPE.name and isinstance(event := entry.event(), PasswordSet)
        }
        self._close_revoked({each.event() for each in entries if each.type == SiteRevoked.TYPE.name})
        for person in people:
            listener = self._audience.people.get(int(person))
            if listener is not None:
                self._site.spawn("revalidate-sessions", self._revalidate(person, tuple(listener.connections)))

    def _close_revoked(self, revoked: Iterable[Event]) -> None:
        """The access of sites ended, and with it all sessions that were opened there."""
        sites = {event.site for event in revoked if isinstance(event, SiteRevoked)}
        for listener in list(self._audience.people.values()) if sites else ():
            for connection in list(listener.connections):
                if connection.actor is not None and site_of(connection.actor.session) in sites:
                    connection.close(CloseCode.SESSION_ENDED)

    async def _revalidate(self, person: PersonId, connections: Sequence[Socket]) -> None:
        """Without an answer nobody stays: a connection that comes back is asked who it is."""
        try:
            living = await living_sessions(self._site, person)
        except Exception as cause:
            if not isinstance(cause, Unavailable):
                logger.exception("gateway.revalidation_failed", person=person)
            for connection in connections:
                connection.close(CloseCode.RESTART)
            return
        for connection in connections:
            if connection.actor is not None and connection.actor.session not in living:
                connection.close(CloseCode.SESSION_ENDED)
