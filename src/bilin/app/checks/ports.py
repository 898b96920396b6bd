"""Where this server listens: is it free while nothing runs, and ours while it does?"""

import errno
from collections.abc import AsyncIterator, Iterator
from typing import NamedTuple

from bilin.app.embedded import program_on, refusal_of
from bilin.app.supervisor.folder import running_site, running_web
from bilin.app.supervisor.lines import listens_at
from bilin.core.checks import Examined, Observation, broken, unchecked, well
from bilin.core.settings import HttpSettings, NatsSettings, Settings

NAME = "app.ports"
LOOPBACK = "127.0.0.1"


class Place(NamedTuple):
    """Somewhere to listen, and the setting that says so."""

    setting: str
    host: str
    port: int

    def __str__(self) -> str:
        return f"{self.host}:{self.port} ({self.setting})"


async def look_at_ports(examined: Examined) -> AsyncIterator[Observation]:
    """A port that another program has keeps people, or other sites, out."""
    running = running_web(examined.folder) or running_site(examined.folder)
    for place in _places(examined.settings):
        yield _free(place) if running is None else _ours(place, running.pid)


def _places(settings: Settings) -> Iterator[Place]:
    """Where the settings want this server to listen."""
    http, nats = settings[HttpSettings], settings[NatsSettings]
    yield Place("http.port", http.host, http.port)
    if nats.url:
        return
    if nats.port:
        yield Place("nats.port", LOOPBACK, nats.port)
    if (at := listens_at(settings)) is not None:
        yield Place("sites.listen", *at)


def _free(place: Place) -> Observation:
    refused = refusal_of(place.host, place.port)
    if refused is None:
        return well(NAME, f"{place} is free: nothing runs on this folder.")
    if (holder := program_on(place.host, place.port)) is not None:
        return _taken(place, str(holder))
    return broken(NAME, f"Nobody can listen on {place}: {refused.strerror}.", "Set an address that this machine has.")


def _ours(place: Place, supervisor: int) -> Observation:
    """While Bilin runs, its own processes have its ports."""
    refused, holder = refusal_of(place.host, place.port), program_on(place.host, place.port)
    if refused is None or refused.errno != errno.EADDRINUSE or holder is None:
        said = f"Nothing listens on {place}, though Bilin runs (process {supervisor})."
        return broken(NAME, said, "Look at the logs of `bilin serve`, and logs/nats.log in the data folder.")
    if holder.pid is None:
        said = f"A program that this user may not see listens on {place}."
        return unchecked(NAME, said, "Run this as the user who runs the server, or as root.")
    if holder.is_child_of(supervisor):
        return well(NAME, f"Bilin listens on {place}.")
    return _taken(place, str(holder))


def _taken(place: Place, holder: str) -> Observation:
    return broken(NAME, f"{place} is taken by {holder}.", f"End that program, or set another {place.setting}.")
