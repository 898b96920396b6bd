"""`bilin serve`: everything a site needs, started in order, kept running, stopped in order."""

import asyncio
import os
import time
from typing import cast

from bilin.app.embedded import open_folder, program_on, refusal_of, service_user
from bilin.app.neighbours import ask_health
from bilin.app.processes import KeptService
from bilin.app.supervisor.branch import Branch
from bilin.app.supervisor.changes import Changes
from bilin.app.supervisor.errors import AddressInUse, AddressRefused, ExternalServersNeeded, NotReady
from bilin.app.supervisor.folder import FolderLock, RunningSite
from bilin.app.supervisor.health import reachable
from bilin.app.supervisor.lines import lines_of, prepare_for_own_nats
from bilin.app.supervisor.progress import Progress
from bilin.app.supervisor.roles import ALL, Planned, RoleProcess, child_environ, plan
from bilin.app.supervisor.servers import start_servers
from bilin.app.supervisor.welcome import goodbye, welcome
from bilin.core.roles import Role
from bilin.core.settings import DatabaseSettings, HttpSettings, NatsSettings, Settings, SiteSettings, load_settings
from bilin.sites import enrolment

HEALTH_STEP_S = 0.05
TELL_WHAT_IS_MISSING_AFTER_S = 3.0
FALSE_STARTS_ALLOWED = 3


class Supervisor:
    """One run of `bilin serve`."""

    def __init__(
        self, settings: Settings, roles: frozenset[Role], progress: Progress, token: enrolment.Token | None = None
    ) -> None:
        """`token` is the invitation of a company that this server joins."""
        self._settings = settings
        self._token = token
        self._roles = roles
        self._planned = plan(roles, settings, len(os.sched_getaffinity(0)))
        self._has_web = any(each.has_http for each in self._planned)
        self._progress = progress
        self._http = settings[HttpSettings]
        self._kept: list[KeptService] = []
        self._processes: list[KeptService] = []
        self._writers: list[KeptService] = []
        """Those of the processes that only write the log: the others need them to the end."""
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
        name = "lock" if self._roles == ALL else f"lock-{'-'.join(sorted(self._roles))}"  # several may run side by side
        lock = FolderLock(self._settings[SiteSettings].data_dir, name)
        await lock.acquire(lambda: self._progress.note("The database of the last run is still shutting down; waiting"))
        try:
            self._open_folder()
            if self._has_web:
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
        is_alone = self._roles != ALL
        if is_alone and not (self._settings[DatabaseSettings].url and self._settings[NatsSettings].url):
            named = ",".join(sorted(self._roles))
            raise ExternalServersNeeded(f"The role {named} was asked for without database.url and nats.url.")

    async def _start(self, lock: FolderLock) -> None:
        self._use_token()
        if Role.WRITER in self._roles:
            prepare_for_own_nats(self._settings)
        is_joining = enrolment.pending_invitation(self._places) is not None
        changes = Changes(self._settings, self._progress, self._kept, self._processes, self._read_settings)
        servers = await start_servers(
            self._settings, self._progress, self._kept, (lock.descriptor,), lines=lambda: lines_of(self._settings)
        )
        lock.tell(
            RunningSite(
                pid=os.getpid(),
                address=self.address if self._has_web else "",
                database_url=servers.database_url,
                nats_url=servers.nats_url,
            )
        )
        environ = child_environ(self._settings, servers, len(self._planned))
        await self._start_writers(environ)
        if self._has_web:
            await self._start_web(environ)
            if is_joining:
                await self._join(changes)
        self._watching = asyncio.create_task(changes.run())
        for each in self._planned:
            if Role.WORKER in each.place.roles:
                async with self._progress.step("Starting the worker", "Worker"):
                    await self._keep(each, environ)
        await welcome(self._progress, self._settings, self.address, has_web=self._has_web)
        if self._has_web:
            await Branch(self._http, self._progress, self._places).copy()

    async def _join(self, changes: Changes) -> None:
        """Become a site before anything else starts: what runs until then runs with the number of a new server."""
        await Branch(self._http, self._progress, self._places).join(was_asked=self._token is not None)
        await changes.look()
        for each in self._processes:
            await self._until_ready(each)

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

    async def _start_writers(self, environ: dict[str, str]) -> None:
        """Those that only write the log, before whoever needs one; one that stands by is not waited for."""
        planned = [each for each in self._planned if each.place.roles == {Role.WRITER}]
        if not planned:
            return
        async with self._progress.step("Starting the log writer", "Log writer"):
            self._writers = [await self._keep(each, environ) for each in planned]
            await self._until_ready(self._writers[0])

    async def _start_web(self, environ: dict[str, str]) -> None:
        planned = [each for each in self._planned if each.has_http]
        title = "Web server" if len(planned) == 1 else f"{len(planned)} web servers"
        async with self._progress.step("Starting the web server", title):
            for web in [await self._keep(each, environ) for each in planned]:
                await self._until_ready(web)

    async def _keep(self, planned: Planned, environ: dict[str, str]) -> KeptService:
        one = KeptService(RoleProcess(planned, environ), self._progress.note)
        self._processes.append(one)
        await one.start()
        return one

    async def _until_ready(self, process: KeptService) -> None:
        began, data = time.monotonic(), self._settings[SiteSettings].data_dir
        service = cast("RoleProcess", process.service)
        while True:
            health = await ask_health(data, service.place.name)
            if health is not None and health.is_ready:
                return
            if process.restarts >= FALSE_STARTS_ALLOWED:
                raise NotReady(f"{service.name} ended {process.restarts} times before it was ready.")
            if health is not None and time.monotonic() - began > TELL_WHAT_IS_MISSING_AFTER_S:
                missing = ", ".join(name for name, holds in health.checks.items() if not holds)
                self._progress.doing(f"Starting {service.name}, waiting for: {missing}")
            await asyncio.sleep(HEALTH_STEP_S)

    async def _stop(self) -> None:
        goodbye(self._progress, bool(self._kept or self._processes))
        await asyncio.gather(*(each.stop() for each in self._processes if each not in self._writers))
        await asyncio.gather(*(each.stop() for each in self._writers))
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
