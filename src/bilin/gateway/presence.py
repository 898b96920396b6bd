"""Who is online, away or offline, over all devices of a person and all gateways, also of other sites
(`presence_exchange`). Never in the log.

A person is online when one of their connections is active, away when they have connections but none is active. Someone
whose last connection closed stays as they were for `GRACE_S`, so that a reload does not flicker. Gateways tell each
other changes as they happen, and everything every `REPORT_S`; one that is silent for `LOST_S` is gone with its people.
"""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from enum import IntEnum
from time import monotonic
from types import MappingProxyType

import msgspec
import structlog

from bilin.core.site import Site
from bilin.core.waiting import is_set_within
from bilin.gateway import frames
from bilin.gateway.sockets import Socket

logger = structlog.get_logger(__name__)

GRACE_S = 10.0
REPORT_S = 20.0
LOST_S = 50.0
TICK_S, IDLE_TICK_S = 1.0, 5.0
MOST_GATEWAYS = 64
"""Of one site: each start of a server is another one, until the one before is lost."""
GATHER_S = 0.1
"""Changes of so long are told to watchers together."""


class State(IntEnum):
    """The higher one counts when devices or gateways differ."""

    OFFLINE = 0
    AWAY = 1
    ONLINE = 2


NAMES = {State.OFFLINE: "offline", State.AWAY: "away", State.ONLINE: "online"}


class Report(msgspec.Struct, frozen=True, array_like=True):
    """What a gateway tells the others."""

    gateway: int
    is_complete: bool
    """All its people; else only those that changed."""
    asks: bool
    """The gateway has just started: the others answer with everything."""
    people: dict[int, int]
    sockets: dict[int, int] = {}
    """How many sockets those of them have who do not have one."""


Speaker = tuple[int, int]
"""(site, gateway)"""


