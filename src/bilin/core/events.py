"""Events: the facts that make up the log, and the registry of their types.

An event type is a frozen struct with a name, a version, what it writes (or a merge rule) and an audience:

    @event("messaging.message_recalled", version=1, merge=tombstone("message"))
    class MessageRecalled(Event):
        '''Somebody took it back. (This docstring is the public documentation.)'''

        conversation: ConversationId
        message: MessageId

        def topics(self, actor: PersonId | None) -> tuple[int, ...]:
            return (self.conversation,)

The merge rule says why applying the same events in any order gives the same state at every site. With `writes` it
follows from the registers that are written (`bilin.core.registers`); an `apply` written by hand keeps to it.
"""

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any, ClassVar, Generic, Protocol, TypeVar

import msgspec

from bilin.core.crypto import Keyring
from bilin.core.database import Connection
from bilin.core.ids import Id, PersonId

EVERYONE = 0
"""The topic that every connected person follows."""


class Reach(Enum):
    """How far an event travels."""

    COMPANY = auto()
    """To every site."""
    SCOPE = auto()
    """As far as the policy of its scope's members says."""
    HOME = auto()
    """To where the person is at home whose scope it is."""
    PERSON = auto()
    """As far as the policy of the person it is about says."""
    SITE = auto()
    """Nowhere: it is a site's own business."""


class Merge(msgspec.Struct, frozen=True):
    """How an event type converges. `fields` names what a rule works on; see the functions below."""

    rule: str
    fields: tuple[str, ...] = ()


def additive() -> Merge:
    """Adds a thing named by its own id; applying it twice is applying it once."""
    return Merge("additive")


def last_writer(*fields: str) -> Merge:
    """The event with the highest id wins, for each value of these fields."""
    return Merge("last_writer", fields)


def tombstone(*fields: str) -> Merge:
    """Removes what these fields name, for good: it wins over everything that changes the thing, before or after."""
    return Merge("tombstone", fields)


def maximum(*fields: str) -> Merge:
    """Only moves forward: the highest value wins."""
    return Merge("maximum", fields)


def owned(*fields: str) -> Merge:
    """Written only at the site that owns the unit. Should a home have changed while its line was cut, the event with
    the highest id wins, field by field (docs/decisions/0013)."""
    return Merge("owned", fields)


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """Base of all events."""

    TYPE: ClassVar["EventType"]
    REACH: ClassVar[Reach] = Reach.COMPANY
    LEADS: ClassVar[bool] = False
    """Whether it says who may let others in and out: it goes also to sites that only hear who comes and goes."""

    def topics(self, actor: PersonId | None) -> tuple[int, ...]:
        """The audience: ids of the conversations or people who see it; `(EVERYONE,)`; `()` for followers only."""
        raise NotImplementedError

    def subscribes(self, actor: PersonId | None) -> Sequence[tuple[PersonId, int]]:
        """(person, topic) pairs that begin with this event; they already see it."""
        return ()

    def unsubscribes(self, actor: PersonId | None) -> Sequence[tuple[PersonId, int]]:
        """(person, topic) pairs that end after this event; they still see it."""
        return ()

    def bumps(self) -> tuple[int, ...]:
        """Ids of the entities whose version this event moves, for those who `expect` a version."""
        return ()

    def key_scope(self) -> int:
        """Whose data key seals it at rest: the id of a conversation or person, or 0 for the site's own."""
        return 0


class PersonalEvent(Event, frozen=True, kw_only=True):
    """Base of what is nobody else's business: the devices of one person hear of it, and their home."""

    REACH = Reach.HOME

    person: PersonId

    def topics(self, actor: PersonId | None) -> tuple[int, ...]:
        return (self.person,)

    def key_scope(self) -> int:
        return self.person


class Cell(Protocol):
    """What can be written (`bilin.core.registers`)."""

    @property
    def rule(self) -> str:
        """How two events about it meet."""


