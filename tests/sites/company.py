"""A company of several sites in this process: each a whole site with its own database, and one NATS between them.

Each site runs what its web process and its worker would run. People act by HTTP; the line is cut by the switch or by
stopping NATS.
"""

import asyncio
import signal
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from time import monotonic
from typing import Any

from bilin.app.embedded import EmbeddedNats
from bilin.app.modules import MODULES
from bilin.app.processes import Process
from bilin.core.database import head, reading
from bilin.core.events import Event
from bilin.core.ids import Id, UnitId
from bilin.core.log import Decision, Receipt
from bilin.core.log.runs import Position, at
from bilin.core.log.store import read_runs
from bilin.core.settings import Settings, load_settings
from bilin.core.site import Site, open_site
from bilin.sites import Network
from bilin.sites.homes.events import HomeSet, PolicySet
from bilin.sites.homes.model import POLICY_KINDS, Leaves, PolicyKind
from bilin.sites.registry.events import SiteAdded, SiteJoined, SiteRetired
from tests.identity.office import Browser, Office
from tests.support.applications import application_of
from tests.support.servers import TestPostgres

PATIENCE_S = 20.0
HEADQUARTERS = 1


class Server:
    """One site: its settings, and while it runs its web process, its worker and everybody's browsers."""

    def __init__(self, number: int, settings: Settings) -> None:
        self.number, self.settings = number, settings
        self._stack = AsyncExitStack()
        self._office: Office | None = None
        self.worker: Site | None = None

    @property
    def office(self) -> Office:
        assert self._office is not None, f"site {self.number} does not run"
        return self._office

    @property
    def site(self) -> Site:
        return self.office.site

    @property
    def network(self) -> Network:
        return self.site.get(Network)

    @property
    def is_running(self) -> bool:
        return self._office is not None

    async def start(self) -> None:
        """As `bilin serve` starts it."""
        site = await open_site(self.settings)
        self._stack.push_async_callback(site.close)
        await site.tail.start()
        for module in MODULES:
            await module.start(site)
        site.spawn("tail", site.tail.run())
        site.spawn("log-writer", site.log.run())
        await until(lambda: site.log.is_writing, "the log writer did not begin")
        await self.start_worker()
        self._office = Office(site, self._stack)
        self._office.app = application_of(site, self._stack)

    async def start_worker(self) -> None:
        """What runs in the background."""
        worker = self.worker = await open_site(self.settings)
        self._stack.push_async_callback(worker.close)
        tasks = [task for module in MODULES for task in module.background(worker)]
        await worker.tail.start()
        worker.spawn("tail", worker.tail.run())
        for name, begin in tasks:
            worker.keep(name, begin)

    async def stop(self) -> None:
        """Stop both processes; what they kept is in the database."""
        self._office = self.worker = None
        await self._stack.aclose()
        self._stack = AsyncExitStack()

    async def append(self, *events: Event) -> Receipt:
        """Let something be true, without asking anybody."""
        return await self.site.log.append(Decision(list(events)), None)

    async def position(self) -> Position:
        """The end of its log."""
        async with reading(self.site.pool) as db:
            end = await head(db)
            return at(await read_runs(db), end, end)

    async def count(self, statement: str, *arguments: Any) -> int:
        """A number from its database."""
        async with reading(self.site.pool) as db:
            found: int = await db.fetchval(statement, *arguments)
        return found


class Line:
    """The NATS between the sites."""

    def __init__(self, folder: Path) -> None:
        self._nats = EmbeddedNats(folder / "nats", folder / "nats.log")
        self._process: Process | None = None

    @property
    def url(self) -> str:
        return self._nats.sites_url

    async def start(self) -> None:
        """Mend it."""
        self._process = await self._nats.start()

    async def stop(self) -> None:
        """Cut it for everybody."""
        if self._process is not None:
            await self._process.stop(signal.SIGTERM, 5)
            self._process = None


