"""Who is in a scope (a conversation), asked of the module that owns it: what may leave a site depends on it.

`sites` asks here, and so knows nothing of conversations.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence

from bilin.core.database import Connection
from bilin.core.ids import PersonId

Members = Callable[[Connection, Sequence[int]], Awaitable[Mapping[int, Sequence[PersonId]]]]
"""Members of each of these scopes, within the snapshot it is given; scopes without any may be left out."""
ScopesOf = Callable[[Connection, Sequence[PersonId]], Awaitable[set[int]]]
"""The scopes in which at least one of these people is present; or, for the other one, is or was."""

_members: list[Members] = []
_ever_members: list[Members] = []
_scopes_of: list[ScopesOf] = []
_scopes_ever_of: list[ScopesOf] = []


def scopes(members: Members, ever_members: Members, scopes_of: ScopesOf, scopes_ever_of: ScopesOf) -> None:
    """Register a module's answers, when it is imported: who is present, who is or was, who is present where, and who
    is or was."""
    _members.append(members)
    _ever_members.append(ever_members)
    _scopes_of.append(scopes_of)
    _scopes_ever_of.append(scopes_ever_of)


async def members_of(db: Connection, wanted: Sequence[int]) -> dict[int, Sequence[PersonId]]:
    """The present members of each scope."""
    return await _ask(_members, db, wanted)


async def ever_members_of(db: Connection, wanted: Sequence[int]) -> dict[int, Sequence[PersonId]]:
    """The present and former members of each scope."""
    return await _ask(_ever_members, db, wanted)


async def _ask(all_members: Sequence[Members], db: Connection, wanted: Sequence[int]) -> dict[int, Sequence[PersonId]]:
    found: dict[int, Sequence[PersonId]] = {}
    for members in all_members:
        found.update(await members(db, wanted))
    return found


async def scopes_of(db: Connection, people: Sequence[PersonId]) -> set[int]:
    """The scopes in which at least one of these people is present."""
    return await _ask_where(_scopes_of, db, people)


async def scopes_ever_of(db: Connection, people: Sequence[PersonId]) -> set[int]:
    """The scopes in which at least one of these people is or was: what they said there is there still."""
    return await _ask_where(_scopes_ever_of, db, people)


async def _ask_where(all_scopes: Sequence[ScopesOf], db: Connection, people: Sequence[PersonId]) -> set[int]:
    found: set[int] = set()
    for ask in all_scopes:
        found.update(await ask(db, people))
    return found
