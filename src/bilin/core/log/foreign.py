"""Events that began at other sites: checked here, then they wait for the writer beside the decisions of this site."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

import msgspec

from bilin.core.codec import from_elsewhere
from bilin.core.database import Connection
from bilin.core.events import EVENT_TYPES, Event, Recorded, Unknown
from bilin.core.ids import Id, PersonId
from bilin.core.log.pending import Waiting

TYPE_NAME = re.compile(r"[a-z][a-z_]*\.[a-z][a-z_]*")
MAX_NAME_CHARS = 100
INT16, INT64 = 1 << 15, 1 << 63


class Foreign(msgspec.Struct, frozen=True):
    """One event as its own site wrote it. `data` is its JSON, fields that are unknown here included."""

    id: int
    site: int
    """Where it began. It may be this site, when it lost the event and another one gives it back."""
    actor: int | None
    type: str
    version: int
    data: bytes
    mark: bytes
    """By which its own site recognises it (`Keyring.mark`)."""


Effect = Callable[[Connection, Sequence[Recorded[Event]]], Awaitable[None]]
"""Runs in the transaction of the commit, after the new events were applied, and is given them in order of position.

It may run again with nothing new, when the answer of the first time was lost: so it must be idempotent. When it raises,
nothing of its intake stays.
"""


async def no_effect(_: Connection, __: Sequence[Recorded[Event]]) -> None:
    """For an intake that saves nothing beside its events."""


@dataclass(slots=True, frozen=True)
class Intake:
    """Events from another site, and what must be true together with them: how far that site was followed."""

    events: Sequence[Foreign]
    effect: Effect = no_effect


@dataclass(slots=True, frozen=True)
class Taken:
    """The log's answer, given after the commit: durable."""

    new: int
    """How many of the events were not here yet."""
    pos: int
    """The log's position after them."""


class Arriving(Waiting[Taken]):
    """An intake that waits for its commit. Events named twice in it are one."""

    __slots__ = ("_events", "effect", "new", "records")

    def __init__(self, intake: Intake, future: "asyncio.Future[Taken]") -> None:
        """Decodes everything. Raises `msgspec.ValidationError` when anything is not what an event looks like."""
        self._events = {Id(each.id): (each, decode(each)) for each in intake.events}
        self.effect = intake.effect
        self.new: Sequence[tuple[Foreign, Event]] = ()
        """Which of its events were not in the log yet at the last attempt to commit it."""
        self.records: Sequence[Recorded[Event]] = ()
        """The same, with their places in the log."""
        super().__init__(list(self._events), future)

    @property
    def span(self) -> int:
        """How many positions it takes."""
        return len(self.new)

    @property
    def first_new(self) -> Id | None:
        """The first event that it adds; None when it adds none."""
        return Id(self.new[0][0].id) if self.new else None

    def look(self, present: set[int]) -> list[Event]:
        """Find out what is new, before an attempt, and add it to what is `present` in the log."""
        self.new = [pair for identifier, pair in self._events.items() if identifier not in present]
        self.records = ()
        present.update(foreign.id for foreign, _ in self.new)
        return [event for _, event in self.new]


def decode(foreign: Foreign) -> Event:
    """The typed event, `Unknown` where this program does not know the type. Raises `msgspec.ValidationError`."""
    try:
        _check_columns(foreign)
        foreign.data.decode()  # it goes to clients as it is: what msgspec skips it does not look at
        known = EVENT_TYPES.get(foreign.type)
        if known is not None:
            return from_elsewhere(foreign.data, known.cls)
        return _unknown(foreign)
    except (ValueError, RecursionError) as cause:
        raise msgspec.ValidationError(f"event {foreign.id} of site {foreign.site}: {cause}") from cause


def _unknown(foreign: Foreign) -> Unknown:
    if len(foreign.type) > MAX_NAME_CHARS or not TYPE_NAME.fullmatch(foreign.type):
        raise ValueError("its type has no name")
    if not isinstance(msgspec.json.decode(foreign.data), dict):
        raise ValueError("it is no JSON object")  # noqa: TRY004 (one kind of error for all that is wrong with it)
    return Unknown(name=foreign.type, version=foreign.version, data=msgspec.Raw(foreign.data))


def _check_columns(foreign: Foreign) -> None:
    """What the log's columns can hold."""
    if not 0 < foreign.id < INT64:
        raise ValueError("its id is none")
    if not 0 < foreign.site < INT16 or not 0 < foreign.version < INT16:
        raise ValueError("its site or version is none")
    if foreign.actor is not None and not -INT64 <= foreign.actor < INT64:
        raise ValueError("its actor is nobody")


def record_of(foreign: Foreign, event: Event, pos: int, arrived: Id) -> Recorded[Event]:
    """The event with its place in this log."""
    actor = None if foreign.actor is None else PersonId(foreign.actor)
    return Recorded(pos, Id(foreign.id), foreign.site, actor, None, event, arrived)