class Company:
    """All sites. Number 1 is headquarters."""

    def __init__(self, servers: Sequence[Server], line: Line) -> None:
        self.servers = {server.number: server for server in servers}
        self.line = line
        self.boss = Browser(None)  # type: ignore[arg-type]  # until the company is founded

    def __getitem__(self, number: int) -> Server:
        return self.servers[number]

    @property
    def headquarters(self) -> Server:
        return self.servers[HEADQUARTERS]

    @property
    def company(self) -> str:
        """The top unit."""
        return self.headquarters.office.company

    async def found(self) -> None:
        """Found the company at headquarters, and let all other sites join."""
        self.boss = await self.headquarters.office.found()
        await self.headquarters.append(SiteAdded(site=HEADQUARTERS, name="总部", address=""))
        for number in self.servers:
            if number != HEADQUARTERS:
                await self.join(number)

    async def join(self, number: int) -> None:
        """A site is joined from now on."""
        added = SiteAdded(site=number, name=f"分公司 {number}", address="")
        await self.headquarters.append(added, SiteJoined(site=number, invitation=Id(1), nonce_sha256=""))

    async def branch(self, name: str, at: int) -> str:
        """A new branch whose people will be at home at a site, once `move` says so."""
        assert at in self.servers, f"there is no site {at}"
        return await self.headquarters.office.unit(self.boss, name)

    async def hire(self, name: str, login: str, unit: str) -> str:
        """A new colleague, hired at headquarters; before their unit is at home elsewhere."""
        return await self.headquarters.office.hire(self.boss, name, login, unit)

    async def move(self, unit: str, to: int | None) -> None:
        """A unit is at home at a site from now on."""
        await self.headquarters.append(HomeSet(unit=UnitId(int(unit)), site=to))

    async def policy(self, unit: str, leaves: Leaves, kinds: tuple[PolicyKind, ...] = POLICY_KINDS) -> None:
        """What leaves the home of a unit's people."""
        await self.headquarters.append(PolicySet(unit=UnitId(int(unit)), leaves=leaves, kinds=kinds))

    async def retire(self, number: int) -> None:
        """A site is closed for good."""
        await self.headquarters.append(SiteRetired(site=number))

    async def settle(self, *numbers: int) -> None:
        """Wait until these sites (or all) have followed each other to the end, and nothing is left to fetch."""
        running = [self.servers[number] for number in numbers or self.servers if self.servers[number].is_running]
        await until(lambda: self._is_settled(running), "the sites did not settle")
        for server in running:
            await server.office.settle()

    async def _is_settled(self, running: Sequence[Server]) -> bool:
        for server in running:
            here = await server.position()
            others = [other for other in running if other is not server]
            if not all(_has(other.network.followed(server.number), here) for other in others):
                return False
        counts = [await server.count("SELECT count(*) FROM sites.need") for server in running]
        return not any(counts)


def _has(followed: Position, wanted: Position) -> bool:
    return followed.run == wanted.run and followed.pos >= wanted.pos


async def until(is_so: Callable[[], Any], otherwise: str, patience_s: float = PATIENCE_S) -> None:
    """Wait until something is so; a function or a coroutine function tells."""
    end = monotonic() + patience_s
    while True:
        found = is_so()
        if await found if asyncio.iscoroutine(found) else found:
            return
        assert monotonic() < end, otherwise
        await asyncio.sleep(0.02)


async def say(browser: Browser, conversation: str, text: str) -> str:
    """Say something; the message's id."""
    content = {"blocks": [{"type": "paragraph", "spans": [{"type": "text", "text": text}]}]}
    return str((await browser.do("POST", f"/conversations/{conversation}/messages", {"content": content}))["id"])


async def group(browser: Browser, title: str, *people: str) -> str:
    """A new group; its id."""
    body = {"kind": "group", "title": title, "members": list(people)}
    return str((await browser.do("POST", "/conversations", body))["id"])


async def history(browser: Browser, conversation: str) -> list[dict[str, Any]]:
    """All messages as a person sees them, without what each site numbers by itself."""
    found: list[dict[str, Any]] = []
    path = f"/conversations/{conversation}/messages?limit=100"
    page = await browser.get(path)
    found = page["messages"]
    while page["more_before"]:
        page = await browser.get(f"{path}&before={found[0]['id']}")
        found = page["messages"] + found
    local = ("seq", "arrived")
    return [{name: value for name, value in message.items() if name not in local} for message in found]


def texts(messages: Sequence[dict[str, Any]]) -> list[str]:
    """What was said, in order; notices are left out."""
    said = [message["content"]["blocks"][0]["spans"] for message in messages if message["kind"] == "text"]
    return ["".join(span.get("text", "") for span in spans) for spans in said]


def site_settings(number: int, database_url: str, nats_url: str, line_url: str, folder: Path) -> Settings:
    """A site with cheap passwords and room for many sign-ins."""
    return load_settings(
        {
            "BILIN_DATA_DIR": str(folder / f"site{number}"),
            "BILIN_NODE": str(number),
            "BILIN_SITE": f"site{number}",
            "BILIN_DATABASE_URL": database_url,
            "BILIN_DATABASE_POOL_SIZE": "8",
            "BILIN_NATS_URL": nats_url,
            "BILIN_SITES_NATS_URL": line_url,
            "BILIN_IDENTITY_HASH_MEMORY_KIB": "64",
            "BILIN_IDENTITY_HASH_PASSES": "1",
            "BILIN_IDENTITY_ATTEMPTS_PER_LOGIN": "1000",
            "BILIN_IDENTITY_ATTEMPTS_PER_ADDRESS": "1000",
        }
    )


@asynccontextmanager
async def open_company(postgres: TestPostgres, nats_url: str, folder: Path, sites: int) -> AsyncIterator[Company]:
    """A founded company of so many sites, all running and joined."""
    async with AsyncExitStack() as stack:
        line = Line(folder / "line")
        await line.start()
        stack.push_async_callback(line.stop)
        servers = []
        for number in range(1, sites + 1):
            url = await stack.enter_async_context(postgres.database())
            server = Server(number, site_settings(number, url, nats_url, line.url, folder))
            stack.push_async_callback(server.stop)
            await server.start()
            servers.append(server)
        company = Company(servers, line)
        await company.found()
        await company.settle()
        yield company
