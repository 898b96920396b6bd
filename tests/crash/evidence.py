"""What was seen of a site while its processes were killed: the material the checker judges."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """The server answered for a message."""

    key: str
    sender: str
    conversation: str
    id: int
    pos: int


@dataclass(frozen=True, slots=True)
class Marked:
    """The server answered for "I have read everything up to this"."""

    person: str
    conversation: str
    through: int


@dataclass(frozen=True, slots=True)
class Message:
    """A message as a person saw it. Its text is the Idempotency-Key it was sent with."""

    id: int
    conversation: str
    sender: str
    text: str
    seq: int = 0
    """Its number in the conversation; only the history says it."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame that moves the position; with a message when it was one."""

    kind: str
    pos: int
    message: Message | None = None
    key: str | None = None
    is_foreign: bool = False
    """It began at another site, where its key stayed."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A conversation as it was fetched, and the position it was of."""

    pos: int
    ids: tuple[int, ...]


@dataclass(slots=True)
class Chapter:
    """From one fetch of everything (the first, or after a `resync`) through all connections up to the next."""

    pos: int
    fetched: dict[str, Fetched]
    frames: list[Frame] = field(default_factory=list)

    @property
    def cursor(self) -> int:
        """The position it got to."""
        return self.frames[-1].pos if self.frames else self.pos


@dataclass(slots=True)
class Received:
    """What one device was sent, in order."""

    name: str
    conversations: tuple[str, ...]
    chapters: list[Chapter] = field(default_factory=list)
    connections: int = 0


@dataclass(frozen=True, slots=True)
class Unread:
    """What a fresh sign-in shows of a conversation beside its messages."""

    last_seq: int
    read_seq: int


@dataclass(slots=True)
class Evidence:
    """Everything about one load."""

    attempted: set[str] = field(default_factory=set)
    """Keys of all messages that were sent at least once."""
    acknowledged: list[Acknowledged] = field(default_factory=list)
    """In the order of the answers."""
    marked: list[Marked] = field(default_factory=list)
    received: list[Received] = field(default_factory=list)
    histories: dict[str, list[Message]] = field(default_factory=dict)
    """By conversation, in the order in which a fresh sign-in shows them."""
    unread: dict[tuple[str, str], Unread] = field(default_factory=dict)
    """By person and conversation."""
    unexpected: list[str] = field(default_factory=list)
    """Answers that no restart excuses."""
