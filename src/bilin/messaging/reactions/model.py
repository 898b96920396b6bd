"""Reactions as clients see them (protocol, section 2)."""

import msgspec

from bilin.core.ids import Id, PersonId


class Reaction(msgspec.Struct, frozen=True):
    """One emoji under a message: who, and the event of each, in the order they came."""

    emoji: str
    people: list[PersonId]
    ids: list[Id]