class Write(Protocol):
    """What a type of event writes."""

    @property
    def cell(self) -> Cell:
        """Where to."""

    @property
    def key(self) -> tuple[str, ...]:
        """Of the event the fields that name one cell."""

    async def __call__(self, work: "Work", batch: "Batch[Any]") -> None:
        """Write a batch of events."""


Upgrade = Callable[[dict[str, msgspec.Raw]], dict[str, msgspec.Raw]]
"""Takes the fields of an event as JSON, as one version says them, and gives them as the next one does."""


class EventType(msgspec.Struct, frozen=True):
    """What the registry knows of a type. `version` grows when fields are added: another site that is not upgraded yet
    keeps what it does not know, and applies it then."""

    name: str
    version: int
    merge: Merge
    cls: type[Event]
    private: frozenset[str] = frozenset()
    """Fields that clients are not sent; other sites are, and followers."""
    writes: tuple[Any, ...] = ()
    """`registers.Write`s, in order."""
    believed: str = ""
    """Whose word it must be to be believed of another site: the name of a rule (`bilin.core.claims`), unless the
    module's knowledge has one for the type itself."""
    stays: bool = False
    """It does no harm, and is left as it is when what a site did is undone (`bilin.core.undoing`)."""
    upgrades: Mapping[int, Upgrade] = {}
    """What makes of an event of each earlier version one of the next, where a default does not say it."""

    @property
    def description(self) -> str:
        """The docstring of the type: its public documentation."""
        return (self.cls.__doc__ or "").strip()


E = TypeVar("E", bound=Event)
EVENT_TYPES: dict[str, EventType] = {}
"""The types that this program knows; filled by `bilin.core.house`."""
Applier = Callable[["Work", "Batch[Any]"], Awaitable[None]]
APPLIERS: dict[type[Event], Applier] = {}
"""What turns events into rows, in the order of application; filled by `bilin.core.house`."""


def event(
    name: str,
    *,
    version: int,
    merge: Merge | None = None,
    writes: Sequence[Write] = (),
    private: tuple[str, ...] = (),
    believed: str = "",
    stays: bool = False,
    upgrades: Mapping[int, Upgrade] | None = None,
) -> Callable[[type[E]], type[E]]:
    """Class decorator: declare an event type; the manifest of its feature enters it. Names are `module.past_tense` and
    never used again.

    What is declared by `writes` needs no applier, and no `merge` unless the first of them says it badly.
    `private` names the fields that no client is sent, not even those of whom they speak. Of `believed` and `stays` see
    `EventType`.

    A new version only adds fields with defaults; where these do not say what an earlier event meant, `upgrades` has a
    function for that version.
    """

    def register(cls: type[E]) -> type[E]:
        if not (cls.__doc__ or "").strip():
            raise ValueError(f"event type {name} needs a docstring: it is its documentation")
        if unknown := set(private) - set(cls.__struct_fields__):
            raise ValueError(f"event type {name} has no fields {sorted(unknown)} to keep private")
        rule = merge or _merge_of(name, writes)
        told = frozenset(private), tuple(writes), believed, stays, upgrades or {}
        cls.TYPE = EventType(name, version, rule, cls, *told)
        return cls

    return register


def enter(cls: type[Event]) -> None:
    """Enter a declared event type. Raises `ValueError` when its name is taken."""
    kind: EventType | None = vars(cls).get("TYPE")
    if kind is None:
        raise ValueError(f"{cls.__name__} is no event type: it is not declared with @event")
    if kind.name in EVENT_TYPES:
        raise ValueError(f"event type {kind.name} is declared twice")
    EVENT_TYPES[kind.name] = kind
    if kind.writes:
        APPLIERS[cls] = write_all


def enter_applier(applier: Applier) -> None:
    """Enter an applier, behind those that are entered. Raises `ValueError` when its type has one, or is not known."""
    cls: type[Event] = getattr(applier, "applies", Event)
    if "TYPE" not in vars(cls) or EVENT_TYPES.get(cls.TYPE.name) is not cls.TYPE:
        raise ValueError(f"{getattr(applier, '__name__', applier)} applies no known event type")
    if APPLIERS.get(cls, write_all) is not write_all:
        raise ValueError(f"{cls.__name__} has two appliers")
    APPLIERS.pop(cls, None)  # in the order of those that are written by hand, which may depend on each other
    APPLIERS[cls] = applier


