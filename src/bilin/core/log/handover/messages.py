"""What processes of one site say to the one that writes the log, and what it answers (msgpack)."""

from typing import TypeAlias

import asyncpg
import msgspec

from bilin.core.errors import BilinError, KeyReused, OutOfResources, Stale, Unavailable
from bilin.core.events import EVENT_TYPES, Unknown
from bilin.core.ids import ClockAhead, Id, PersonId
from bilin.core.log.decision import Decision, Expect, Kept, Receipt
from bilin.core.log.entry import decode_event, encode_event, type_of

VERSION = 1
"""Of these messages: who speaks another one is not understood, and a decision is not worth guessing at."""


class Said(msgspec.Struct, frozen=True, array_like=True, tag_field="t"):
    """Base of all messages. `number` is of the asker's choice; the answer has the same."""

    number: int


class Handed(Said, frozen=True, tag=1):
    """A decision for the log."""

    events: list[tuple[str, int, bytes]]
    """Type, version and JSON of each."""
    expects: list[tuple[int, int]]
    id: int | None
    actor: int | None
    key: str | None
    command: bytes | None
    seen: int
    """The asker's clock: the ids of the decision are later."""
    lane: int
    """The asker's number among the processes of the site; ids that it names are of its lane."""
    process: int
    """Which process that is: a random number."""


class Lookup(Said, frozen=True, tag=2):
    """What did somebody's key result in, if that was lately?"""

    actor: int
    key: str


class Present(Said, frozen=True, tag=3):
    """Can decisions be committed at this moment?"""


class Done(Said, frozen=True, tag=4):
    """The receipt of a decision."""

    id: int
    pos: int
    repeated: bool


class Refusal(Said, frozen=True, tag=5):
    """Why there is none."""

    code: str
    detail: str


class Found(Said, frozen=True, tag=6):
    """What a key resulted in; no id: nothing is known."""

    id: int | None = None
    pos: int = 0
    command: bytes | None = None


class Presence(Said, frozen=True, tag=7):
    """Whether decisions can be committed, and the run they would be of."""

    is_writing: bool
    run: int


class Grown(Said, frozen=True, tag=8):
    """The log grew: entries, packed with their run. Said before the decisions among them are answered."""

    entries: bytes


Question: TypeAlias = Handed | Lookup | Present
Answer: TypeAlias = Done | Refusal | Found | Presence | Grown

encode = msgspec.msgpack.Encoder().encode
decode_question = msgspec.msgpack.Decoder(Question).decode
decode_answer = msgspec.msgpack.Decoder(Answer).decode


class HandoverFailed(Exception):
    """The writer's side made a mistake with a decision; its log has the cause."""


class NumberTaken(Unavailable):
    """Two processes have one number: ids that they name could be the same."""

    code = "core.number_taken"
    title = "Two machines of this site have the same number"
    hint = "Give each machine a number of its own: processes.machine."


class LaterRelease(Unavailable):
    """The decision speaks of what the process that writes the log does not know yet."""

    code = "core.writer_is_older"
    title = "This server is being upgraded"
    hint = "Send the same request again in a moment, with the same Idempotency-Key."


DATA_ERROR, MISTAKE = "core.data_error", "core.mistake"
KINDS: dict[str, type[BilinError]] = {
    kind.code: kind for kind in (Stale, KeyReused, Unavailable, OutOfResources, NumberTaken, LaterRelease)
}


def desk_subject(site: int) -> str:
    """Where the writer is asked by processes on other machines."""
    return f"bilin.{site}.writer.{VERSION}"


def lead_subject(site: int) -> str:
    """Where a process says that it writes the log from now on, and takes decisions."""
    return f"bilin.{site}.writer.lead"


class Asker(msgspec.Struct, frozen=True):
    """Who asks: see `Handed`."""

    lane: int
    process: int


def handed(
    number: int,
    decision: Decision,
    actor: PersonId | None,
    key: str | None,
    command: bytes | None,
    seen: int,
    asker: Asker,
) -> Handed:
    """A decision as it travels."""
    return Handed(
        number,
        [(*type_of(event), encode_event(event)) for event in decision.events],
        [(int(each.entity), each.version) for each in decision.expects],
        None if decision.id is None else int(decision.id),
        None if actor is None else int(actor),
        key,
        command,
        seen,
        asker.lane,
        asker.process,
    )


def decision_of(message: Handed) -> tuple[Decision, list[bytes] | None]:
    """The decision again, and the JSON of its events where this program would write the same. Raises `LaterRelease`,
    and `msgspec.DecodeError` when an event is none."""
    events, is_same = [], True
    for name, version, data in message.events:
        known = EVENT_TYPES.get(name)
        event = decode_event(name, version, data)
        if isinstance(event, Unknown) or known is None or known.version < version:
            raise LaterRelease(f"{name}, version {version}, is not known to the process that writes the log")
        is_same = is_same and known.version == version
        events.append(event)
    expects = [Expect(entity, version) for entity, version in message.expects]
    identifier = None if message.id is None else Id(message.id)
    return Decision(events, expects, identifier), [data for _, _, data in message.events] if is_same else None


def refusal(number: int, cause: BaseException) -> Refusal:
    """Why a decision did not enter, as it travels."""
    if isinstance(cause, BilinError):
        for code, kind in KINDS.items():
            if type(cause) is kind:
                return Refusal(number, code, cause.detail)
        if isinstance(cause, Unavailable | ClockAhead):
            return Refusal(number, Unavailable.code, cause.detail)
    if isinstance(cause, asyncpg.DataError):
        return Refusal(number, DATA_ERROR, str(cause))
    return Refusal(number, MISTAKE, type(cause).__name__)


def raised(refused: Refusal) -> Exception:
    """The same error, to be raised where the decision was made."""
    if (kind := KINDS.get(refused.code)) is not None:
        return kind(refused.detail)
    return asyncpg.DataError(refused.detail) if refused.code == DATA_ERROR else HandoverFailed(refused.detail)


def receipt_of(done: Done) -> Receipt:
    """The receipt in an answer."""
    return Receipt(Id(done.id), done.pos, repeated=done.repeated)


def kept_of(found: Found) -> Kept | None:
    """What a key resulted in, as an answer says it."""
    return None if found.id is None else Kept(Id(found.id), found.pos, found.command)
