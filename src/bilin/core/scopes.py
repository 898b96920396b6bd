"""Scopes: things that people are in, and whose events they see because they are (a conversation).

A module that has such things declares a `ScopeKind`. Who decides what leaves a site, who delivers events and who comes
back after a while asks here, and so knows nothing of conversations.
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from bilin.core.database import Connection
from bilin.core.ids import PersonId

Members = Callable[[Connection, Sequence[int]], Awaitable[Mapping[int, Sequence[PersonId]]]]
"""Members of each of these scopes, within the snapshot it is given; scopes without any may be left out."""
ScopesOf = Callable[[Connection, Sequence[PersonId]], Awaitable[set[int]]]
"""The scopes in which at least one of these people is present; or, for the other one, is or was."""
MembersAmong = Callable[[Connection, Sequence[tuple[int, int]]], Awaitable[set[tuple[int, int]]]]
"""Which of these (person, scope) pairs are so at the moment of the snapshot; those of other kinds are left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScopeKind:
    """The answers of a module about the scopes that it owns. Their ids are the topics that their members follow."""

    name: str
    members: Members
    """Who is present."""
    ever_members: Members
    """Who is or was."""
    scopes_of: ScopesOf
    """Who is present where."""
    scopes_ever_of: ScopesOf
    """Who is or was."""
    members_among: MembersAmong


SCOPE_KINDS: dict[str, ScopeKind] = {}
"""The kinds of all modules; filled by `bilin.core.house`."""


async def members_of(db: Connection, wanted: Sequence[int]) -> dict[int, Sequence[PersonId]]:
    """The present members of each scope."""
    return await _ask((kind.members for kind in SCOPE_KINDS.values()), db, wanted)


async def ever_members_of(db: Connection, wanted: Sequence[int]) -> dict[int, Sequence[PersonId]]:
    """The present and former members of each scope."""
    return await _ask((kind.ever_members for kind in SCOPE_KINDS.values()), db, wanted)


async def _ask(all_members: Iterable[Members], db: Connection, wanted: Sequence[int]) -> dict[int, Sequence[PersonId]]:
    found: dict[int, Sequence[PersonId]] = {}
    for members in all_members:
        found.update(await members(db, wanted))
    return found


async def scopes_of(db: Connection, people: Sequence[PersonId]) -> set[int]:
    """The scopes in which at least one of these people is present."""
    return await _ask_where((kind.scopes_of for kind in SCOPE_KINDS.values()), db, people)


async def scopes_ever_of(db: Connection, people: Sequence[PersonId]) -> set[int]:
    """The scopes in which at least one of these people is or was: what they said there is there still."""
    return await _ask_where((kind.scopes_ever_of for kind in SCOPE_KINDS.values()), db, people)


async def _ask_where(all_scopes: Iterable[ScopesOf], db: Connection, people: Sequence[PersonId]) -> set[int]:
    found: set[int] = set()
    for ask in all_scopes:
        found.update(await ask(db, people))
    return found


async def in_effect(db: Connection, pairs: Sequence[tuple[int, int]]) -> set[tuple[int, int]]:
    """Which of these people follow which of these topics. An event from another site may say so and be outdated."""
    found: set[tuple[int, int]] = set()
    for kind in SCOPE_KINDS.values():
        found |= await kind.members_among(db, pairs)
    return found
