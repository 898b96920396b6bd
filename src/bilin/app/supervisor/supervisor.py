"""`bilin serve`: everything a site needs, started in order, kept running, stopped in order."""

import asyncio
import os
import time

from bilin.app.embedded import open_folder, program_on, refusal_of, service_user
from bilin.app.processes import KeptService
from bilin.app.supervisor.branch import Branch
from bilin.app.supervisor.changes import Changes
from bilin.app.supervisor.errors import AddressInUse, AddressRefused, ExternalServersNeeded, NotReady
from bilin.app.supervisor.folder import FolderLock, RunningSite
from bilin.app.supervisor.health import get_json, missing, reachable
from bilin.app.supervisor.lines import lines_of, prepare_for_own_nats
from bilin.app.supervisor.progress import Progress
from bilin.app.supervisor.roles import WEB_MODULE, WORKER_MODULE, Role, RoleProcess, child_environ
from bilin.app.supervisor.servers import start_servers
from bilin.app.supervisor.welcome import goodbye, welcome
from bilin.core.settings import DatabaseSettings, HttpSettings, NatsSettings, Settings, SiteSettings, load_settings
from bilin.sites import enrolment

HEALTH_STEP_S = 0.05
TELL_WHAT_IS_MISSING_AFTER_S = 3.0
FALSE_STARTS_ALLOWED = 3


