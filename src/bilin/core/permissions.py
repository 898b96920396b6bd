"""Permissions: modules declare them, roles are made of them, and one question is asked everywhere.

`may(person, permission, unit)`: does the person hold the permission over this unit? A permission held over a unit is
held over everything below it. Identity knows the answer (it keeps the grants) and provides an `Authority` to the site;
asking through this port lets modules below identity ask as well.
"""

from collections.abc import Sequence

from bilin.core.commands import Context
from bilin.core.errors import Forbidden
from bilin.core.ids import PersonId, UnitId

PERMISSIONS: dict[str, str] = {}
"""Every permission of the program, and what it allows."""


def permission(name: str, meaning: str) -> str:
    """Declare a permission `module.verb`. Names are stored in audits: never use one again for something else."""
    if PERMISSIONS.setdefault(name, meaning) != meaning:
        raise ValueError(f"permission {name} is declared twice")
    return name


class Authority:
    """Answers who may do what where. Identity provides one to the site."""

    async def may(self, person: PersonId, permission: str, unit: UnitId) -> bool:
        """Whether the person holds the permission over the unit. False for a unit that does not exist."""
        raise NotImplementedError

    async def units_of(self, person: PersonId, permission: str) -> Sequence[UnitId]:
        """The units over which the person holds the permission (tops of subtrees), for scoped lists."""
        raise NotImplementedError


async def require(ctx: Context, permission: str, unit: UnitId) -> None:
    """Let pass who holds the permission over the unit; raise `Forbidden` otherwise.

    For units and people, which every signed-in person may see; what is hidden needs a door that raises `NotFound`.
    """
    if not await ctx.site.get(Authority).may(ctx.person, permission, unit):
        raise Forbidden(details={"permission": permission, "unit": unit})
