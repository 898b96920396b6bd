"""Everybody at work at all sites at once: what each site's people send, receive and are shown."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from time import monotonic

from tests.crash.evidence import Evidence, Message, Received, Unread
from tests.crash.outbox import Outbox
from tests.crash.reader import Reader, text_of
from tests.slow.namespaces.company import PATIENCE_S, PEOPLE, ROOMS, Company

PAUSE_S = (0.1, 0.3)
"""Between two messages of one person: three sites share the processors of one machine."""
LOOK_S = 0.25


class Work:
    """The load of a test, in conversations of its own."""

    def __init__(self, company: Company, rooms: dict[str, str]) -> None:
        self.company, self.rooms = company, rooms
        attempted: set[str] = set()
        self.evidence = {site: Evidence(attempted=attempted) for site in PEOPLE}
        """By site; what was attempted anywhere may be in every history."""
        self.readers: dict[str, Reader] = {}
        self.outboxes: dict[str, Outbox] = {}
        self._tasks: list[asyncio.Task[None]] = []
        self._writing: list[asyncio.Task[None]] = []
        for login in company.people:
            self._equip(login)

    def rooms_of(self, login: str) -> tuple[str, ...]:
        """The conversations somebody is in."""
        return tuple(room for name, room in self.rooms.items() if login in ROOMS[name])

    def rooms_at(self, site: int) -> set[str]:
        """The conversations that a site has."""
        return {room for login in PEOPLE[site] for room in self.rooms_of(login)}

    async def start(self) -> None:
        """Everybody is connected, then everybody writes."""
        self._tasks += [asyncio.create_task(reader.run()) for reader in self.readers.values()]
        await self._until(lambda: all(reader.is_live for reader in self.readers.values()))
        self._writing = [asyncio.create_task(outbox.run()) for outbox in self.outboxes.values()]
        self._tasks += self._writing

    async def talk(self, messages: int, *sites: int) -> None:
        """Until so many more were acknowledged at each of these sites, or at all."""
        wanted = {site: len(self.evidence[site].acknowledged) + messages for site in sites or PEOPLE}
        await self._until(lambda: all(len(self.evidence[site].acknowledged) >= wanted[site] for site in wanted))

    async def heard_across(self) -> float:
        """Until every device has shown something sent from now on at each other site; the seconds that took."""
        began = monotonic()
        since = {login: len(reader.received.chapters[-1].frames) for login, reader in self.readers.items()}
        chapters = {login: len(reader.received.chapters) for login, reader in self.readers.items()}
        newest = max((each.id for evidence in self.evidence.values() for each in evidence.acknowledged), default=0)

        def has_heard(login: str) -> bool:
            received = self.readers[login].received
            same = len(received.chapters) == chapters[login]
            frames = received.chapters[-1].frames[since[login] if same else 0 :]
            senders = {each.message.sender for each in frames if each.message is not None and each.message.id > newest}
            return all(
                any(self.company.people[other].id in senders for other in PEOPLE[site])
                for site in PEOPLE
                if site != self.company.home(login)
            )

        await self._until(lambda: all(has_heard(login) for login in ROOMS["everybody"]))
        return monotonic() - began

    async def settle(self) -> None:
        """No more messages; what is on its way to its own site is answered."""
        for outbox in self.outboxes.values():
            outbox.end()
        async with asyncio.timeout(PATIENCE_S):
            await asyncio.gather(*self._writing)
        self._raise_failures()

    async def equal(self) -> float:
        """Until all sites show the same in every conversation; the seconds that took."""
        began = monotonic()
        async with asyncio.timeout(PATIENCE_S):
            while not await self._is_equal():
                await asyncio.sleep(LOOK_S)
        return monotonic() - began

    async def look(self) -> None:
        """As somebody new to each site: the histories, the unread counts; every device has everything."""
        for site, logins in PEOPLE.items():
            evidence, api = self.evidence[site], self.company.apis[site]
            for login in logins:
                sync = await api.call("GET", "/sync", self.company.people[login].token)
                await self.readers[login].reach(int(sync["pos"]))
                for each in sync["conversations"]:
                    if each["id"] in self.rooms_of(login):
                        shown = Unread(each["last_seq"], each["read_seq"])
                        evidence.unread[self.company.people[login].id, each["id"]] = shown
            for room in self.rooms_at(site):
                evidence.histories[room] = await self._history(site, room)

    async def stop(self) -> None:
        """Everybody goes home."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _is_equal(self) -> bool:
        for room in self.rooms.values():
            sites = [site for site in PEOPLE if room in self.rooms_at(site)]
            shown = [[each.id for each in await self._history(site, room)] for site in sites]
            if any(each != shown[0] for each in shown):
                return False
        return True

    async def _history(self, site: int, room: str) -> list[Message]:
        login = next(each for each in PEOPLE[site] if room in self.rooms_of(each))
        _, messages = await self.company.apis[site].history(room, self.company.people[login].token)
        return [
            Message(int(each["id"]), room, each["sender"], text_of(each["content"]), each["seq"]) for each in messages
        ]

    async def _until(self, condition: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE_S):
            while not condition():
                self._raise_failures()
                await asyncio.sleep(0.02)

    def _raise_failures(self) -> None:
        for task in self._tasks:
            if task.done() and not task.cancelled():
                task.result()

    def _equip(self, login: str) -> None:
        company, rooms, person = self.company, self.rooms_of(login), self.company.people[login]
        site = company.home(login)
        evidence = self.evidence[site]
        received = Received(f"{login}'s desk", rooms)
        evidence.received.append(received)
        reader = Reader(company.apis[site], company.sites[site].address, person, rooms, evidence, received)
        outbox = Outbox(company.apis[site], person, rooms, evidence, pause_s=PAUSE_S, last_shown=reader.last_shown)
        reader.on_live = outbox.on_live
        self.readers[login], self.outboxes[login] = reader, outbox


@asynccontextmanager
async def working(company: Company, title: str) -> AsyncIterator[Work]:
    """Work for the time of the block."""
    work = Work(company, await company.open_rooms(title))
    try:
        await work.start()
        yield work
    finally:
        await work.stop()


def differences(work: Work) -> Iterator[str]:
    """What is not the same at all sites that have a conversation."""
    for name, room in work.rooms.items():
        sites = [site for site in PEOPLE if room in work.rooms_at(site)]
        shown = {site: work.evidence[site].histories[room] for site in sites}
        first, *others = sites
        for other in others:
            one = [(each.id, each.sender, each.text) for each in shown[first]]
            two = [(each.id, each.sender, each.text) for each in shown[other]]
            if one != two:
                here, there = sorted(set(one) - set(two))[:3], sorted(set(two) - set(one))[:3]
                yield f"{name}: site {first} has {here}, site {other} has {there}, or in another order"
