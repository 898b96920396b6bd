"""What following and feeding need of the world: the site gives PostgreSQL, NATS and the clock, the simulator its own.

Everything in `sites/following` and `sites/feed` that decides anything works through these alone.
"""

from collections.abc import Sequence
from typing import Protocol

import msgspec

from bilin.sites.model import Position
from bilin.sites.wire import Batch, Fetch, FetchScopes, Scopes, Sent


class Need(msgspec.Struct, frozen=True):
    """A conversation (or, with scope 0, the list of them) that is still to be fetched from a holder."""

    holder: int
    scope: int
    cause: tuple[int, int, int]
    position: Position


class Taken(msgspec.Struct, frozen=True):
    """What became of a batch: how many of its events were new here."""

    new: int


class Inlet(Protocol):
    """Where a follower keeps what it learned: the log of this site."""

    async def position(self, holder: int, whose: int) -> Position:
        """How far a log was followed."""

    async def needs(self) -> Sequence[Need]:
        """What is still to be fetched, oldest cause first."""

    async def take_in(self, batch: Batch) -> Taken:
        """Append the batch's new events, save the position (of the stream, or of the scope's need) and any needs that
        they cause, all in one transaction. Raises `ClockAhead`, `BadBatch` or `Unavailable`; then nothing changed."""

    async def add_needs(self, holder: int, scopes: Sequence[int], cause: tuple[int, int, int]) -> None:
        """Note conversations to fetch, and that the list of them (scope 0) is done when `scopes` is its last page."""

    async def satisfied(self, holder: int, scope: int) -> None:
        """A need was met, or turned out to be none."""


class Outlet(Protocol):
    """Where a feed reads what it sends: the log of this site."""

    async def runs(self) -> Sequence[tuple[int, int]]:
        """(run, first position) of every run of this log, ascending."""

    async def head(self) -> int:
        """The end of the log."""

    async def events(
        self, to: int, whose: int, scope: int, after: int, max_events: int, max_bytes: int
    ) -> tuple[int, Sequence[Sent]]:
        """The position it read through, and what of it is for the receiver, in order: events that began at `whose`, of
        one scope or of all, that policy and membership let go there. Always gets further than `after` unless it
        stands at the head."""

    async def may_have(self, to: int, scope: int) -> bool:
        """Whether a site may have a conversation, as of the head of this log."""

    async def scopes_for(self, to: int, after: int, limit: int) -> Sequence[int]:
        """The conversations a site may have, ascending by id."""

    async def followed(self) -> dict[int, Position]:
        """How far this site has followed each other one."""


class Line(Protocol):
    """The way to other sites."""

    async def ask(self, site: int, question: Fetch | FetchScopes) -> "Batch | Scopes":
        """Ask a holder. Raises `SiteUnreachable`, or what the holder refused with (`NotYours`, `VersionsApart`, …)."""

    async def send(self, site: int, batch: Batch) -> None:
        """Send a live batch, at most once: what is lost on the way is fetched."""
