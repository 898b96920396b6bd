"""Presence and typing between sites: what policy lets out, to the sites that can be reached, and no more than needed.

A site learns everything from another one when the line to it comes up, then what changes, and everything anew every
`COMPLETE_S`, since what is passed on may be lost. When the line goes down the people there are offline to this site.
"""

import asyncio
from collections.abc import Mapping
from time import monotonic
from typing import Annotated

import msgspec
import structlog

from bilin.core.database import reading
from bilin.core.errors import Unavailable
from bilin.core.ids import PersonId
from bilin.core.scopes import members_of
from bilin.core.site import Site
from bilin.core.waiting import is_set_within
from bilin.gateway.presence import REPORT_S, Presence
from bilin.gateway.typists import Typists
from bilin.sites import Homes, Network

logger = structlog.get_logger(__name__)

PACE_S = 1.0
LOOK_S = 5.0
"""How long a change of policy may take to be seen."""
COMPLETE_S = 300.0


class People(msgspec.Struct, frozen=True, array_like=True, tag="people"):
    """How people are who are connected to one gateway of a site."""

    gateway: int
    is_complete: bool
    """All of them; else only those that changed, or nobody: the gateway is still there."""
    asks: bool
    """The others answer with all of theirs."""
    states: dict[int, Annotated[int, msgspec.Meta(ge=0, le=2)]]


class Types(msgspec.Struct, frozen=True, array_like=True, tag="types"):
    """A member writes."""

    conversation: int
    person: int


_decoder = msgspec.msgpack.Decoder(People | Types)


class PresenceExchange:
    """What this gateway passes on to other sites, and what it hears from them."""

    def __init__(self, site: Site, gateway: int, presence: Presence, typists: Typists) -> None:
        self._site, self._gateway, self._presence, self._typists = site, gateway, presence, typists
        self._network, self._homes = site.get(Network), site.get(Homes)
        self._untold: dict[int, int] = {}
        self._due: dict[int, float] = {}
        """When each site that is reachable is told everything next."""
        self._owed: set[int] = set()
        """Sites that asked for everything."""
        self._spoke_at = 0.0
        self._policies = self._homes.now
        self._stir = asyncio.Event()

    def start(self) -> None:
        """Listen to the network, to presence and to typing of this site."""
        self._network.hear_passing(self.hear)
        self._network.listen(self._stir.set)
        self._presence.pass_on = self._note
        self._typists.pass_on = self._pass_typing

    async def run(self) -> None:
        """Pass on, at most once a second, for ever. Begun again after a failure it tells everybody everything."""
        self._due = dict.fromkeys(self._due, 0.0)
        while True:
            await is_set_within(self._stir, LOOK_S)
            self._stir.clear()
            await self._tell(monotonic())
            await asyncio.sleep(PACE_S)

    async def stop(self) -> None:
        """This gateway ends, and what it says of people with it."""
        for number in self._due:
            await self._network.pass_on(number, self._people({}, is_complete=True, asks=False))

    async def hear(self, number: int, payload: bytes) -> None:
        """What another site passes on. Of one whose status was not heard nothing is known: it is asked when it is."""
        if not self._network.is_reachable(number):
            return
        try:
            said = _decoder.decode(payload)
        except msgspec.DecodeError:
            logger.warning("gateway.unreadable_passing", site=number)
            return
        if isinstance(said, Types):
            await self._hear_typing(said)
            return
        self._hear_people(number, said)
        if said.asks:
            self._owed.add(number)
            self._stir.set()

    def _hear_people(self, number: int, said: People) -> None:
        """Of people of the company alone, and from so many gateways of a site: none must fill this one's memory."""
        speaker, known = (number, said.gateway), self._homes.now.people
        if self._presence.may_speak(speaker):
            states = {person: state for person, state in said.states.items() if person in known}
            self._presence.hear(speaker, states, is_complete=said.is_complete)
        else:
            logger.warning("gateway.too_many_gateways", site=number)

    async def _tell(self, now: float) -> None:
        reachable = {peer.number for peer in self._network.peers() if peer.reachable}
        for number in self._due.keys() - reachable:
            del self._due[number]
            self._presence.forget_site(number)
        untold, self._untold = self._untold, {}
        owed, self._owed = self._owed, set()
        if self._homes.now is not self._policies:
            self._policies, owed = self._homes.now, reachable
        news = self._let_out(untold)
        is_quiet = now - self._spoke_at < REPORT_S
        for number in sorted(reachable):
            is_new = number not in self._due
            if is_new or number in owed or now >= self._due[number]:
                self._due[number] = now + COMPLETE_S
                everything = self._people(self._let_out(self._presence.own()), is_complete=True, asks=is_new)
                await self._network.pass_on(number, everything)
            elif news or not is_quiet:
                await self._network.pass_on(number, self._people(news, is_complete=False, asks=False))
        if news or not is_quiet:
            self._spoke_at = now

    def _note(self, person: int, state: int) -> None:
        if self._due:
            self._untold[person] = state
            self._stir.set()

    async def _pass_typing(self, conversation: int, person: int) -> None:
        if not self._due or not self._let_out({person: 0}):
            return
        people = await self._members(conversation)
        if person in people:
            payload = msgspec.msgpack.encode(Types(conversation, person))
            for number in self._homes.now.sites_of(people) & self._due.keys():
                await self._network.pass_on(number, payload)

    async def _hear_typing(self, said: Types) -> None:
        if self._typists.has_listeners(said.conversation) and said.person in await self._members(said.conversation):
            self._typists.tell(said.conversation, said.person)

    async def _members(self, conversation: int) -> set[int]:
        try:
            async with reading(self._site.pool) as db:
                return set(map(int, (await members_of(db, [conversation])).get(conversation, ())))
        except Unavailable:
            return set()

    def _let_out(self, states: Mapping[int, int]) -> dict[int, int]:
        """Without those of whom policy says that presence stays."""
        homes = self._homes.now
        return {each: state for each, state in states.items() if homes.leaves(PersonId(each), "presence") != "nothing"}

    def _people(self, states: Mapping[int, int], *, is_complete: bool, asks: bool) -> bytes:
        return msgspec.msgpack.encode(People(self._gateway, is_complete, asks, dict(states)))
