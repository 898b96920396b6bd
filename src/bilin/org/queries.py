"""Reads of units and people. Each takes a connection, so that several can share one snapshot."""

from collections.abc import Iterable, Sequence

import asyncpg

from bilin.core.database import Connection
from bilin.core.ids import PersonId, UnitId
from bilin.org.model import Person, PersonCard, Post, Unit
from bilin.org.scope import Scope

PERSON = """
SELECT p.id, p.name, p.pinyin, p.initials, p.title, p.unit, u.branch, p.active, p.email, p.phone
FROM org.person p JOIN org.unit u ON u.id = p.unit"""
SELECT_BY_IDS = f"{PERSON} WHERE p.id = ANY($1::bigint[])"
SELECT_POSTS = "SELECT unit, title, main FROM org.post WHERE person = $1 ORDER BY place"
SELECT_DIRECTORY = f"{PERSON} WHERE p.active ORDER BY p.sort, p.id LIMIT $1"
SELECT_IN_UNIT = "EXISTS (SELECT FROM org.post t WHERE t.person = p.id AND t.unit = ANY($1::bigint[]))"
SELECT_BELOW = "SELECT id FROM org.unit w WHERE w.removed IS NULL AND {scope}"
SELECT_PAGE = f"""{PERSON} WHERE {SELECT_IN_UNIT} AND (p.active OR $2)
  AND ($3::bigint IS NULL OR (p.sort, p.id) > (SELECT sort, id FROM org.person WHERE id = $3))
ORDER BY p.sort, p.id LIMIT $4"""
UNIT = """
SELECT u.id, u.parent, u.name, u.kind, u.path, u.rank, (
  SELECT count(DISTINCT t.person) FROM org.unit w JOIN org.post t ON t.unit = w.id JOIN org.person p ON p.id = t.person
  WHERE w.path >= u.path AND w.path < left(u.path, -1) || '/' AND p.active) AS people
FROM org.unit u"""
SELECT_UNITS = f"{UNIT} WHERE u.removed IS NULL ORDER BY length(u.path) - length(replace(u.path, '.', '')), rank, sort, id"
SELECT_UNIT = f"{UNIT} WHERE u.id = $1 AND u.removed IS NULL"
SELECT_COMPANY = """
SELECT id, parent, name, kind, path, rank, (SELECT count(*) FROM org.person WHERE active) AS people
FROM org.unit WHERE parent IS NULL AND removed IS NULL ORDER BY id LIMIT 1"""
SELECT_BRANCHES = "SELECT id, branch FROM org.unit WHERE removed IS NULL"


def _person(row: asyncpg.Record) -> Person:
    return Person(
        PersonId(row["id"]),
        row["name"],
        row["pinyin"],
        row["initials"],
        row["title"],
        UnitId(row["unit"]),
        UnitId(row["branch"]),
        row["active"],
    )


def _unit(row: asyncpg.Record) -> Unit:
    parent = None if row["parent"] is None else UnitId(row["parent"])
    return Unit(UnitId(row["id"]), parent, row["name"], row["kind"], row["path"], row["rank"], row["people"])


async def people_by_ids(db: Connection, ids: Iterable[PersonId]) -> list[Person]:
    """These people, deactivated ones included, in the order asked for; who does not exist is left out."""
    wanted = list(dict.fromkeys(ids))
    found = {row["id"]: _person(row) for row in await db.fetch(SELECT_BY_IDS, wanted)}
    return [found[identifier] for identifier in wanted if identifier in found]


async def person_card(db: Connection, person: PersonId) -> PersonCard | None:
    """Everything colleagues may know of a person; None when there is no such person."""
    row = await db.fetchrow(SELECT_BY_IDS, [person])
    if row is None:
        return None
    posts = await db.fetch(SELECT_POSTS, person)
    units = tuple(Post(UnitId(post["unit"]), post["title"], post["main"]) for post in posts)
    of = _person(row)
    return PersonCard(
        of.id, of.name, of.pinyin, of.initials, of.title, of.unit, of.branch, of.active, row["email"], row["phone"], units
    )


async def people_in(
    db: Connection, units: Scope | UnitId, *, inactive: bool, after: PersonId | None, limit: int
) -> list[Person]:
    """A page of the people who have a post in a unit, or anywhere in a scope, by name."""
    ids: Sequence[UnitId]
    if isinstance(units, Scope):
        below = SELECT_BELOW.format(scope=units.predicate("w.path", 1))
        ids = [row["id"] for row in await db.fetch(below, *units.arguments)]
    else:
        ids = [units]
    return [_person(row) for row in await db.fetch(SELECT_PAGE, ids, inactive, after, limit)]


async def directory(db: Connection, limit: int) -> list[Person]:
    """Active people by name."""
    return [_person(row) for row in await db.fetch(SELECT_DIRECTORY, limit)]


async def units(db: Connection) -> list[Unit]:
    """All units, parents before their children, siblings by rank and name."""
    return [_unit(row) for row in await db.fetch(SELECT_UNITS)]


async def unit_by_id(db: Connection, unit: UnitId) -> Unit | None:
    """One unit; None when there is none."""
    row = await db.fetchrow(SELECT_UNIT, unit)
    return None if row is None else _unit(row)


async def company(db: Connection) -> Unit | None:
    """The root of the unit tree; None before the company is founded."""
    row = await db.fetchrow(SELECT_COMPANY)
    return None if row is None else _unit(row)


async def unit_branches(db: Connection) -> dict[UnitId, UnitId]:
    """For each unit the nearest unit of kind company or branch, itself included."""
    return {UnitId(row["id"]): UnitId(row["branch"]) for row in await db.fetch(SELECT_BRANCHES)}
