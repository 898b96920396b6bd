"""Headquarters with a NATS of the company's own, set up as docs/administrators/sites.md shows, word for word."""

import asyncio
import re
import subprocess
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bilin.app.embedded.binaries import nats_program
from bilin.core.settings import load_settings
from bilin.identity import local_token
from tests.crash.api import Api, NoAnswer, Refused, opened
from tests.crash.company import GIVEN, PASSWORD, choose_password, sign_in
from tests.crash.reader import text_of
from tests.support.site_process import SiteProcess, free_port, joining_with

PAGE = Path(__file__).parents[2] / "docs/administrators/sites.md"
SECTION = "## With a NATS of your own"
PORTS = ("7420", "7421", "4222")
ENVIRON = {"BILIN_IDENTITY_HASH_MEMORY_KIB": "64", "BILIN_IDENTITY_HASH_PASSES": "1", "BILIN_LOG_LEVEL": "warning"}
FOUNDING = {"company": "云川集团", "name": "张伟", "login": "zhang.wei", "password": PASSWORD, "locale": "zh-CN"}
BRANCH = 2
PATIENCE_S = 60.0


class OwnNats:
    """The server that the company runs itself, and what its administrator does with it."""

    def __init__(self, config: Path) -> None:
        self._config, self._log = config, config.with_suffix(".log")
        self._running: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [str(nats_program()), "--config", str(self._config), "--log", str(self._log)]
        self._running = subprocess.Popen(command)

    def reload(self) -> None:
        assert self._running is not None
        subprocess.run([str(nats_program()), "--signal", f"reload={self._running.pid}"], check=True)

    def restart(self) -> None:
        self.stop()
        self.start()

    def stop(self) -> None:
        if self._running is not None:
            assert self._running.poll() is None, self._log.read_text()
            self._running.terminate()
            self._running.wait(20)
            self._running = None


@dataclass
class Company:
    """Both sites and what is between them."""

    headquarters: SiteProcess
    branch: SiteProcess
    first: Api
    second: Api
    nats: OwnNats

    async def ask(self, method: str, path: str, body: Any = None) -> dict[str, Any]:
        """As the local administrator of headquarters."""
        settings = load_settings({"BILIN_DATA_DIR": str(self.headquarters.data)})
        return await self.first.call(method, path, local_token(settings), body)

    async def misses(self) -> bool:
        """Whether it hears nothing of the branch any more."""
        return not await self.reaches()

    async def reaches(self) -> bool:
        """Whether headquarters hears the branch."""
        sites = (await self.ask("GET", "/sites"))["sites"]
        return any(each["number"] == BRANCH and each["reachable"] for each in sites)


@dataclass
class Seat:
    """Somebody signed in at one of the sites, and the conversation they have."""

    api: Api
    token: str
    group: str

    async def say(self, text: str) -> None:
        content = {"blocks": [{"type": "paragraph", "spans": [{"type": "text", "text": text}]}]}
        await self.api.call("POST", f"/conversations/{self.group}/messages", self.token, {"content": content})

    async def sees(self, *said: str) -> bool:
        try:
            _, messages = await self.api.history(self.group, self.token)
        except Refused:  # the conversation is not there yet
            return False
        return [text_of(each["content"]) for each in messages] == list(said)


def from_page(root: Path) -> tuple[str, str]:
    """What the page shows of `bilin.toml` and of NATS's configuration: below `root`, on ports nobody else has."""
    section = PAGE.read_text().split(SECTION)[1].split("\n## ")[0]
    settings, nats = re.findall(r"^```\w*\n(.*?)^```$", section, re.MULTILINE | re.DOTALL)
    for shown in PORTS:
        port = free_port()
        settings, nats = settings.replace(f":{shown}", f":{port}"), nats.replace(f":{shown}", f":{port}")
    return settings.replace("hq.example.com", "127.0.0.1"), nats.replace('"/var/lib', f'"{root}/var/lib')


@contextmanager
def own_nats(config: Path) -> Iterator[OwnNats]:
    nats = OwnNats(config)
    nats.start()
    try:
        yield nats
    finally:
        nats.stop()


