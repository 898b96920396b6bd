"""Who is in a scope (a conversation), asked of the module that owns it: what may leave a site depends on it.

`sites` asks here, and so knows nothing of conversations.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence

from bilin.core.database import Connection
from bilin.core.ids import PersonId

Members = Callable[[Connection, Sequence[int]], Awaitable[Mapping[int, Sequence[PersonId]]]]
"""Members of each of these scopes, within the snapshot it is given; scopes without any may be left out."""
ScopesOf = Callable[[Connection, Sequence[PersonId]], Awaitable[set[int]]]
"""The scopes in which at least one of these people is present."""

_members: list[Members] = []
_ever_members: list[Members] = []
_scopes_of: list[ScopesOf] = []


def scopes(members: Members, ever_members: Members, scopes_of: ScopesOf) -> None:
    """Register a module's answers, when it is imported: who is present, who is or was, and who is present where."""
    _members.append(members)
    _ever_members.append(ever_members)
    _scopes_of.append(scopes_of)


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
    found: set[int] = set()
    for ask in _scopes_of:
        found.update(await ask(db, people))
    return found
