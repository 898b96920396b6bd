"""A real server to attack: `bilin serve` on the loopback with a data folder of its own, a company and its people.

One for each test process, started when the first test asks for it. Nothing a test does may keep the others from using
it: who needs a server of their own, or settings of their own, asks for `new_server`.
"""

import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.support.site_process import SiteProcess, site

PASSWORD = "correct horse 电池"
GIVEN = "given by the boss"
PEOPLE = {"wang.fang": "王芳", "li.na": "李娜", "liu.yang": "刘洋"}
"""Colleagues of the founder, by login."""
FOUNDER = "zhang.wei"
ENVIRON = {
    "BILIN_IDENTITY_HASH_MEMORY_KIB": "64",
    "BILIN_IDENTITY_HASH_PASSES": "1",
    "BILIN_IDENTITY_ATTEMPTS_PER_ADDRESS": "1000",
    "BILIN_LIMITS_PROGRAM_POINTS_PER_MINUTE": "0",
    "BILIN_LOG_LEVEL": "info",
}
"""Without a budget: all tests ask in the name of a few people. Those of the budget have a server with one."""

CERTIFICATES = ssl.create_default_context()
"""Read once: for each request by itself that would be most of its time."""
NewServer = Callable[..., "Server"]


@dataclass(frozen=True)
class Person:
    """Somebody who is signed in with a bearer token."""

    id: str
    login: str
    token: str


@dataclass
class Server:
    """A running server, as an attacker and as its people see it."""

    site: SiteProcess
    unit: str = ""
    """The company's own unit."""
    people: dict[str, Person] = field(default_factory=dict)
    """By login: the founder, who is administrator, and `PEOPLE`."""

    @property
    def port(self) -> int:
        return self.site.port

    @property
    def boss(self) -> Person:
        """The administrator who founded the company."""
        return self.people[FOUNDER]

    @property
    def colleague(self) -> Person:
        """Somebody without any role."""
        return self.people["wang.fang"]

    def send(
        self, method: str, path: str, body: Any = None, *, by: Person | None = None, **more: Any
    ) -> httpx.Response:
        """One request to `/api/…`, signed by somebody or by nobody."""
        headers = {"authorization": f"Bearer {by.token}"} if by else {}
        headers |= more.pop("headers", {})
        url = f"{self.site.address}/api{path}"
        return httpx.request(
            method, url, json=body, headers=headers, timeout=30, trust_env=False, verify=CERTIFICATES, **more
        )

    def do(self, method: str, path: str, body: Any = None, *, by: Person | None = None) -> Any:
        """The answer to a request that must succeed."""
        answer = self.send(method, path, body, by=by)
        assert answer.is_success, answer.text
        return answer.json()

    def sign_in(self, login: str, password: str = PASSWORD) -> Person:
        """A new session."""
        said = self.do("POST", "/sessions", {"login": login, "password": password, "bearer": True})
        return Person(said["me"]["person"]["id"], login, said["token"])

    def found(self) -> "Server":
        """The company, its founder and `PEOPLE`, all signed in."""
        body = {"company": "云川集团", "name": "张伟", "login": FOUNDER, "password": PASSWORD, "locale": "zh-CN"}
        body["code"] = self.site.setup_code
        me = self.do("POST", "/setup", body)["me"]
        self.unit = me["person"]["unit"]
        self.people[FOUNDER] = self.sign_in(FOUNDER)
        for login, name in PEOPLE.items():
            self.hire(name, login)
            self.people[login] = self.sign_in(login)
        return self

    def hire(self, name: str, login: str, unit: str | None = None) -> str:
        """A new colleague, who has replaced the password they were given; their id."""
        body = {"name": name, "login": login, "password": GIVEN, "unit": unit or self.unit}
        person = str(self.do("POST", "/org/people", body, by=self.boss)["id"])
        self.do("POST", "/me/password", {"old": GIVEN, "new": PASSWORD}, by=self.sign_in(login, GIVEN))
        return person

    def group(self, by: Person, *members: Person, title: str = "项目组") -> str:
        """A new group; its id."""
        body = {"kind": "group", "title": title, "members": [each.id for each in members]}
        return str(self.do("POST", "/conversations", body, by=by)["id"])


@pytest.fixture(scope="session")
def new_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NewServer]:
    """Makes further servers: `new_server(BILIN_HTTP_HOST="0.0.0.0").found()`; gone when all tests have ended."""
    with ExitStack() as stack:

        def make(data: Path | None = None, *, as_installed: bool = False, **environ: str) -> Server:
            folder = data or tmp_path_factory.mktemp("attacked") / "site"
            settings: Mapping[str, str] = ENVIRON | environ
            process = stack.enter_context(site(folder, settings, as_installed=as_installed))
            return Server(process.start())

        yield make


@pytest.fixture(scope="session")
def server(new_server: NewServer) -> Server:
    """The server that all tests attack."""
    return new_server().found()


@pytest.fixture(scope="session")
def fresh_server(new_server: NewServer) -> Server:
    """A server that nobody has founded a company on."""
    return new_server()