@asynccontextmanager
async def company_in(root: Path) -> AsyncIterator[Company]:
    """The page, step by step, until the branch is reached."""
    settings, configuration = from_page(root)
    data, config = root / "var/lib/bilin", root / "etc/nats/nats-server.conf"
    for path, text in ((data.parent / "bilin.toml", settings), (config, configuration)):
        path.parent.mkdir(parents=True)
        path.write_text(text)
    async with AsyncExitStack() as stack:
        headquarters = SiteProcess(data, ENVIRON)
        stack.callback(headquarters.end)
        headquarters.start(wait=False)
        await asyncio.to_thread(headquarters.wait_until, "Not there yet")
        nats = stack.enter_context(own_nats(config))
        await asyncio.to_thread(headquarters.wait_ready)
        first = await stack.enter_async_context(opened(headquarters.address))
        token = await invitation(first, headquarters.setup_code)
        await obey(headquarters, nats, 1)
        branch = SiteProcess(root / "branch", ENVIRON, command=joining_with(token, root / "branch"))
        stack.callback(branch.end)
        branch.start(wait=False)
        await obey(headquarters, nats, 2)
        second = await stack.enter_async_context(opened(branch.address))
        yield Company(headquarters, branch, first, second, nats)


async def invitation(api: Api, code: str) -> str:
    """The token for a branch of a new company."""
    await api.call("POST", "/setup", body={**FOUNDING, "code": code})
    founder = await sign_in(api, FOUNDING["login"])
    return str((await api.call("POST", "/sites/invitations", founder.token, {"name": "上海"}))["token"])


async def obey(headquarters: SiteProcess, nats: OwnNats, times: int) -> None:
    """Once `bilin serve` has said for the so many'th time that NATS must read its files again."""
    await until(lambda: asyncio.to_thread(lambda: headquarters.output.count("nats-server --signal reload") == times))
    nats.reload()


async def until(condition: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(PATIENCE_S):
        while not await condition():
            await asyncio.sleep(0.1)


async def seats(company: Company) -> tuple[Seat, Seat]:
    """Somebody at headquarters and somebody at the branch, who is at home there."""
    top = (await company.ask("GET", "/org/units"))["units"][0]["id"]
    unit = (await company.ask("POST", "/org/units", {"parent": top, "name": "上海分公司", "kind": "branch"}))["id"]
    person = {"name": "王芳", "login": "wang.fang", "password": GIVEN, "unit": unit}
    member = (await company.ask("POST", "/org/people", person))["id"]
    await choose_password(company.first, "wang.fang")
    await company.ask("PUT", f"/sites/homes/{unit}", {"site": BRANCH})
    zhang = await sign_in(company.first, FOUNDING["login"])
    body = {"kind": "group", "title": "两地", "members": [member]}
    group = str((await company.first.call("POST", "/conversations", zhang.token, body))["id"])
    async with asyncio.timeout(PATIENCE_S):
        while True:
            try:
                wang = await sign_in(company.second, "wang.fang")
                return Seat(company.first, zhang.token, group), Seat(company.second, wang.token, group)
            except (Refused, NoAnswer):  # her account has not come yet
                await asyncio.sleep(0.2)


@pytest.mark.slow
async def test_a_branch_joins_talks_and_loses_access_as_the_page_says(tmp_path: Path) -> None:
    async with company_in(tmp_path) as company:
        await until(company.reaches)
        zhang, wang = await seats(company)
        await until(wang.sees)
        await zhang.say("从总部")
        await until(lambda: wang.sees("从总部"))
        await wang.say("从上海")
        await until(lambda: zhang.sees("从总部", "从上海"))

        await company.ask("POST", f"/sites/{BRANCH}/revoke")
        await asyncio.to_thread(company.headquarters.wait_until, "restart your NATS")
        company.nats.restart()
        log = company.branch.data / "logs/nats.log"
        await until(lambda: asyncio.to_thread(lambda: "Authorization Violation" in log.read_text()))
        await until(company.misses)
        await zhang.say("只在总部")
        assert await zhang.sees("从总部", "从上海", "只在总部")
        assert not await wang.sees("从总部", "从上海", "只在总部")  # signed out, if the branch has heard of its end
