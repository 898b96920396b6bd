"""A company that tests sign in to: a site in this process, and browsers and programs that talk HTTP to it."""

import asyncio
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any, cast

import httpx
from litestar import Litestar
from litestar.connection import ASGIConnection
from litestar.di import Provide
from litestar.handlers.base import BaseRouteHandler

from bilin import identity, org, policies, sites
from bilin.core import http
from bilin.core.ids import PersonId
from bilin.core.log import Decision
from bilin.core.settings import Settings
from bilin.core.site import Site, open_site
from bilin.identity import PasswordSet, printed_setup_code
from bilin.identity.passwords import Passwords
from tests.support.applications import application_of

HOST = "bilin.test"
ORIGIN = f"http://{HOST}"
PASSWORD = "correct horse 电池"


class Browser:
    """A browser with its cookies; pages of this server make its requests unless `origin` says otherwise."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client

    async def send(
        self, method: str, path: str, body: Any = None, *, origin: str | None = ORIGIN, **headers: str
    ) -> httpx.Response:
        """One request to `/api/…`."""
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        if origin is not None:
            given["origin"] = origin
        return await self.client.request(method, f"/api{path}", json=body, headers=given)

    async def get(self, path: str) -> Any:
        """The answer to a GET that must succeed."""
        response = await self.send("GET", path)
        assert response.status_code == 200, response.text
        return response.json()

    async def do(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """The answer to a command that must succeed."""
        response = await self.send(method, path, body, **headers)
        assert response.status_code in (200, 201), response.text
        return response.json()

    async def refused(self, method: str, path: str, body: Any = None, **more: Any) -> tuple[int, str]:
        """Status and code of a command that must fail."""
        response = await self.send(method, path, body, **more)
        assert response.headers["content-type"] == http.PROBLEM, response.text
        problem = response.json()
        assert problem["status"] == response.status_code
        return response.status_code, problem["code"]

    @property
    def token(self) -> str:
        return next(value for name, value in self.client.cookies.items() if "bilin_session" in name)


class Office:
    """A running site and everybody's browsers."""

    def __init__(self, site: Site, stack: AsyncExitStack) -> None:
        self.site, self._stack = site, stack
        self.app = application_of(site, stack, build_app)
        self.company = "0"
        self.boss_id = "0"

    @property
    def setup_code(self) -> str:
        """What the server printed at its start."""
        return printed_setup_code(self.site.settings) or ""

    async def browser(self, address: str = "192.0.2.1") -> Browser:
        """A new browser at a network address, signed in by nobody."""
        transport = httpx.ASGITransport(app=cast("Any", self.app), client=(address, 4000))
        client = httpx.AsyncClient(transport=transport, base_url=ORIGIN)
        return Browser(await self._stack.enter_async_context(client))

    async def found(self, company: str = "云川集团", name: str = "张伟", login: str = "zhang.wei") -> Browser:
        """Found the company; the browser of its first administrator."""
        browser = await self.browser()
        body = {"company": company, "name": name, "login": login, "password": PASSWORD, "locale": "zh-CN"}
        body["code"] = self.setup_code
        me = (await browser.do("POST", "/setup", body))["me"]
        self.company, self.boss_id = me["person"]["unit"], me["person"]["id"]
        return browser

    async def unit(self, by: Browser, name: str, parent: str | None = None, kind: str = "branch") -> str:
        """A new unit; its id."""
        body = {"parent": parent or self.company, "name": name, "kind": kind}
        return str((await by.do("POST", "/org/units", body))["id"])

    async def hire(
        self, by: Browser, name: str, login: str, unit: str | None = None, password: str = PASSWORD, **more: Any
    ) -> str:
        """A new colleague who has chosen a password, the usual one unless said otherwise; their id."""
        contact = {"email": "", "phone": "", "title": ""}
        body = {"name": name, "login": login, "unit": unit or self.company, **contact, **more}
        person = str((await by.do("POST", "/org/people", body))["id"])
        await self.choose(person, password)
        return person

    async def choose(self, person: str, password: str = PASSWORD) -> None:
        """Let somebody have chosen a password of their own, as they would after their first sign-in."""
        hashed = await self.site.get(Passwords).hash(password)
        chosen = PasswordSet(person=self.person(person), hash=hashed, keeps=None)
        await self.site.log.append(Decision([chosen]), self.person(person))

    async def sign_in(self, login: str, password: str = PASSWORD, address: str = "192.0.2.2") -> Browser:
        """A new browser in which somebody signed in."""
        browser = await self.browser(address)
        await browser.do("POST", "/sessions", {"login": login, "password": password})
        return browser

    async def settle(self) -> None:
        """Wait until this process has heard of everything that was committed."""
        async with self.site.pool.acquire() as db:
            head = await db.fetchval("SELECT coalesce(max(pos), 0) FROM core.log")
        assert await self.site.tail.reached(head)

    def person(self, text: str) -> PersonId:
        return PersonId(int(text))


def variables(database_url: str, nats_url: str, folder: Path) -> dict[str, str]:
    """The settings of a site whose passwords are hashed cheaply."""
    return {
        "BILIN_DATA_DIR": str(folder / "site"),
        "BILIN_DATABASE_URL": database_url,
        "BILIN_NATS_URL": nats_url,
        "BILIN_IDENTITY_HASH_MEMORY_KIB": "64",
        "BILIN_IDENTITY_HASH_PASSES": "1",
        "BILIN_IDENTITY_ATTEMPTS_PER_LOGIN": "5",
        "BILIN_IDENTITY_ATTEMPTS_PER_ADDRESS": "8",
    }


async def _guard(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    await http.require_actor(connection.app.state.site, connection.scope, handler.opt)


def build_app(site: Site) -> Litestar:
    """The HTTP application with org, sites and identity alone."""
    app = Litestar(
        [*org.module.routes, *sites.module.routes, *identity.module.routes, *policies.module.routes],
        guards=[_guard],
        dependencies={
            "ctx": Provide(http.provide_context, sync_to_thread=False),
            "site": Provide(http.provide_site, sync_to_thread=False),
        },
        exception_handlers=http.EXCEPTION_HANDLERS,
        type_encoders=http.TYPE_ENCODERS,
        type_decoders=http.TYPE_DECODERS,
        openapi_config=None,
        logging_config=None,
    )
    app.state.site = site
    return app


async def open_office(settings: Settings, stack: AsyncExitStack) -> Office:
    """A running site without a company."""
    site = await open_site(settings)
    stack.push_async_callback(site.close)
    await site.tail.start()
    for module in (org.module, sites.module, identity.module, policies.module):
        if module.start is not None:
            await module.start(site)
    site.spawn("tail", site.tail.run())
    site.spawn("log-writer", site.log.run())
    while not site.log.is_writing:
        await asyncio.sleep(0.005)
    return Office(site, stack)
