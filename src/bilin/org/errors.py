"""Errors of org."""

from bilin.core.errors import Conflict, NotFound
from bilin.core.ids import PersonId, UnitId


class UnitNotFound(NotFound):
    """There is no such unit, or it was removed."""

    code = "org.unit_not_found"
    title = "There is no such unit"
    hint = "Fetch the units again: it may have been removed."
    unit: UnitId | None = None


class PersonNotFound(NotFound):
    """There is no such person."""

    code = "org.person_not_found"
    title = "There is no such person"
    hint = "Search for the person by name."
    person: PersonId


class UnitNotEmpty(Conflict):
    """Only an empty unit can be removed."""

    code = "org.unit_not_empty"
    title = "The unit is not empty"
    hint = "First move its units and people elsewhere, deactivated people included."
    units: int
    people: int


class UnitNameTaken(Conflict):
    """Two units below the same one cannot have the same name."""

    code = "org.unit_name_taken"
    title = "There is a unit of this name already"
    hint = "Choose another name, or another unit above it."
    parent: UnitId
    name: str


class UnitCycle(Conflict):
    """A unit cannot lie below itself."""

    code = "org.unit_cycle"
    title = "A unit cannot be moved below itself"
    hint = "Choose a unit outside of the one that moves."
    unit: UnitId
    parent: UnitId


class CompanyFixed(Conflict):
    """The company is the root of the tree: it cannot be moved, removed, or become another kind of unit."""

    code = "org.company_fixed"
    title = "The company itself cannot be moved, removed or made another kind of unit"
    hint = "It can be renamed."
    unit: UnitId


class PersonInactive(Conflict):
    """The person was deactivated."""

    code = "org.person_inactive"
    title = "The person was deactivated"
    hint = "Reactivate the person first."
    person: PersonId | None = None


class OwnDeactivation(Conflict):
    """Nobody locks themselves out: so one active administrator always remains."""

    code = "org.own_deactivation"
    title = "You cannot deactivate yourself"
    hint = "Ask another administrator."
