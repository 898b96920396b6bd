"""Bilin's own processes, each a Python program of this installation: which of them run on this machine."""

import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

import msgspec

from bilin.app.embedded import service_user
from bilin.app.processes import Process, spawn
from bilin.app.supervisor.errors import UnknownRole
from bilin.app.supervisor.servers import Servers
from bilin.core.roles import SMALL_SITE, WORKERS_NUMBER, Place, Role
from bilin.core.settings import CONFIG_VARIABLE, DatabaseSettings, ProcessSettings, Settings, SiteSettings

ALL = frozenset(Role)
WITH_HTTP = frozenset({Role.API, Role.GATEWAY})
SETS = {"all": ALL, "web": SMALL_SITE.roles}
"""Roles that are named together."""
ALONE_UP_TO = 3
"""On so few processors one web process is fastest: handing decisions over costs more than a second loop gains."""
MOST_WEB = 12
CONNECTIONS = 100
"""That Bilin's processes take of the embedded PostgreSQL together."""


class RoleProcess:
    """Runs ``python -m <module>``. It says itself when it is ready: see `bilin.app.neighbours`."""

    stop_signal = signal.SIGTERM
    stop_within_s = 10.0

    def __init__(self, planned: "Planned", environ: dict[str, str]) -> None:
        self.name, self.place = planned.title, planned.place
        self._command = planned.command
        self._environ = environ

    async def start(self) -> Process:
        """Returns at once."""
        user = service_user()
        how = self._command if user is None else [AS_USER, user.name, *self._command]
        return spawn(self.name, [sys.executable, "-m", *how], environ=self._environ)

    def tidy(self) -> None:
        """Nothing stays behind."""


AS_USER = "bilin.app.as_user"
WEB_MODULE = "bilin.app.web"
WORKER_MODULE = "bilin.app.worker"


class Planned(msgspec.Struct, frozen=True):
    """A process that runs here."""

    title: str
    place: Place
    is_shared: bool = False
    """Others listen at its address."""

    @property
    def command(self) -> list[str]:
        """The module and its arguments."""
        if Role.WORKER in self.place.roles:
            return [WORKER_MODULE]
        if self.place == SMALL_SITE:
            return [WEB_MODULE]
        how = ["--roles", ",".join(sorted(self.place.roles)), "--number", str(self.place.number)]
        return [WEB_MODULE, *how, *(["--shared"] if self.is_shared else [])]

    @property
    def has_http(self) -> bool:
        return bool(self.place.roles & WITH_HTTP)


def read_roles(text: str) -> frozenset[Role]:
    """`api,gateway`, or a set by its name. Raises `UnknownRole`."""
    roles: set[Role] = set()
    for word in text.split(","):
        name = word.strip().lower()
        if name not in SETS and name not in tuple(Role):
            raise UnknownRole(f"{word.strip()!r} is no role.", known=[*SETS, *Role])
        roles |= SETS.get(name) or {Role(name)}
    return frozenset(roles)


def plan(roles: frozenset[Role], settings: Settings, processors: int) -> Sequence[Planned]:
    """The processes of this machine, in the order in which they start."""
    told = settings[ProcessSettings].web
    count = web_processes(processors) if told == "auto" else told
    http = roles & WITH_HTTP
    worker = [Planned("Worker", Place(frozenset({Role.WORKER}), WORKERS_NUMBER))] if Role.WORKER in roles else []
    if http and count == 1 and Role.WRITER in roles:
        return [Planned("Web server", Place(http | {Role.WRITER})), *worker]
    writers = (2 if http else 1) if Role.WRITER in roles else 0
    titles = ("Log writer", "Log writer (standing by)")[:writers]
    writing = [Planned(title, Place(frozenset({Role.WRITER}), number)) for number, title in enumerate(titles)]
    web = [Planned(f"Web server {number}", Place(http, 1 + number), count > 1) for number in range(1, count + 1)]
    return [*writing, *(web if http else []), *worker]


def web_processes(processors: int) -> int:
    """How many web processes are fastest: the database needs as much as they do."""
    return 1 if processors <= ALONE_UP_TO else min(MOST_WEB, processors // 2)


def child_environ(settings: Settings, servers: Servers, processes: int) -> dict[str, str]:
    """The environment that gives a child the same settings, with the servers that really run."""
    own = {
        "BILIN_DATA_DIR": str(settings[SiteSettings].data_dir),
        "BILIN_DATABASE_URL": servers.database_url,
        "BILIN_NATS_URL": servers.nats_url,
        "BILIN_SITES_NATS_URL": servers.sites_nats_url,
        "PYTHONUNBUFFERED": "1",
    }
    database = settings[DatabaseSettings]
    if not database.url and database.pool_size * processes > CONNECTIONS:
        own["BILIN_DATABASE_POOL_SIZE"] = str(max(2, CONNECTIONS // processes))
    config = {CONFIG_VARIABLE: str(settings.file)} if settings.file else {}
    return {**os.environ, **config, **own}


def client_is_built() -> bool:
    """Whether this installation carries the browser client."""
    return (Path(__file__).parents[1] / "static" / "index.html").is_file()
