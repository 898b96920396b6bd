"""Org owns the organisation: the tree of units (company, branches, departments, teams), and the people in it.

It knows nothing of sign-in: logins, sessions and roles are identity's. Who may change what here is asked through
`bilin.core.permissions`.
"""

from bilin.core.module import Module
from bilin.org import apply
from bilin.org.access import access_person, access_unit, manage_person, manage_unit
from bilin.org.errors import PersonInactive, PersonNotFound, UnitNotFound
from bilin.org.events import (
    PersonAdded,
    PersonChanged,
    PersonDeactivated,
    PersonReactivated,
    UnitAdded,
    UnitChanged,
    UnitRemoved,
)
from bilin.org.model import COMPANY, ORG_MANAGE, Person, PersonCard, Post, Unit, UnitKind
from bilin.org.queries import company, people_by_ids, person_card, unit_branches
from bilin.org.scope import Scope, scope_of

__all__ = [
    "COMPANY",
    "ORG_MANAGE",
    "Person",
    "PersonAdded",
    "PersonCard",
    "PersonChanged",
    "PersonDeactivated",
    "PersonInactive",
    "PersonNotFound",
    "PersonReactivated",
    "Post",
    "Scope",
    "Unit",
    "UnitAdded",
    "UnitChanged",
    "UnitKind",
    "UnitNotFound",
    "UnitRemoved",
    "access_person",
    "access_unit",
    "apply",
    "company",
    "manage_person",
    "manage_unit",
    "module",
    "people_by_ids",
    "person_card",
    "scope_of",
    "unit_branches",
]

module = Module("org")
