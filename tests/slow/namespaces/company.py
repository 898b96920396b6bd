"""A company of three sites: who works where, and the conversations they have."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.crash.api import Api, NoAnswer, Refused, opened
from tests.crash.company import GIVEN, PASSWORD, Person, choose_password, sign_in
from tests.slow.namespaces.country import Country, PlacedSite

HEADQUARTERS, SHANGHAI, SHENZHEN = 1, 2, 3
NAMES = {HEADQUARTERS: "总部", SHANGHAI: "上海", SHENZHEN: "深圳"}
PEOPLE = {HEADQUARTERS: ("zong0", "zong1"), SHANGHAI: ("hai0", "hai1"), SHENZHEN: ("zhen0", "zhen1")}
"""Logins by the site they are at home at. The first of headquarters founded the company."""
ROOMS = {
    "everybody": ("zong0", "zong1", "hai0", "hai1", "zhen0", "zhen1"),
    "two sites": ("hai0", "hai1", "zong0"),
    "two branches": ("zhen0", "zhen1", "hai0"),
    "one site": ("hai0", "hai1"),
}
"""Who is in which conversation; the first opens it."""
DISK_MB = {SHENZHEN: 400}
"""Sites on a disk of their own, which a test fills."""
ENVIRON = {
    "BILIN_IDENTITY_HASH_MEMORY_KIB": "64",
    "BILIN_IDENTITY_HASH_PASSES": "1",
    "BILIN_IDENTITY_ATTEMPTS_PER_ADDRESS": "1000",
    "BILIN_LOG_LEVEL": "info",
}
PATIENCE_S = 120.0


@dataclass
class Company:
    """The running sites and everybody's sessions, each at their home."""

    country: Country
    sites: Mapping[int, PlacedSite]
    apis: Mapping[int, Api]
    people: Mapping[str, Person]

    def home(self, login: str) -> int:
        """The number of the site somebody works at."""
        return next(site for site, logins in PEOPLE.items() if login in logins)

    async def open_rooms(self, title: str) -> dict[str, str]:
        """New conversations, once everybody in them sees them; their ids by the names in `ROOMS`."""
        rooms = {}
        for name, members in ROOMS.items():
            opener = self.people[members[0]]
            body = {"kind": "group", "title": title, "members": [self.people[each].id for each in members[1:]]}
            made = await self.apis[self.home(members[0])].call("POST", "/conversations", opener.token, body)
            rooms[name] = str(made["id"])
        for name, members in ROOMS.items():
            await asyncio.gather(*(self._sees(each, rooms[name]) for each in members))
        return rooms

    async def _sees(self, login: str, conversation: str) -> None:
        async with asyncio.timeout(PATIENCE_S):
            while not await self.may_see(login, conversation):
                await asyncio.sleep(0.1)

    async def may_see(self, login: str, conversation: str) -> bool:
        """Whether a conversation is there for somebody."""
        api, token = self.apis[self.home(login)], self.people[login].token
        try:
            await api.call("GET", f"/conversations/{conversation}", token)
        except Refused as refused:
            if "messaging.conversation_not_found" not in str(refused):
                raise
            return False
        return True


@asynccontextmanager
async def company_of(country: Country, folder: Path) -> AsyncIterator[Company]:
    """Found it at headquarters, let the branches join, and let everybody sign in at home."""
    async with AsyncExitStack() as stack:
        sites: dict[int, PlacedSite] = {}
        apis: dict[int, Api] = {}

        async def begin(number: int, token: str = "") -> Api:
            site = PlacedSite(country.places[number - 1], folder / str(number), ENVIRON, DISK_MB.get(number))
            stack.callback(site.end)
            await asyncio.to_thread(site.start_first, token)
            sites[number] = site
            apis[number] = await stack.enter_async_context(opened(site.address))
            return apis[number]

        headquarters = await begin(HEADQUARTERS)
        founder = await _found(headquarters, sites[HEADQUARTERS].setup_code)
        for number in (SHANGHAI, SHENZHEN):
            invited = await headquarters.call("POST", "/sites/invitations", founder.token, {"name": NAMES[number]})
            assert invited["site"] == number
            await begin(number, invited["token"])
            await _joined(headquarters, founder, number)
        units = await _hire(headquarters, founder)
        for number, unit in units.items():
            await headquarters.call("PUT", f"/sites/homes/{unit}", founder.token, {"site": number})
        people = {login: await _at_home(apis[number], login) for number in PEOPLE for login in PEOPLE[number]}
        yield Company(country, sites, apis, people)


async def _found(api: Api, code: str) -> Person:
    login = PEOPLE[HEADQUARTERS][0]
    founding = {"company": "云川集团", "name": login, "login": login, "password": PASSWORD, "locale": "zh-CN"}
    await api.call("POST", "/setup", body={**founding, "code": code})
    return await sign_in(api, login)


async def _joined(api: Api, founder: Person, number: int) -> None:
    async with asyncio.timeout(PATIENCE_S):
        while True:
            sites = (await api.call("GET", "/sites", founder.token))["sites"]
            if any(each["number"] == number and each["state"] == "joined" and each["reachable"] for each in sites):
                return
            await asyncio.sleep(0.1)


async def _hire(api: Api, founder: Person) -> dict[int, str]:
    """The branches' units, everybody's accounts, and a policy for all, as sites compare what each module keeps; the
    units by site."""
    top = (await api.call("GET", "/org/units", founder.token))["units"][0]["id"]
    await api.call("PUT", f"/policies/messaging.recall_window_s/units/{top}", founder.token, {"value": 600})
    units: dict[int, str] = {}
    for number, logins in PEOPLE.items():
        unit = top
        if number != HEADQUARTERS:
            body = {"parent": top, "name": NAMES[number], "kind": "branch"}
            unit = units[number] = (await api.call("POST", "/org/units", founder.token, body))["id"]
        for login in logins:
            if login != founder.login:
                person = {"name": login, "login": login, "password": GIVEN, "unit": unit}
                await api.call("POST", "/org/people", founder.token, {**person, "email": "", "phone": "", "title": ""})
                await choose_password(api, login)
    return units


async def _at_home(api: Api, login: str) -> Person:
    """Signed in at home, once the account has come there."""
    async with asyncio.timeout(PATIENCE_S):
        while True:
            try:
                return await sign_in(api, login)
            except (Refused, NoAnswer):
                await asyncio.sleep(0.2)