def _merge_of(name: str, writes: Sequence[Write]) -> Merge:
    if not writes:
        raise ValueError(f"event type {name} says neither what it writes nor how it merges")
    return Merge(writes[0].cell.rule, writes[0].key)


async def write_all(work: "Work", batch: "Batch[Any]") -> None:
    """Write what the type of these events declares. An applier that does more than that begins with it."""
    for write in next(iter(batch)).event.TYPE.writes:
        await write(work, batch)


class Unknown(Event, frozen=True):
    """An event of a type this program does not know (a newer site sent it): kept, applied after the upgrade."""

    name: str
    version: int
    data: msgspec.Raw

    def topics(self, actor: PersonId | None) -> tuple[int, ...]:
        return ()


@dataclass(slots=True, frozen=True)
class Recorded(Generic[E]):
    """An event with its place in the log."""

    pos: int
    id: Id
    site: int
    actor: PersonId | None
    key: str | None
    event: E
    arrived: Id | None = None
    """When it came from another site, as an id (a time); None for what was written here. What this site lost and got
    back from another has it too."""


class Batch(Generic[E]):
    """Recorded events of one type, in `pos` order, with their fields as columns for `UNNEST`."""

    __slots__ = ("records",)

    def __init__(self, records: Sequence[Recorded[E]]) -> None:
        self.records = records

    def __iter__(self) -> Iterator[Recorded[E]]:
        return iter(self.records)

    def __len__(self) -> int:
        return len(self.records)

    @property
    def ids(self) -> list[int]:
        return [record.id for record in self.records]

    @property
    def actors(self) -> list[int | None]:
        return [record.actor for record in self.records]

    def column(self, field: str) -> list[Any]:
        """One field of every event, in order."""
        return [getattr(record.event, field) for record in self.records]

    def columns(self, *fields: str) -> list[list[Any]]:
        """Several fields, each as a list; `id` and `actor` of the record may be named too."""
        special = {"id": "ids", "actor": "actors"}
        return [getattr(self, special[f]) if f in special else self.column(f) for f in fields]


@dataclass(slots=True, frozen=True)
class Work:
    """What an `apply` may use: the open transaction of the log writer, and the keys to seal bodies."""

    db: Connection
    keys: Keyring
    site: int
    """The number of this site: what began here has it in `Recorded.site`."""


@dataclass(slots=True, frozen=True)
class Alone(Generic[E]):
    """How an applier writes an event that is alone in its commit: in one statement with the row of the log, which costs
    the database a third of a transaction of several. It must leave the rows that the applier leaves (a test of the
    module runs both on the same histories)."""

    due: str
    """SQL of what the event is added to: gives one row, or none, and then it is applied as any other is. Of the event
    `$2` is the id and `$4` the actor."""
    then: str
    """Further common table expressions, which take what they write from `due`: without it nothing is written."""
    values: Callable[["Work", Recorded[E]], Sequence[object] | None]
    """The parameters from `$12` on; None: this event is applied as any other is."""


def applies(
    cls: type[E], alone: Alone[E] | None = None
) -> Callable[[Callable[[Work, Batch[E]], Awaitable[None]]], Callable[..., Awaitable[None]]]:
    """Function decorator: this turns events of `cls` into rows.

    It is called once per commit with all events of the type, so it works in bulk. Within a commit the types are applied
    in the order in which manifests name their appliers, not in `pos` order: that is allowed because `apply` converges.
    """

    def mark(function: Callable[[Work, Batch[E]], Awaitable[None]]) -> Callable[..., Awaitable[None]]:
        function.applies, function.alone = cls, alone  # type: ignore[attr-defined]
        return function

    return mark
