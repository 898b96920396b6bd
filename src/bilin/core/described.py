"""What is wrong with a field, said for people: decoders speak of the types of Python, which are nobody's business."""

import re
from collections.abc import Mapping
from typing import Any

import msgspec

from bilin.core.codec import NOT_AN_ID
from bilin.core.reasons import Missing, NotAsDescribed, Reason

MISSING = re.compile(r"Object missing required field `(?P<field>[^`]*)`")
MISSING_PARAMETER = re.compile(r"Missing required [a-z ]*parameter [\'\"`](?P<field>[^\'\"`]*)[\'\"`]")
PLACE = re.compile(r" - at `(?:key in )?(?P<path>[^`]*)`$")
EXPECTED = re.compile(r"Expected `(?P<kind>[^`]*)`(?P<limit>(?: of length)? (?:[<>]=?|==) -?[\d.e+]+)?(?:, got .*)?")
KINDS: Mapping[str, str] = {
    "str": "text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "null": "null",
    "array": "a list",
    "object": "an object",
    "object | null": "an object or null",
}
"""What the decoder calls types, as JSON does."""
LIMITS = {">=": "at least", "<=": "at most", ">": "more than", "<": "less than", "==": "exactly"}


def reasons_of(told: Mapping[str, str]) -> dict[str, Reason]:
    """A reason for each field that the decoder refused, by its message."""
    return dict(_reason(field, message) for field, message in told.items())


def missing_parameter(message: str) -> dict[str, Reason]:
    """The parameter of an address that the framework misses; nothing when it complains of something else."""
    found = MISSING_PARAMETER.match(message)
    return {found["field"]: Missing()} if found else {}


def problem_of(error: msgspec.DecodeError) -> str:
    """What is wrong with a frame."""
    if not isinstance(error, msgspec.ValidationError):
        return "This is not JSON."
    [(field, reason)] = reasons_of({"": str(error)}).items()
    return f"{field}: {reason}" if field else str(reason)


def _reason(field: str, message: str) -> tuple[str, Reason]:
    place = PLACE.search(message)
    inside, message = _named(place["path"]) if place else "", PLACE.sub("", message)
    if found := MISSING.match(message):
        return ".".join(filter(None, (inside, found["field"]))), Missing()
    return field if field not in ("", "data") else inside or "body", NotAsDescribed(problem=_plain(message))


def _named(path: str) -> str:
    """`$.content.blocks[0].spans[2]` as the rules of a message name it: `content.blocks.spans`."""
    return re.sub(r"\[[^\]]*\]", "", path).removeprefix("$").removeprefix(".data").strip(".")


def _plain(message: str) -> str:
    if message == NOT_AN_ID:
        return message
    if (found := EXPECTED.match(message)) is None:
        return "is not as described"
    kinds = [KINDS.get(kind) for kind in found["kind"].split(" | ")]
    if not all(kinds):
        return "is not as described"
    return f"should be {' or '.join(map(str, kinds))}{_limit(found['limit'])}"


def _limit(text: Any) -> str:
    if not text:
        return ""
    sign, number = text.replace("of length", "").split()
    return f", {LIMITS[sign]} {number}{' long' if 'length' in text else ''}"
