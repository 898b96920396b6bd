"""What can be found, as modules declare it in `Feature.searchable`; `bilin.search` asks.

There are two sorts. Texts are `Indexed`: thousands of them, found by any part of what they say. Things with a name are
`Named`: so few that their module looks through them itself.
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import msgspec

from bilin.core.commands import Context
from bilin.core.crypto import Keyring
from bilin.core.database import Connection
from bilin.core.events import Event, Recorded
from bilin.core.ids import Id, PersonId

Place: TypeAlias = tuple[int, int]
"""Where a text is: its scope (a conversation), and its id, which is a time."""


@dataclass(frozen=True, slots=True)
class Document:
    """A text as it is now. Who reads it may find it by all of this."""

    scope: int
    id: int
    sender: PersonId
    text: str
    """On one line."""
    traits: frozenset[str] = frozenset()
    """What it has (`link`), and whom it calls (`calls 17`; `calls all`)."""


class NearbyLine(msgspec.Struct, frozen=True):
    """What somebody said just before or after what was found."""

    sender: PersonId
    text: str


class NamedHit(msgspec.Struct, frozen=True):
    """A thing that was found by its name: a person, a conversation."""

    kind: str
    id: Id
    name: str
    about: str
    """What else tells which one it is: the title of a person."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a name is to fit."""

    text: str
    """As it was typed."""
    fits: Callable[[str], bool]
    """Whether a name holds every word of it."""


Around: TypeAlias = tuple[NearbyLine | None, NearbyLine | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Indexed:
    """Texts that lie in scopes. Their ids are ids of events."""

    kind: str
    brought_by: frozenset[str]
    """Types of events that bring a text: its id is the event's, its scope the event's."""
    changed_by: frozenset[str]
    """Types of events that change texts, or take them away."""
    touched: Callable[[Recorded[Event]], Iterable[Place]]
    """The texts that an event of any of these types is about."""
    read: Callable[[Connection, Keyring, Sequence[Place]], Awaitable[Sequence[Document]]]
    """These texts as they are now, for the index; what is recalled or not there is left out."""
    readable: Callable[[Connection, Keyring, PersonId, Sequence[Place]], Awaitable[Sequence[Document]]]
    """The same for a person: who may not read a text is not given it. The rule stands in the query."""
    around: Callable[[Connection, Keyring, PersonId, Sequence[Place]], Awaitable[Mapping[int, Around]]]
    """What was said just before and after each of these, as far as the person may read it."""
    walk: Callable[[Connection, Place, int], Awaitable[Sequence[Place]]]
    """The next places after one, so many: all there are when begun at `START`."""
    count: Callable[[Connection], Awaitable[int]]
    """How many there are, about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Things with a name."""

    kind: str
    find: Callable[[Context, Connection, Wanted, int], Awaitable[Sequence[NamedHit]]]
    """Those that the person may see and that fit, the best first."""


Searchable: TypeAlias = Indexed | Named
START: Place = (-(1 << 63), -(1 << 63))
