"""Org owns the organisation: the tree of units (company, branches, departments, teams), and the people in it.

It knows nothing of sign-in: logins, sessions and roles are identity's. Who may change what here is asked through
`bilin.core.permissions`.
"""

from bilin.core.module import Module
from bilin.org import fields
from bilin.org.access import access_person, access_unit, manage_person, manage_unit
from bilin.org.commands.activity import DeactivatePerson, ReactivatePerson, deactivate_person, reactivate_person
from bilin.org.commands.add_person import AddPerson, add_person, person_added
from bilin.org.commands.add_unit import AddUnit, add_unit
from bilin.org.commands.change_person import ChangePerson, change_person, person_changed
from bilin.org.commands.posts import MAX_POSTS, all_posts
from bilin.org.errors import OwnDeactivation, PersonInactive, PersonNotFound, UnitNotFound
from bilin.org.events import (
    PersonAdded,
    PersonChanged,
    PersonDeactivated,
    PersonReactivated,
    UnitAdded,
    UnitChanged,
    UnitRemoved,
)
from bilin.org.features import organisation
from bilin.org.model import COMPANY, ORG_MANAGE, TREE, Language, Person, PersonCard, Post, TreeUnit, Unit, UnitKind
from bilin.org.names import spell
from bilin.org.queries import (
    company,
    main_units,
    names_in,
    people_by_ids,
    people_ever_in,
    people_in,
    person_card,
    person_cards,
    unit_branches,
    unit_locale,
    unit_parents,
    unit_tree,
    units,
    units_ever,
    units_in,
)
from bilin.org.scope import Scope, existing_units, is_covered, scope_of, units_above
from bilin.org.search import search_people

__all__ = [
    "COMPANY",
    "MAX_POSTS",
    "ORG_MANAGE",
    "TREE",
    "AddPerson",
    "AddUnit",
    "ChangePerson",
    "DeactivatePerson",
    "Language",
    "OwnDeactivation",
    "Person",
    "PersonAdded",
    "PersonCard",
    "PersonChanged",
    "PersonDeactivated",
    "PersonInactive",
    "PersonNotFound",
    "PersonReactivated",
    "Post",
    "ReactivatePerson",
    "Scope",
    "TreeUnit",
    "Unit",
    "UnitAdded",
    "UnitChanged",
    "UnitKind",
    "UnitNotFound",
    "UnitRemoved",
    "access_person",
    "access_unit",
    "add_person",
    "add_unit",
    "all_posts",
    "change_person",
    "company",
    "deactivate_person",
    "existing_units",
    "fields",
    "is_covered",
    "main_units",
    "manage_person",
    "manage_unit",
    "module",
    "names_in",
    "people_by_ids",
    "people_ever_in",
    "people_in",
    "person_added",
    "person_card",
    "person_cards",
    "person_changed",
    "reactivate_person",
    "scope_of",
    "search_people",
    "spell",
    "unit_branches",
    "unit_locale",
    "unit_parents",
    "unit_tree",
    "units",
    "units_above",
    "units_ever",
    "units_in",
]

module = Module("org", features=(organisation,))
