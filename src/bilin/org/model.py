"""Units and people as others see them, and the names of what `Expect` guards here."""

from typing import Literal

import msgspec

from bilin.core.ids import PersonId, UnitId, derived_id

ORG_MANAGE = "org.manage"

Language = Literal["zh-CN", "en"]
UnitKind = Literal["company", "branch", "department", "team"]
ROOT_PATH = "r."

COMPANY = derived_id("org.company")
"""Entity: the company. Version 0 until it is founded."""
TREE = derived_id("org.tree")
"""Entity: the shape of the unit tree; every change of a unit bumps it, so two moves cannot make a cycle."""


def people_of(unit: UnitId) -> int:
    """Entity: who is in a unit; bumped when somebody comes in, so that only an empty unit can be removed."""
    return derived_id("org.people_of", unit)


class Unit(msgspec.Struct, frozen=True):
    """A unit of the organisation: the company itself, a branch, a department or a team."""

    id: UnitId
    parent: UnitId | None
    name: str
    kind: UnitKind
    path: str
    rank: int
    people: int
    """Active people in the unit and everything below it."""
    locale: Language | None = None
    """The language of those here and below who have not chosen one; None: that of the unit above."""


class TreeUnit(msgspec.Struct, frozen=True):
    """A unit as a place in the tree."""

    id: UnitId
    parent: UnitId | None
    name: str
    kind: UnitKind


class Post(msgspec.Struct, frozen=True):
    """One place of a person in the organisation. Everybody has one main post."""

    unit: UnitId
    title: str
    main: bool


class Person(msgspec.Struct, frozen=True):
    """A person, as shown in lists and beside messages."""

    id: PersonId
    name: str
    pinyin: str
    """"zhang wei"; empty for names without Chinese, as are the initials."""
    initials: str
    title: str
    unit: UnitId
    branch: UnitId
    """The nearest unit of kind company or branch that holds the main unit."""
    active: bool


class PersonCard(msgspec.Struct, frozen=True):
    """Everything colleagues may know of a person."""

    id: PersonId
    name: str
    pinyin: str
    initials: str
    title: str
    unit: UnitId
    branch: UnitId
    active: bool
    email: str
    phone: str
    units: tuple[Post, ...]
