"""Bilin's own processes: the web process and the worker, each a Python program of this installation."""

import os
import signal
import sys
from enum import StrEnum
from pathlib import Path

from bilin.app.embedded import service_user
from bilin.app.processes import Process, spawn
from bilin.app.supervisor.servers import Servers
from bilin.core.settings import CONFIG_VARIABLE, Settings, SiteSettings


class Role(StrEnum):
    """Which of its processes a supervisor runs."""

    ALL = "all"
    WEB = "web"
    WORKER = "worker"

    @property
    def has_web(self) -> bool:
        return self is not Role.WORKER

    @property
    def has_worker(self) -> bool:
        return self is not Role.WEB


class RoleProcess:
    """Runs ``python -m <module>``. It says itself when it is ready: the web process at ``/health``."""

    stop_signal = signal.SIGTERM
    stop_within_s = 10.0

    def __init__(self, name: str, module: str, environ: dict[str, str]) -> None:
        self.name = name
        self._module = module
        self._environ = environ

    async def start(self) -> Process:
        """Returns at once."""
        user = service_user()
        how = [self._module] if user is None else [AS_USER, user.name, self._module]
        return spawn(self.name, [sys.executable, "-m", *how], environ=self._environ)

    def tidy(self) -> None:
        """Nothing stays behind."""


AS_USER = "bilin.app.as_user"
WEB_MODULE = "bilin.app.web"
WORKER_MODULE = "bilin.app.worker"


def child_environ(settings: Settings, servers: Servers) -> dict[str, str]:
    """The environment that gives a child the same settings, with the servers that really run."""
    own = {
        "BILIN_DATA_DIR": str(settings[SiteSettings].data_dir),
        "BILIN_DATABASE_URL": servers.database_url,
        "BILIN_NATS_URL": servers.nats_url,
        "BILIN_SITES_NATS_URL": servers.sites_nats_url,
        "PYTHONUNBUFFERED": "1",
    }
    config = {CONFIG_VARIABLE: str(settings.file)} if settings.file else {}
    return {**os.environ, **config, **own}


def client_is_built() -> bool:
    """Whether this installation carries the browser client."""
    return (Path(__file__).parents[1] / "static" / "index.html").is_file()
