"""Permissions: modules declare them, roles are made of them, and one question is asked everywhere.

`may(person, permission, unit)`: does the person hold the permission over this unit? A permission held over a unit is
held over everything below it. Identity knows the answer (it keeps the grants) and provides an `Authority` to the site;
asking through this port lets modules below identity ask as well.
"""

from collections.abc import Sequence

from bilin.core.commands import Context
from bilin.core.database import Connection
from bilin.core.errors import Forbidden
from bilin.core.ids import PersonId, UnitId

PERMISSIONS: dict[str, str] = {}
"""Every permission of the program (`module.verb`), and what it allows; filled by `bilin.core.house`. Names are stored
in audits: never use one again for something else."""


class PermissionNeeded(Forbidden):
    """A permission is needed over a unit; no unit: over the company, which is not founded yet."""

    permission: str
    unit: UnitId | None = None


class Authority:
    """Answers who may do what where. Identity provides one to the site.

    It answers from the connection it is given, so a handler asks within the snapshot its decision rests on.
    """

    async def may(self, db: Connection, person: PersonId, permission: str, unit: UnitId) -> bool:
        """Whether the person holds the permission over the unit. False for a unit that does not exist."""
        raise NotImplementedError

    async def units_of(self, db: Connection, person: PersonId, permission: str) -> Sequence[UnitId]:
        """The units over which the person holds the permission (tops of subtrees), for scoped lists."""
        raise NotImplementedError


async def may(db: Connection, ctx: Context, permission: str, unit: UnitId) -> bool:
    """Whether the person who asks holds the permission over the unit."""
    return await ctx.site.get(Authority).may(db, ctx.person, permission, unit)


async def require(db: Connection, ctx: Context, permission: str, unit: UnitId) -> None:
    """Let pass who holds the permission over the unit; raise `PermissionNeeded` otherwise.

    For units and people, which every signed-in person may see; what is hidden needs a door that raises `NotFound`.
    """
    if not await may(db, ctx, permission, unit):
        raise PermissionNeeded(permission=permission, unit=unit)
