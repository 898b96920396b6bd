"""The process at the top: it starts, watches and stops all others."""

import asyncio
import signal

from bilin import __version__
from bilin.app.supervisor.progress import Progress
from bilin.app.supervisor.roles import read_roles
from bilin.app.supervisor.supervisor import Supervisor
from bilin.core.roles import Role
from bilin.core.settings import Settings
from bilin.sites import enrolment

__all__ = ["Progress", "Supervisor", "read_roles", "serve"]


async def serve(
    settings: Settings, roles: frozenset[Role], progress: Progress, token: enrolment.Token | None = None
) -> None:
    """Runs until SIGINT, SIGTERM or SIGHUP. A second signal ends everything by force."""
    stop, hurry = asyncio.Event(), asyncio.Event()

    def on_signal() -> None:
        (hurry if stop.is_set() else stop).set()

    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        if number is not signal.SIGHUP or signal.getsignal(number) is not signal.SIG_IGN:  # nohup wants it ignored
            loop.add_signal_handler(number, on_signal)
    progress.heading(f"Bilin 比邻 {__version__}")  # whoever reads it may press Ctrl-C
    await Supervisor(settings, roles, progress, token).run(stop, hurry)