class Supervisor:
    """One run of `bilin serve`."""

    def __init__(
        self, settings: Settings, role: Role, progress: Progress, token: enrolment.Token | None = None
    ) -> None:
        """`token` is the invitation of a company that this server joins."""
        self._settings = settings
        self._token = token
        self._role = role
        self._progress = progress
        self._http = settings[HttpSettings]
        self._kept: list[KeptService] = []
        self._processes: list[KeptService] = []
        self._places = enrolment.files_of(settings)
        self._watching: asyncio.Task[None] | None = None

    @property
    def address(self) -> str:
        """Where a browser on this machine opens it."""
        host = reachable(self._http.host)
        return f"http://{f'[{host}]' if ':' in host else host}:{self._http.port}"

    async def run(self, stop: asyncio.Event, hurry: asyncio.Event) -> None:
        """Starts everything, returns after `stop` is set and everything has ended; `hurry` makes that quick."""
        self._check_role()
        name = "lock" if self._role is Role.ALL else f"lock-{self._role}"  # roles may run side by side on a machine
        lock = FolderLock(self._settings[SiteSettings].data_dir, name)
        await lock.acquire(lambda: self._progress.note("The database of the last run is still shutting down; waiting"))
        try:
            self._open_folder()
            if self._role.has_web:
                _check_address(self._http.host, self._http.port)
            await self._run_locked(lock, stop, hurry)
        finally:
            lock.release()

    async def _run_locked(self, lock: FolderLock, stop: asyncio.Event, hurry: asyncio.Event) -> None:
        hurrying = asyncio.create_task(self._hurry(hurry))
        starting = asyncio.create_task(self._start(lock))
        stopping = asyncio.create_task(stop.wait())
        try:
            await asyncio.wait([starting, stopping], return_when=asyncio.FIRST_COMPLETED)
            if starting.done():
                starting.result()
                await stopping
        finally:
            starting.cancel()
            await asyncio.wait([starting])
            await self._stop_watching()
            await self._stop()
            hurrying.cancel()
            stopping.cancel()

    def _open_folder(self) -> None:
        """Whoever faces the network is not root."""
        user = service_user()
        open_folder(self._settings[SiteSettings].data_dir, user)
        if user is None and os.geteuid() == 0:
            self._progress.note("No other user was found to run as: everything runs as root. Add one: useradd -r bilin")

    def _check_role(self) -> None:
        is_alone = self._role is not Role.ALL
        if is_alone and not (self._settings[DatabaseSettings].url and self._settings[NatsSettings].url):
            raise ExternalServersNeeded(f"The role {self._role} was asked for without database.url and nats.url.")

    async def _start(self, lock: FolderLock) -> None:
        self._use_token()
        if self._role.has_web:
            prepare_for_own_nats(self._settings)
        is_joining = enrolment.pending_invitation(self._places) is not None
        changes = Changes(self._settings, self._progress, self._kept, self._processes, self._read_settings)
        servers = await start_servers(
            self._settings, self._progress, self._kept, (lock.descriptor,), lines=lambda: lines_of(self._settings)
        )
        lock.tell(
            RunningSite(
                pid=os.getpid(),
                address=self.address if self._role.has_web else "",
                database_url=servers.database_url,
                nats_url=servers.nats_url,
            )
        )
        environ = child_environ(self._settings, servers)
        if self._role.has_web:
            web = await self._start_web(environ)
            if is_joining:
                await self._join(web, changes)
        self._watching = asyncio.create_task(changes.run())
        if self._role.has_worker:
            async with self._progress.step("Starting the worker", "Worker"):
                await self._keep(RoleProcess("Worker", WORKER_MODULE, environ))
        await welcome(self._progress, self._settings, self._role, self.address)
        if self._role.has_web:
            await Branch(self._http, self._progress, self._places).copy()

    async def _join(self, web: KeptService, changes: Changes) -> None:
        """Become a site before anything else starts: what runs until then runs with the number of a new server."""
        await Branch(self._http, self._progress, self._places).join(was_asked=self._token is not None)
        await changes.look()
        await self._until_ready(web)

    def _use_token(self) -> None:
        """Begin with an invitation; the same one again, on a server that has joined with it, is a plain start."""
        if self._token is None:
            return
        used = enrolment.saved_credential(self._settings)
        if self._places.identity.exists():
            if used is None or used.invitation != self._token.invitation:
                raise enrolment.JoinedAlready(f"The folder {self._places.data} is a site already.")
            return
        if self._settings[NatsSettings].url:
            raise enrolment.NoLine
        enrolment.begin(self._places, self._token)

    def _read_settings(self) -> None:
        self._settings = load_settings(config=self._settings.file)

    async def _stop_watching(self) -> None:
        if self._watching is not None:
            self._watching.cancel()
            await asyncio.wait([self._watching])

    async def _start_web(self, environ: dict[str, str]) -> KeptService:
        async with self._progress.step("Starting the web server", "Web server"):
            web = await self._keep(RoleProcess("Web server", WEB_MODULE, environ))
            await self._until_ready(web)
        return web

    async def _keep(self, process: RoleProcess) -> KeptService:
        one = KeptService(process, self._progress.note)
        self._processes.append(one)
        await one.start()
        return one

    async def _until_ready(self, web: KeptService) -> None:
        began = time.monotonic()
        while True:
            answer = await get_json(self._http.host, self._http.port, "/health")
            if answer and answer[0] == 200:
                return
            if web.restarts >= FALSE_STARTS_ALLOWED:
                raise NotReady(f"The web server ended {web.restarts} times before it was ready.")
            if answer and time.monotonic() - began > TELL_WHAT_IS_MISSING_AFTER_S:
                self._progress.doing(f"Starting the web server, waiting for: {', '.join(missing(answer[1]))}")
            await asyncio.sleep(HEALTH_STEP_S)

    async def _stop(self) -> None:
        goodbye(self._progress, bool(self._kept or self._processes))
        await asyncio.gather(*(each.stop() for each in self._processes))
        for each in reversed(self._kept):
            await each.stop()

    async def _hurry(self, hurry: asyncio.Event) -> None:
        await hurry.wait()
        for each in (*self._processes, *self._kept):
            each.kill()


def _check_address(host: str, port: int) -> None:
    """Better now than from a process that has waited for the database."""
    if (holder := program_on(host, port)) is not None:
        raise AddressInUse(f"{host}:{port} is taken by {holder}.")
    if (refused := refusal_of(host, port)) is not None:
        raise AddressRefused(f"{host}:{port}: {refused.strerror}.") from refused
