"""What the organisation brings to the house."""

from bilin.core.module import FIRST_QUESTIONS, Feature
from bilin.core.site import Site
from bilin.org.apply.people import apply_person_added, apply_person_changed, work_out_anew
from bilin.org.apply.units import apply_unit_added, apply_unit_changed, apply_unit_removed
from bilin.org.claims import OrgKnowledge
from bilin.org.events import (
    PersonAdded,
    PersonChanged,
    PersonDeactivated,
    PersonReactivated,
    UnitAdded,
    UnitChanged,
    UnitRemoved,
)
from bilin.org.model import ORG_MANAGE
from bilin.org.names import reader
from bilin.org.routes import routes
from bilin.org.tables import person, post, unit, worked
from bilin.org.undoing import OrgUndoing


async def _start(site: Site) -> None:
    """Load the dictionary now, not while the first name is applied; then make anew what an older release worked out."""
    reader()
    async with site.pool.acquire() as db:
        await work_out_anew(db)


organisation = Feature(
    name="units and people",
    none=FIRST_QUESTIONS,
    events=(
        UnitAdded,
        UnitChanged,
        UnitRemoved,
        PersonAdded,
        PersonChanged,
        PersonDeactivated,
        PersonReactivated,
    ),
    appliers=(
        apply_unit_added,
        apply_unit_changed,
        apply_unit_removed,
        apply_person_added,
        apply_person_changed,
    ),
    tables=(unit, person, worked, post),
    permissions={
        ORG_MANAGE: "Add, change, move and remove units and people",
    },
    claims=OrgKnowledge,
    undoing=OrgUndoing,
    routes=routes,
    start=_start,
)
