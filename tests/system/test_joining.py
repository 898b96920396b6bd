"""Joining with two real servers: from the command line and from the page, interrupted, refused, and ended."""

import asyncio
import json
import signal
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from bilin.core.settings import SiteSettings, load_settings
from bilin.identity import local_token
from bilin.sites.enrolment import files_of, read_token
from bilin.sites.enrolment.token import write_token
from tests.support import warm
from tests.support.connect_proxy import connect_proxy
from tests.support.process_table import wait_until_gone
from tests.support.site_process import SiteProcess, free_port, joining_with, site

PASSWORD = "correct horse 电池"
CHEAP = {"BILIN_IDENTITY_HASH_MEMORY_KIB": "64", "BILIN_IDENTITY_HASH_PASSES": "1", "BILIN_LOG_LEVEL": "warning"}
FOUNDING = {"company": "云川集团", "name": "张伟", "login": "zhang.wei", "password": PASSWORD, "locale": "en"}


class Server:
    """A site and its local administrator."""

    def __init__(self, process: SiteProcess) -> None:
        self.process = process
        self.settings = load_settings({"BILIN_DATA_DIR": str(process.data)})

    def call(self, method: str, path: str, body: Any = None, *, as_admin: bool = True) -> tuple[int, Any]:
        """Status and body; status 0 when nobody answers."""
        headers = {"content-type": "application/json"}
        if as_admin:
            headers["authorization"] = f"Bearer {local_token(self.settings)}"
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.process.address + path, data, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return answer.status, json.loads(answer.read())
        except urllib.error.HTTPError as refused:
            return refused.code, json.loads(refused.read())
        except OSError:
            return 0, {}

    def invite(self, name: str, **more: Any) -> str:
        status, answer = self.call("POST", "/api/sites/invitations", {"name": name, **more})
        assert status == 201, answer
        return str(answer["token"])

    def bilin(self, *arguments: str, code: int = 0, stderr: bool = False) -> str:
        """What a command of the program says, run beside the server."""
        done = warm.run(arguments, environ=self.process.environ())
        assert done.returncode == code, done.stderr
        return done.stderr if stderr else done.stdout

    @property
    def number(self) -> int:
        return load_settings({"BILIN_DATA_DIR": str(self.process.data)})[SiteSettings].node

    def reaches(self, number: int) -> bool:
        sites = self.call("GET", "/api/sites")[1].get("sites", [])
        return any(each["number"] == number and each["reachable"] for each in sites)

    def joining(self) -> dict[str, Any]:
        return self.call("GET", "/api/setup", as_admin=False)[1].get("joining") or {}

    def signs_in(self, login: str) -> bool:
        return self.call("POST", "/api/sessions", {"login": login, "password": PASSWORD}, as_admin=False)[0] == 201


def until(condition: Callable[[], bool], within_s: float = 30.0) -> None:
    end = time.monotonic() + within_s
    while not condition():
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.1)


