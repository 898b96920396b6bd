"""Headquarters and a branch on this machine, joined by a line that can be delayed, counted and cut."""

import asyncio
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from bench.load import Room
from bench.server import HOST, PASSWORD, Person, Server, free_port, hire, launch, setup_code, sign_in
from bench.sites.line import Line

PEOPLE_OF_EACH = 20
JOIN_TIMEOUT_S = 900
IN_FLIGHT = 30
"""Events that a probe has on the way at any moment: a status is up to a second old, and counts both directions."""
NO_LIMIT = {"BILIN_MESSAGING_SENDS_PER_MINUTE": "0", "BILIN_LIMITS_PROGRAM_POINTS_PER_MINUTE": "0"}


@dataclass(slots=True)
class Pair:
    """Two sites of one company, with people at home at each, all signed in there."""

    folder: Path
    line: Line
    headquarters: Server
    founder: Person
    branch: Server | None = None
    unit: str = ""

    @property
    def sites(self) -> tuple[Server, Server]:
        """Both, once the branch has joined."""
        assert self.branch is not None
        return self.headquarters, self.branch

    def stop(self) -> None:
        """Stop both, and remove what they wrote."""
        for server in (self.branch, self.headquarters):
            if server is not None:
                server.stop()
        self.line.close()
        shutil.rmtree(self.folder, ignore_errors=True)


@dataclass(frozen=True, slots=True)
class SharedRoom:
    """A conversation with two members at each site."""

    id: str
    speakers: tuple[Person, Person]
    """Who talks in it at headquarters, and at the branch."""

    def seen_from(self, site: int) -> Room:
        """For the load at one site; the two members at the other one are those who count."""
        return Room(self.id, (self.speakers[site],), 2, marks_text=True)


async def headquarters() -> Pair:
    """A founded company with a branch unit and people in both, all of them still at home at headquarters."""
    folder = Path(tempfile.mkdtemp(prefix="bilin-bench-sites-"))
    listening = free_port()
    line = await Line(listening).open()
    addresses = {"BILIN_SITES_LISTEN": f"{HOST}:{listening}", "BILIN_SITES_ADDRESS": f"{HOST}:{line.port}"}
    server = await launch(_made(folder / "headquarters"), NO_LIMIT | addresses)
    founding = {"company": "云川集团", "name": "苏晚", "login": "founder", "password": PASSWORD, "locale": "zh-CN"}
    await server.call("POST", "/api/setup", body={**founding, "code": setup_code(server)})
    pair = Pair(folder, line, server, await sign_in(server, "founder"))
    company = (await server.call("GET", "/api/org/units", pair.founder.token))["units"][0]["id"]  # type: ignore[index]
    branch = {"parent": company, "name": "上海分公司", "kind": "branch"}
    pair.unit = str((await server.call("POST", "/api/org/units", pair.founder.token, branch))["id"])
    await _hire(pair, "hq", company)
    await _hire(pair, "sh", pair.unit)
    server.people = [await sign_in(server, f"hq{number}") for number in range(PEOPLE_OF_EACH)]
    return pair


async def join(pair: Pair) -> float:
    """Let the branch join and become the home of its people; the seconds until it has everything."""
    invitation = await pair.headquarters.call(
        "POST", "/api/sites/invitations", pair.founder.token, {"name": "shanghai"}
    )
    began = monotonic()
    token = pair.folder / "token"
    token.write_text(str(invitation["token"]))
    pair.branch = await launch(_made(pair.folder / "branch"), NO_LIMIT, ["--join", str(token)])
    number = invitation["site"]
    await pair.headquarters.call("PUT", f"/api/sites/homes/{pair.unit}", pair.founder.token, {"site": number})
    await until_equal(pair, JOIN_TIMEOUT_S)
    took_s = monotonic() - began
    pair.branch.people = [await sign_in(pair.branch, f"sh{number}") for number in range(PEOPLE_OF_EACH)]
    return took_s


async def until_equal(pair: Pair, within_s: float = 300.0) -> float:
    """Wait until neither site lacks more of the other's than is on its way; the seconds it took."""
    began = monotonic()
    while monotonic() - began < within_s:
        if 0 <= await _lacks(pair) <= IN_FLIGHT:
            return monotonic() - began
        await asyncio.sleep(0.25)
    raise SystemExit(f"the sites are not equal after {within_s:.0f} s")


async def _lacks(pair: Pair) -> int:
    """Events that either site knows it lacks; -1 while they do not hear each other."""
    status = await pair.headquarters.call("GET", "/api/sites/status", pair.founder.token)
    others = [each for each in status["sites"] if each["number"] != status["here"]]  # type: ignore[attr-defined]
    if not others or not all(each["reachable"] for each in others):
        return -1
    return sum(each["behind_events"] + each["ahead_events"] + each["needs"] for each in others)


async def make_rooms(pair: Pair, count: int) -> Sequence[SharedRoom]:
    """Conversations of two people of each site, begun at headquarters; there once they are known at both."""
    here, there = (server.people for server in pair.sites)
    rooms = []
    for number in range(count):
        ours, theirs = _two(here, number), _two(there, number)
        body = {"kind": "group", "title": f"项目 {number}", "members": [person.id for person in (ours[1], *theirs)]}
        made = await pair.headquarters.call("POST", "/api/conversations", ours[0].token, body)
        rooms.append(SharedRoom(str(made["id"]), (ours[0], theirs[0])))
    await until_equal(pair)
    return rooms


def _two(people: Sequence[Person], number: int) -> list[Person]:
    return [people[(number + at) % len(people)] for at in (0, 1)]


async def _hire(pair: Pair, prefix: str, unit: object) -> None:
    for number in range(PEOPLE_OF_EACH):
        await hire(pair.headquarters, pair.founder.token, f"人员{number}", f"{prefix}{number}", unit)


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder
