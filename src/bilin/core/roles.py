"""The roles of a site's processes, and which process this is. One process may have several of them."""

from enum import StrEnum

import msgspec

from bilin.core.settings import ProcessSettings, Settings

PER_MACHINE = 16
"""Numbers for the processes of one machine."""
WORKERS_NUMBER = PER_MACHINE - 1


class Role(StrEnum):
    """What a process does."""

    WRITER = "writer"
    """Writes the log, or stands by for the process that does; and does what one process of the site does for all."""
    API = "api"
    """Answers commands and queries."""
    GATEWAY = "gateway"
    """Has the sockets over which events come down."""
    WORKER = "worker"
    """Durable followers of the log, jobs, the feed for other sites."""


class Place(msgspec.Struct, frozen=True):
    """Which of a site's processes one is."""

    roles: frozenset[Role]
    number: int = 0
    """Among those of its machine."""

    def lane(self, settings: Settings) -> int:
        """Its number among all processes of the site."""
        return settings[ProcessSettings].machine * PER_MACHINE + self.number

    @property
    def name(self) -> str:
        """What it is called in figures: `web-0`, `writer-1`, `worker`."""
        if Role.WORKER in self.roles:
            return "worker"
        kind = next(iter(self.roles)) if len(self.roles) == 1 else "web"
        return f"{kind}-{self.number}"


SMALL_SITE = Place(frozenset({Role.WRITER, Role.API, Role.GATEWAY}))
"""The web process of a site that has only one: it has all roles but the worker's."""