@pytest.fixture(scope="module")
def headquarters(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    listen = {"BILIN_SITES_LISTEN": f"127.0.0.1:{free_port()}"}
    with site(tmp_path_factory.mktemp("hq") / "site", {**CHEAP, **listen}) as process:
        server = Server(process.start())
        assert server.call("POST", "/api/setup", {**FOUNDING, "code": process.setup_code}, as_admin=False)[0] == 201
        yield server


def branch(data: Path, token: str | None = None, *, as_installed: bool = False, **more: str) -> SiteProcess:
    command = None if token is None else joining_with(token, data)
    return SiteProcess(data, {**CHEAP, **more}, command=command, as_installed=as_installed)


@pytest.fixture
def new(tmp_path: Path) -> Iterator[Callable[..., SiteProcess]]:
    """Makes servers on empty folders that are gone after the test."""
    made: list[SiteProcess] = []

    def make(token: str | None = None, *, as_installed: bool = False, **more: str) -> SiteProcess:
        made.append(branch(tmp_path / "branch", token, as_installed=as_installed, **more))
        return made[-1]

    yield make
    for process in made:
        process.end()


def refused(process: SiteProcess) -> str:
    """What a server says that ends with an error."""
    process.start(wait=False)
    assert process.wait(60) == 2, process.output
    return process.output


@pytest.fixture(scope="module")
def shanghai(headquarters: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A branch that has joined, invited from the command line."""
    said = headquarters.bilin("site", "invite", "上海", "--address", "http://127.0.0.1:8301")
    token = next(word for word in said.split() if word.startswith("bilin-site-"))
    process = branch(tmp_path_factory.mktemp("sh") / "site", token)
    try:
        server = Server(process.start())
        until(lambda: headquarters.reaches(server.number))
        yield server
    finally:
        process.end()


@pytest.mark.slow
def test_everybody_is_there_after_joining(headquarters: Server, shanghai: Server) -> None:
    until(lambda: shanghai.signs_in("zhang.wei"))
    root = shanghai.call("GET", "/api/org/units")[1]["units"][0]["id"]
    person = {"name": "王芳", "login": "wang.fang", "password": PASSWORD, "unit": root}
    assert headquarters.call("POST", "/api/org/people", person)[0] == 201
    until(lambda: shanghai.signs_in("wang.fang"))


@pytest.mark.slow
def test_the_commands_of_an_administrator(headquarters: Server, shanghai: Server) -> None:
    number = str(shanghai.number)
    assert f"─────[ {number} 上海 ] reached" in headquarters.bilin("site", "status")
    assert "for 60 s" in headquarters.bilin("site", "cut", "--seconds", "60")
    until(lambda: not headquarters.reaches(shanghai.number))
    told = json.loads(headquarters.bilin("site", "status", "--json"))
    assert told["cut_s"] > 0
    assert "The line is back" in headquarters.bilin("site", "mend")
    until(lambda: headquarters.reaches(shanghai.number))
    assert "The two sites are equal." in headquarters.bilin("site", "verify", number)
    assert "is changed" in headquarters.bilin("site", "rename", number, "上海分公司")
    assert "Nothing was changed" in headquarters.bilin("site", "retire", number, code=1, stderr=True)


@pytest.mark.slow
def test_a_server_killed_while_it_joins_goes_on(headquarters: Server, new: Callable[..., SiteProcess]) -> None:
    process = new(headquarters.invite("杭州"))
    process.start(wait=False)
    process.wait_until("Joined headquarters")
    below = process.processes()
    process.send(signal.SIGKILL)
    process.wait()
    assert wait_until_gone(below, 20) == []
    places = files_of(load_settings({"BILIN_DATA_DIR": str(process.data)}))
    assert places.identity.stat().st_mode & 0o777 == 0o600
    assert places.copying.exists()
    assert not places.joining.exists()
    process.start()  # the same command again: the token was used by this very folder
    until(lambda: not places.copying.exists())
    until(lambda: Server(process).signs_in("zhang.wei"))


@pytest.mark.slow
def test_the_page_joins_through_a_proxy_and_access_ends(headquarters: Server, new: Callable[..., SiteProcess]) -> None:
    token = headquarters.invite("深圳")
    number = read_token(token).site

    async def join() -> Server:
        async with connect_proxy() as proxy:
            process = new(BILIN_SITES_PROXY=f"http://127.0.0.1:{proxy.port}")
            server = Server(await asyncio.to_thread(process.start))
            status, _ = await asyncio.to_thread(
                server.call, "POST", "/api/setup/join", {"token": token, "code": process.setup_code}, as_admin=False
            )
            assert status == 202
            until_followed = lambda: server.joining().get("phase") == "following"  # noqa: E731
            await asyncio.to_thread(until, until_followed)
            assert len(proxy.tunnels) >= 2  # with the invitation, then with its own credential
            assert await asyncio.to_thread(server.signs_in, "zhang.wei")
            assert (await asyncio.to_thread(headquarters.call, "POST", f"/api/sites/{number}/revoke"))[0] == 200
            log = server.process.data / "logs" / "nats.log"
            await asyncio.to_thread(until, lambda: "Authorization Violation" in log.read_text())
            return server

    server = asyncio.run(join())
    assert server.signs_in("zhang.wei")  # cut off, it goes on with what it has


def test_a_damaged_token_is_told_before_anything_starts(headquarters: Server, new: Callable[..., SiteProcess]) -> None:
    process = new(headquarters.invite("广州")[:-4], as_installed=True)
    said = refused(process)
    assert "The token is damaged" in said
    assert "Hint:  Ask headquarters for a new one" in said
    assert not process.data.exists()


@pytest.mark.slow
def test_a_token_used_elsewhere_is_refused_and_nothing_changed(
    headquarters: Server, new: Callable[..., SiteProcess]
) -> None:
    old = headquarters.invite("成都")
    headquarters.invite("成都", site=read_token(old).site)
    process = new(old)
    assert "A newer token was made for this site" in refused(process)
    places = files_of(load_settings({"BILIN_DATA_DIR": str(process.data)}))
    assert not any(path.exists() for path in (places.joining, places.identity, places.credential, places.trusted))


@pytest.mark.slow
def test_headquarters_that_does_not_answer_is_named(headquarters: Server, new: Callable[..., SiteProcess]) -> None:
    token = msgspec.structs.replace(read_token(headquarters.invite("武汉")), addresses=(f"127.0.0.1:{free_port()}",))
    process = new(write_token(token))
    said = refused(process)
    assert f"Headquarters does not answer at {token.addresses[0]}" in said
    assert "its port for sites is open" in said
    assert not files_of(load_settings({"BILIN_DATA_DIR": str(process.data)})).joining.exists()


@pytest.mark.slow
def test_a_server_with_a_company_does_not_join(headquarters: Server) -> None:
    """The last one: headquarters itself is told to join."""
    token, process = headquarters.invite("西安"), headquarters.process
    assert process.stop() == 0
    again = SiteProcess(process.data, process.environ(), command=joining_with(token, process.data))
    try:
        assert "This server has a company already" in refused(again)
    finally:
        again.end()
    assert not files_of(headquarters.settings).joining.exists()
    process.start()
    assert headquarters.signs_in("zhang.wei")
