"""The company that works while things break: eight people, and conversations of a test alone."""

import asyncio
from dataclasses import dataclass

from tests.crash.api import Api

PASSWORD = "correct horse battery staple"
GIVEN = "given by the founder"
NAMES = ("张伟", "李娜", "王芳", "刘洋", "陈静", "杨帆", "赵敏", "周涛")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody signed in."""

    id: str
    login: str
    token: str


@dataclass(frozen=True, slots=True)
class Rooms:
    """Where a test talks: everybody, five of them, two of them."""

    everybody: str
    five: str
    two: str

    def of(self, number: int) -> tuple[str, ...]:
        """The conversations of one of the people, by their number."""
        return (self.everybody, *([self.five] if number < 5 else []), *([self.two] if number < 2 else []))


async def found_company(api: Api, code: str) -> list[Person]:
    """A company of eight; the first is its founder, who knows the set-up code."""
    founding = {"company": "云川集团", "name": NAMES[0], "login": "person0", "password": PASSWORD, "locale": "zh-CN"}
    await api.call("POST", "/setup", body={**founding, "code": code})
    founder = await sign_in(api, "person0")
    unit = (await api.call("GET", "/org/units", founder.token))["units"][0]["id"]
    others = [f"person{number}" for number in range(1, len(NAMES))]
    for login, name in zip(others, NAMES[1:], strict=True):
        body = {"name": name, "login": login, "password": GIVEN, "unit": unit}
        await api.call("POST", "/org/people", founder.token, {**body, "email": "", "phone": "", "title": ""})
        await choose_password(api, login)
    return [founder, *await asyncio.gather(*(sign_in(api, login) for login in others))]


async def choose_password(api: Api, login: str) -> None:
    """Replace the password that somebody was given by the usual one."""
    newcomer = await sign_in(api, login, GIVEN)
    await api.call("POST", "/me/password", newcomer.token, {"old": GIVEN, "new": PASSWORD})


async def sign_in(api: Api, login: str, password: str = PASSWORD) -> Person:
    """A new session."""
    body = {"login": login, "password": password, "device": "crash test", "bearer": True}
    session = await api.call("POST", "/sessions", body=body)
    return Person(session["me"]["person"]["id"], login, session["token"])


async def open_rooms(api: Api, people: list[Person], title: str) -> Rooms:
    """Three conversations in which nobody has said anything."""
    first = people[0].token
    made = []
    for members in (people[1:], people[1:5], people[1:2]):
        body = {"kind": "group", "title": title, "members": [each.id for each in members]}
        made.append((await api.call("POST", "/conversations", first, body))["id"])
    return Rooms(*made)
