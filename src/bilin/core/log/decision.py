"""What a handler decides, and what the log answers."""

from collections.abc import Sequence
from dataclasses import dataclass

from bilin.core.crypto import are_same
from bilin.core.errors import KeyReused
from bilin.core.events import Event
from bilin.core.ids import Id


@dataclass(slots=True, frozen=True)
class Expect:
    """The decision holds only while this entity has this version (position of the last event that bumped it; 0: never).

    An entity is any 64-bit name: the id of a conversation, or a `derived_id` of something that must be unique.
    """

    entity: int
    version: int


@dataclass(slots=True, frozen=True)
class Decision:
    """The facts a command wants to be true. All of them enter the log, in one commit, or none does."""

    events: Sequence[Event]
    expects: Sequence[Expect] = ()
    id: Id | None = None
    """The id of the first event, when the handler had to name it before; the others get later ones."""


@dataclass(slots=True, frozen=True)
class Receipt:
    """The log's answer, given after the commit: durable. `pos` is that of the last event of the decision."""

    id: Id
    pos: int
    repeated: bool = False
    """The same key was sent before: this is the first result, and nothing happened now."""


@dataclass(slots=True, frozen=True)
class Kept:
    """What a key resulted in, and a fingerprint of the command it came with; None: of a release that kept none."""

    id: Id
    pos: int
    command: bytes | None

    def repeated(self, command: bytes | None) -> Receipt:
        """The first result, for the same command. Raises `KeyReused` for another one."""
        if not are_same(self.command, command):
            raise KeyReused
        return Receipt(self.id, self.pos, repeated=True)
