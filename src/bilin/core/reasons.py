"""Why a field is refused: a code with parameters, which clients word; in English for programs and their authors.

    raise Wrong(TooShort(least=8))            {"code": "too_short", "least": 8}, "at least 8 characters"

A rule takes a value and returns it as it is to be stored, or raises `Wrong`. `Fields` collects what is wrong with a
command. Modules declare reasons of their own beside their rules; every one has words in each language of the client.
"""

from typing import ClassVar

import msgspec


class Reason(msgspec.Struct, frozen=True, kw_only=True, tag_field="code"):
    """Base of all reasons: give it a tag, which is never used for something else, and `text`."""

    text: ClassVar[str] = ""
    """In English, with the parameters in braces."""

    def __str__(self) -> str:
        return self.text.format_map(msgspec.structs.asdict(self))


class Wrong(ValueError):
    """A value that may not stand where it stands."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(str(reason))
        self.reason = reason


class TooShort(Reason, frozen=True, tag="too_short"):
    """It has too few characters."""

    text = "at least {least} characters"
    least: int


class TooLong(Reason, frozen=True, tag="too_long"):
    """It has too many characters."""

    text = "at most {most} characters"
    most: int


class WrongLength(Reason, frozen=True, tag="wrong_length"):
    """It is empty or has too many characters."""

    text = "{least} to {most} characters"
    least: int
    most: int


class TooLarge(Reason, frozen=True, tag="too_large"):
    """It takes too many bytes."""

    text = "at most {most} bytes"
    most: int


class TooMany(Reason, frozen=True, tag="too_many"):
    """More things than may be named."""

    text = "at most {most}"
    most: int


class WrongNumber(Reason, frozen=True, tag="wrong_number"):
    """Too few things are named, or too many."""

    text = "{least} to {most}"
    least: int
    most: int


class OutOfRange(Reason, frozen=True, tag="out_of_range"):
    """A number that is too small or too large."""

    text = "from {least} to {most}"
    least: int
    most: int


class NoLetter(Reason, frozen=True, tag="no_letter"):
    """A name that nobody could speak."""

    text = "needs at least one letter"


class NotShown(Reason, frozen=True, tag="not_shown"):
    """It holds a character that does not show. `sign` is its code point: U+202E."""

    text = "may not contain {sign}, which does not show"
    sign: str


class HoldsControls(Reason, frozen=True, tag="holds_controls"):
    """A text that would change how what stands around it is shown."""

    text = "may not hold controls of text"


class NotOneOf(Reason, frozen=True, tag="not_one_of"):
    """Only some values may stand there."""

    text = "one of {values}"
    values: str
    """Separated by commas."""


class OnlyOneOf(Reason, frozen=True, tag="only_one_of"):
    """Of these fields one is to be given."""

    text = "exactly one of {names}"
    names: str
    """Separated by commas."""


class Missing(Reason, frozen=True, tag="missing"):
    """It has to be given."""

    text = "is missing"


class NotAsDescribed(Reason, frozen=True, tag="not_as_described"):
    """It is of another type than the description of the interface says; `problem` says how, in English."""

    text = "{problem}"
    problem: str


class NotAKey(Reason, frozen=True, tag="not_a_key"):
    """An Idempotency-Key is short and has printable ASCII characters only."""

    text = "1 to {most} printable ASCII characters"
    most: int
