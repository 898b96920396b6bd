"""The facts of the model: what messaging and organisation say, as small as it goes; they travel as JSON, as in life."""

from typing import Literal

import msgspec

Kind = Literal[
    "created", "added", "removed", "renamed", "owner", "role", "sent", "edited", "recalled", "reaction", "read",
    "pinned", "starred",
    "home", "policy", "moved", "accepted",
]  # fmt: skip
COMPANY: frozenset[str] = frozenset({"home", "policy", "moved", "accepted"})
"""Go to every site, and may change who has which conversation."""
MEMBERSHIP: frozenset[str] = frozenset({"created", "added", "removed"})
"""Let people in or out."""


PERSONAL: frozenset[str] = frozenset({"starred"})
"""Of one person, whose id stands for the conversation: at their home alone."""


class Fact(msgspec.Struct, frozen=True, omit_defaults=True):
    """One fact; which fields mean something depends on the kind."""

    kind: Kind
    conversation: int = 0
    people: tuple[int, ...] = ()
    message: int = 0
    text: str = ""
    flag: bool = True
    place: int = 0
    """A site or a unit."""


_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Fact).decode
_known: dict[bytes, Fact] = {}


def encode(fact: Fact) -> bytes:
    """As it travels."""
    return _encode(fact)


def decode(data: bytes) -> Fact:
    """Back again; facts do not change, so equal ones are one."""
    fact = _known.get(data)
    if fact is None:
        if len(_known) > 100_000:
            _known.clear()
        fact = _known[data] = _decode(data)
    return fact
