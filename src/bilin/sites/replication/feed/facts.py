"""What a feed decides by: what the log of this site, and what was made of it, say in one snapshot.

The site asks PostgreSQL, the simulator its own disk; what is decided by the answers is the same code.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Protocol

import msgspec

from bilin.core.events import Event
from bilin.core.ids import PersonId, UnitId
from bilin.core.log.store import Raw
from bilin.sites.homes.home_map import HomeMap
from bilin.sites.replication.transport.wire import Sent

Members = Mapping[int, Collection[PersonId]]
"""People of each scope; scopes without any may be left out."""


class Moving(msgspec.Struct, frozen=True):
    """An event that may give somebody, or take from somebody, what belongs to a scope."""

    event: Event
    actor: PersonId | None
    scope: int | None


class Facts(Protocol):
    """Answers as of the head of one snapshot."""

    @property
    def head(self) -> int:
        """The end of the log."""

    async def homes(self) -> HomeMap:
        """Who is at home where; the same object as long as nothing moved."""

    async def members(self, scopes: Collection[int]) -> Members:
        """Who is present."""

    async def ever_members(self, scopes: Collection[int]) -> Members:
        """Who is or was."""

    async def scopes_ever_of(self, people: Collection[PersonId]) -> set[int]:
        """The scopes in which at least one of these people is or was."""

    async def units_ever(self, people: Collection[PersonId]) -> Mapping[PersonId, Sequence[UnitId]]:
        """Every main unit that each of these people ever had."""

    async def people_ever_in(self, units: Collection[UnitId]) -> set[PersonId]:
        """Everybody who ever had one of these as their main unit."""

    async def writers(self, scopes: Collection[int]) -> Mapping[int, Collection[int]]:
        """The sites at which events of each of these scopes began."""

    async def with_events(self, scopes: Collection[int], whose: int | None = None) -> list[int]:
        """Of these scopes those that events are in; `whose`: that began at this site."""

    async def written_by(self, site: int) -> list[int]:
        """The scopes that events are in which began at a site."""

    async def written_in(self, site: int, after: int, through: int) -> set[int]:
        """The same of a stretch of the log."""

    async def changed(self, after: int, here: int) -> Iterable[tuple[int, int, bool]]:
        """(scope, site, whether it lets somebody in or out) of what stands after a position, except what began here and
        lets nobody in or out."""

    async def moving(self, after: int, through: int) -> Sequence[Moving]:
        """What lets people in or out, or moves homes or policies, in a stretch of the log."""

    async def events(self, whose: int, scope: int | None, after: int, limit: int) -> list[Raw]:
        """The first events after a position that began at a site, of one scope or of all; fewer than `limit`: all."""

    async def kept_back(self, whose: int) -> Sequence[Sent]:
        """What is kept back of a site's own, as much as fits beside a batch."""
