"""What following and feeding need of the world: the site gives PostgreSQL, NATS and the clock, the simulator its own.

Everything in `sites/following` and `sites/feed` that decides anything works through these alone, and waits on the event
loop's own clock (the simulator's loop has a time of its own). `whose` is the site
where events began: the holder itself; the asker, when it fetches back what it lost; or, at the founding site, a site
that is retired.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Protocol

import msgspec

from bilin.core.log.runs import START, Position
from bilin.sites.replication.transport.wire import Fetch, FetchScopes, Scopes, Sent, SiteBatch

NOTHING: Mapping[int, str] = MappingProxyType({})


class Need(msgspec.Struct, frozen=True):
    """A conversation (or, with scope `LIST`, the list of them) that is still to be fetched from a holder."""

    holder: int
    whose: int
    scope: int
    since: Position
    """The batch that opened it. One opened again is another need: what was found out for the old one is void."""
    position: Position = START
    """How much of it is here."""


class KeptBack(msgspec.Struct, frozen=True):
    """An event that its site may not say, as far as is known here."""

    whose: int
    event: Sent


class IntakeResult(msgspec.Struct, frozen=True):
    """What became of a batch: how many of its events were new here."""

    new: int


class Reading(msgspec.Struct, frozen=True):
    """What an outlet read of the log for a receiver, all of it in one snapshot."""

    through: int
    head: int
    """The end of the log in this snapshot; who may have what was decided as of it."""
    events: Sequence[Sent]
    opened: Sequence[int] = ()
    kept: Sequence[Sent] = ()
    """At the head, of the receiver's own: what is kept back."""


class Inlet(Protocol):
    """Where followers keep what they learned: the log of this site, and its memory of how far it followed others.

    Every method may raise `Unavailable`; then nothing changed.
    """

    async def position(self, holder: int, whose: int) -> Position:
        """How far a log was followed; `START` when it never was."""

    async def judge(self, whose: int, events: Sequence[Sent]) -> Sequence[str | None]:
        """Why each event is not its site's to say; None: it is. Raises `BadBatch` when one is none."""

    async def take_in(
        self, batch: SiteBatch, need: Need | None = None, kept: Mapping[int, str] = NOTHING
    ) -> IntakeResult:
        """In one transaction: append the events that are not here yet but those in `kept` (id → why), which are kept
        back, and save `batch.position`: as that of the stream
        (holder, whose), or of the need while it is still as given (`since`). Of a stream also note a need, from the
        beginning, for each scope the batch opened, `since=batch.position`; a need that is there is begun anew.
        Raises `ClockAhead` or `BadBatch`; then nothing changed."""

    async def kept_back(self, after: int, limit: int) -> Sequence[KeptBack]:
        """What is kept back, by id, from the first above `after`."""

    async def release(self, whose: int, events: Sequence[Sent]) -> None:
        """In one transaction: append events that were kept back, and keep them no more."""

    async def needs(self, holder: int, whose: int) -> Sequence[Need]:
        """What is still to be fetched from a holder, longest known first."""

    async def listed(self, need: Need, scopes: Sequence[int]) -> None:
        """A page of the list came: note a need for each, `since=need.since`; one that is there is begun anew."""

    async def met(self, need: Need) -> None:
        """Forget a need, unless it was opened again meanwhile (`since` is another)."""

    async def losses(self) -> Mapping[int, int]:
        """Sites that hold own events which this log lost (`Outlet.note_loss`), and the note's number."""

    async def recovered(self, site: int, note: int) -> None:
        """Everything was fetched back from a site; forget the note, unless it was made again (another number)."""

    def recognises(self, holder: int, event: Sent) -> bool:
        """Whether this site itself wrote the event that a holder gives back: its mark is right, or the founding site
        vouches for it."""


class Outlet(Protocol):
    """Where a feed reads what it sends: the log of this site."""

    async def runs(self) -> Sequence[tuple[int, int]]:
        """(run, first position) of every run of this log, in the order they began; the last is the present one."""

    async def head(self) -> int:
        """The end of the log."""

    async def read(self, to: int, whose: int, scope: int, after: int, max_events: int, max_bytes: int) -> Reading:
        """What is for a receiver, in order: events that began at `whose`, of one scope or (`LIST`) of all, that
        membership and policy let go there. All own events of `to` are, when `whose` is `to`. Gets further than `after`
        unless it stands at the head, if need be with one event larger than `max_bytes`. Raises `NotYours` when a scope
        is not the receiver's as of the head."""

    async def scopes_for(self, to: int, whose: int, after: int, limit: int) -> Sequence[int]:
        """Conversations a site may have and events of `whose` are in, ascending from the first id above `after`."""

    async def gives(self, to: int, whose: int) -> bool:
        """Whether this site gives the events of `whose` to a site: to every joined one its own and those of that site
        itself; at the founding site also those of retired ones."""

    async def note_loss(self, site: int) -> None:
        """Note durably that a site holds own events which this log lost, under a new number each time."""


class Line(Protocol):
    """The way to other sites."""

    async def ask(self, site: int, question: Fetch | FetchScopes) -> SiteBatch | Scopes:
        """Ask a holder. Raises `SiteUnreachable`, or what the holder refused with (`NotYours`, `VersionsApart`, …)."""

    async def send(self, site: int, batch: SiteBatch) -> None:
        """Send a live batch, at most once: what is lost on the way is fetched. Raises `SiteUnreachable`."""
