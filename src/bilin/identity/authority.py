"""The answer to `may(person, permission, unit)`: from the grants, over the unit tree.

It is asked by administration only, never while messages flow, so it reads the grants on the connection it is given:
always exact, and of the same moment as the rest of the decision, which no cache could promise.
"""

from collections.abc import Iterable, Sequence

from bilin.core.database import Connection
from bilin.core.ids import PersonId, UnitId
from bilin.core.permissions import Authority
from bilin.identity.local_access import LOCAL_ADMINISTRATOR
from bilin.identity.model import Grant
from bilin.identity.queries import grants_of
from bilin.org import company, existing_units, is_covered, people_by_ids


class Grants(Authority):
    """Answers from `identity.role_grant`."""

    async def may(self, db: Connection, person: PersonId, permission: str, unit: UnitId) -> bool:
        return await is_covered(db, unit, await self.units_of(db, person, permission))

    async def units_of(self, db: Connection, person: PersonId, permission: str) -> Sequence[UnitId]:
        if person == LOCAL_ADMINISTRATOR:
            root = await company(db)
            return [] if root is None else [root.id]
        if not any(found.active for found in await people_by_ids(db, [person])):
            return []  # locked out at this moment: a decision that is tried again must not rest on what they held
        return [grant.unit for grant in await grants_of(db, person) if permission in grant.permissions]

    async def may_all(self, db: Connection, person: PersonId, grants: Iterable[Grant]) -> bool:
        """Whether the person holds everything these grants allow, over their units (removed ones count for nothing)."""
        grants = list(grants)
        units = await existing_units(db, [grant.unit for grant in grants])
        wanted = {
            (permission, grant.unit) for grant in grants if grant.unit in units for permission in grant.permissions
        }
        for permission, unit in sorted(wanted):
            if not await self.may(db, person, permission, unit):
                return False
        return True