class Presence:
    """The presence that this gateway knows, and who watches it here."""

    def __init__(self, site: Site, gateway: int) -> None:
        self._bus, self._here, self._gateway = site.bus, site.number, gateway
        self._subject = f"bilin.{site.number}.presence"
        self._decoder = msgspec.msgpack.Decoder(Report)
        self._own: dict[int, State] = {}
        self._others: dict[Speaker, Mapping[int, int]] = {}
        self._sockets: dict[int, int] = {}
        """Of people who are connected here, where it is not one."""
        self._others_sockets: dict[Speaker, Mapping[int, int]] = {}
        self._heard_at: dict[Speaker, float] = {}
        self._leaving: dict[int, float] = {}
        self._watchers: dict[int, set[Socket]] = {}
        self._changed: set[int] = set()
        self._untold: dict[int, int] = {}
        self._report_at = 0.0
        self._stir = asyncio.Event()
        self.pass_on: Callable[[int, int], None] = lambda person, state: None
        """Is told what changes here, for other sites."""

    async def start(self) -> None:
        """Listen to the other gateways, and ask them what they know."""
        await self._bus.subscribe(self._subject, self._receive)
        await self._publish(self._everything(asks=True))

    def state(self, person: int) -> State:
        """The state of a person, over all gateways."""
        best = self._own.get(person, State.OFFLINE)
        for people in self._others.values():
            best = max(best, State(people.get(person, State.OFFLINE)))
        return best

    def sockets_elsewhere(self, person: int) -> int:
        """How many sockets a person has at the other gateways of this site."""
        return sum(
            self._others_sockets.get(speaker, {}).get(person, 1)
            for speaker, people in self._others.items()
            if speaker[0] == self._here and people.get(person, State.OFFLINE) != State.OFFLINE
        )

    def own(self) -> Mapping[int, int]:
        """Everybody who is connected to this gateway, and how they are."""
        return self._own

    def update(self, person: int, connections: Iterable[Socket], now: float) -> None:
        """A person's connections here changed, or one of them became active or idle."""
        activities = [connection.is_active for connection in connections if connection.is_open]
        self._count(person, len(activities))
        if activities:
            self._leaving.pop(person, None)
            self._set(person, State.ONLINE if any(activities) else State.AWAY)
        elif person in self._own:
            self._leaving.setdefault(person, now + GRACE_S)

    def watch(self, connection: Socket, people: tuple[int, ...]) -> None:
        """A connection shows these people from now on, and is told at once how they are."""
        self._tell_watchers()  # what is in the answer need not follow it as news
        self.forget(connection)
        connection.watching = tuple(dict.fromkeys(people))
        for person in connection.watching:
            self._watchers.setdefault(person, set()).add(connection)
        if people:
            connection.push(self._frame(connection.watching))

    def forget(self, connection: Socket) -> None:
        """A connection watches nobody any more."""
        for person in connection.watching:
            watchers = self._watchers.get(person)
            if watchers is not None:
                watchers.discard(connection)
                if not watchers:
                    del self._watchers[person]
        connection.watching = ()

    async def run(self) -> None:
        """Tell what changes, for ever. Begun again after a failure it tells everything first."""
        self._report_at = 0.0
        while True:
            if await is_set_within(self._stir, TICK_S if self._leaving else IDLE_TICK_S):
                await asyncio.sleep(GATHER_S)
            self._stir.clear()
            await self._tick(monotonic())

    async def stop(self) -> None:
        """This gateway ends: others speak for its people now."""
        await self._publish(Report(self._gateway, True, False, {}))

    def hear(
        self,
        speaker: Speaker,
        people: Mapping[int, int],
        *,
        is_complete: bool,
        sockets: Mapping[int, int] = MappingProxyType({}),
    ) -> None:
        """What another gateway says: how its people are, or those who changed, and how many sockets they have."""
        if speaker[0] == self._here:
            counted = {} if is_complete else self._others_sockets.get(speaker, {})
            kept = {person: count for person, count in counted.items() if person not in people}
            self._others_sockets[speaker] = {**kept, **sockets}
        known = self._others.get(speaker, {})
        self._heard_at[speaker] = monotonic()
        self._others[speaker] = people if is_complete else {**known, **people}
        concerned = known.keys() | people.keys() if is_complete else people.keys()
        if news := {person for person in concerned if known.get(person) != people.get(person)}:
            self._note(news)

    def may_speak(self, speaker: Speaker) -> bool:
        """Whether this gateway is known, or its site has not too many yet: one that is silent is forgotten in time."""
        return speaker in self._others or sum(site == speaker[0] for site, _ in self._others) < MOST_GATEWAYS

    def forget_site(self, site: int) -> None:
        """A site cannot be reached: nobody knows how its people are."""
        self._forget(speaker for speaker in self._heard_at if speaker[0] == site)

    def _forget(self, speakers: Iterable[Speaker]) -> None:
        for speaker in list(speakers):
            del self._heard_at[speaker]
            self._others_sockets.pop(speaker, None)
            self._note(self._others.pop(speaker, {}))

    async def _tick(self, now: float) -> None:
        """Who left for good, which gateways are lost; then tell watchers and gateways what changed."""
        while self._leaving and self._leaving[person := next(iter(self._leaving))] <= now:
            del self._leaving[person]
            self._set(person, State.OFFLINE)
        self._forget(each for each, at in self._heard_at.items() if now - at > LOST_S)
        self._tell_watchers()
        if now >= self._report_at:
            self._report_at, self._untold = now + REPORT_S, {}
            await self._publish(self._everything(asks=False))
        elif self._untold:
            untold, self._untold = self._untold, {}
            sockets = {person: self._sockets[person] for person in untold if person in self._sockets}
            await self._publish(Report(self._gateway, False, False, untold, sockets))

    def _count(self, person: int, sockets: int) -> None:
        """Others are told, since what one person may have is of the site."""
        if self._sockets.get(person, 1) == sockets:
            return
        if sockets == 1:
            del self._sockets[person]
        else:
            self._sockets[person] = sockets
        if person in self._own:
            self._untold[person] = int(self._own[person])
            self._stir.set()

    def _set(self, person: int, state: State) -> None:
        if self._own.get(person, State.OFFLINE) == state:
            return
        if state == State.OFFLINE:
            self._own.pop(person, None)
            self._sockets.pop(person, None)
        else:
            self._own[person] = state
        self._untold[person] = int(state)
        self.pass_on(person, int(state))
        self._note((person,))

    def _note(self, people: Iterable[int]) -> None:
        self._changed.update(people)
        self._stir.set()

    def _tell_watchers(self) -> None:
        changed, self._changed = self._changed, set()
        due: dict[Socket, list[int]] = {}
        for person in changed:
            for connection in self._watchers.get(person, ()):
                due.setdefault(connection, []).append(person)
        for connection, people in due.items():
            try:
                connection.push(self._frame(people))
            except Exception as mistake:
                connection.give_up(mistake)

    def _frame(self, people: Iterable[int]) -> bytes:
        return frames.message(t="presence", people={str(int(person)): NAMES[self.state(person)] for person in people})

    def _everything(self, asks: bool) -> Report:
        people = {person: int(state) for person, state in self._own.items()}
        return Report(self._gateway, True, asks, people, self._sockets)

    async def _publish(self, report: Report) -> None:
        await self._bus.publish(self._subject, msgspec.msgpack.encode(report))

    async def _receive(self, payload: bytes) -> None:
        try:
            report = self._decoder.decode(payload)
        except msgspec.DecodeError:
            logger.warning("gateway.unreadable_report")
            return
        if report.gateway == self._gateway:
            return
        self.hear((self._here, report.gateway), report.people, is_complete=report.is_complete, sockets=report.sockets)
        if report.asks:
            await self._publish(self._everything(asks=False))
