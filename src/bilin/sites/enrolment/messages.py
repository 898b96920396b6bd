"""What an invited server and headquarters say to each other, once: docs/developers/sites.md, section 7."""

from hashlib import sha256
from typing import TypeAlias

import msgspec

from bilin.sites.replication.transport.wire import Refused


class Join(msgspec.Struct, frozen=True, array_like=True, tag="join"):
    """An invited server asks to become its site."""

    nonce: str
    """Random, kept in its data folder: by it headquarters knows a server whose answer was lost."""
    program: str


class Joined(msgspec.Struct, frozen=True, array_like=True, tag="joined"):
    """It is that site now; this is the credential it dials with from here on."""

    site: int
    name: str
    user: str
    password: str
    head: int
    """The end of headquarters' log: when it was followed so far, the first copy is complete."""


JoinAnswer: TypeAlias = Joined | Refused


def join_subject(invitation: int | str) -> str:
    """Where an invitation is used."""
    return f"bilin.sites.join.{invitation}"


def digest_of(nonce: str) -> str:
    """What of a nonce stands in the log (hex)."""
    return sha256(b"bilin join\0" + nonce.encode()).hexdigest()
