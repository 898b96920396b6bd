"""What one site asks another when it compares states: msgpack, few bytes, every question bounded."""

from typing import Annotated, TypeAlias

import msgspec
from msgspec import Meta

from bilin.core.digests import Key, Sum
from bilin.core.log.runs import Position
from bilin.sites.replication.errors import BadBatch

MAX_BOUNDS = 65


class AskStand(msgspec.Struct, frozen=True, array_like=True, tag="stand"):
    """Where do you stand, and how far have you followed me? Begins a comparison, and each second look."""


class AskSums(msgspec.Struct, frozen=True, array_like=True, tag="sums"):
    """What are the sums of the ranges between these keys, each without its end?"""

    part: str
    bounds: Annotated[tuple[Key, ...], Meta(min_length=2, max_length=MAX_BOUNDS)]


class AskHashes(msgspec.Struct, frozen=True, array_like=True, tag="hashes"):
    """What are the first rows of this range?"""

    part: str
    start: Key
    end: Key


class AskLine(msgspec.Struct, frozen=True, array_like=True, tag="line"):
    """What does this row say?"""

    part: str
    key: Key


class Stand(msgspec.Struct, frozen=True, array_like=True, tag="stands"):
    """The end of the log, how far the asker's log was followed, and how many conversations are still to be fetched."""

    position: Position
    followed: Position
    needs: int


class Sums(msgspec.Struct, frozen=True, array_like=True, tag="summed"):
    """One for each range."""

    sums: tuple[Sum, ...]


class Hashes(msgspec.Struct, frozen=True, array_like=True, tag="hashed"):
    """Ascending by key."""

    rows: tuple[tuple[Key, int], ...]


class RowText(msgspec.Struct, frozen=True, array_like=True, tag="says"):
    """None: there is no such row."""

    line: str | None


class Refusal(msgspec.Struct, frozen=True, array_like=True, tag="refused"):
    """The question was not understood; another version may have other parts."""

    detail: str


DigestQuestion: TypeAlias = AskStand | AskSums | AskHashes | AskLine
DigestAnswer: TypeAlias = Stand | Sums | Hashes | RowText | Refusal

_encoder = msgspec.msgpack.Encoder()
_questions = msgspec.msgpack.Decoder(DigestQuestion)
_answers = msgspec.msgpack.Decoder(DigestAnswer)


def encode(said: "DigestQuestion | DigestAnswer") -> bytes:
    """A question or an answer as it travels."""
    return _encoder.encode(said)


def decode_question(payload: bytes) -> DigestQuestion:
    """Raises `BadBatch`."""
    try:
        question: DigestQuestion = _questions.decode(payload)
    except msgspec.MsgspecError as cause:
        raise BadBatch(f"not a question about digests: {cause}") from cause
    return question


def decode_answer(payload: bytes) -> DigestAnswer:
    """Raises `BadBatch`."""
    try:
        answer: DigestAnswer = _answers.decode(payload)
    except msgspec.MsgspecError as cause:
        raise BadBatch(f"not an answer about digests: {cause}") from cause
    return answer
