"""Reads of units and people. Each takes a connection, so that several can share one snapshot."""

from collections.abc import Iterable

import asyncpg
from msgspec import structs

from bilin.core.database import Connection
from bilin.core.ids import PersonId, UnitId
from bilin.org.model import Language, Person, PersonCard, Post, TreeUnit, Unit
from bilin.org.scope import Scope

PERSON = """
SELECT p.id, p.name, p.pinyin, p.initials, p.title, u.stands AS unit, u.branch, p.active, p.email, p.phone
FROM org.person p JOIN org.unit u ON u.id = p.unit AND u.stands IS NOT NULL AND p.added IS NOT NULL"""
SELECT_BY_IDS = f"{PERSON} WHERE p.id = ANY($1::bigint[])"
SELECT_POSTS = """
SELECT t.person, u.stands AS unit, t.main, CASE WHEN t.main THEN p.title ELSE t.title END AS title
FROM org.post t JOIN org.unit u ON u.id = t.unit AND u.stands IS NOT NULL JOIN org.person p ON p.id = t.person
WHERE t.person = ANY($1::bigint[]) ORDER BY t.person, t.place"""
AFTER = "({0}::bigint IS NULL OR (p.sort, p.id) > (SELECT sort, id FROM org.person WHERE id = {0}))"
SELECT_DIRECTORY = f"{PERSON} WHERE p.active AND {AFTER.format('$1')} ORDER BY p.sort, p.id LIMIT $2"
SELECT_IN_UNIT = """EXISTS (
  SELECT FROM org.post t JOIN org.unit w ON w.id = t.unit WHERE t.person = p.id AND w.stands = ANY($1::bigint[]))"""
SELECT_BELOW = "SELECT id FROM org.unit w WHERE w.stands = w.id AND {scope}"
SELECT_PAGE = f"""{PERSON} WHERE {SELECT_IN_UNIT} AND (p.active OR $2)
  AND {AFTER.format("$3")}
ORDER BY p.sort, p.id LIMIT $4"""
UNIT = """
SELECT u.id, u.parent, u.name, u.kind, u.path, u.rank, u.locale, (
  SELECT count(DISTINCT t.person) FROM org.unit w JOIN org.post t ON t.unit = w.id JOIN org.person p ON p.id = t.person
  WHERE w.path >= u.path AND w.path < left(u.path, -1) || '/' AND p.active
    AND p.added IS NOT NULL) AS people
FROM org.unit u"""
SELECT_UNITS = (
    f"{UNIT} WHERE u.stands = u.id ORDER BY length(u.path) - length(replace(u.path, '.', '')), rank, sort, id"
)
SELECT_TREE = """
SELECT id, parent, name, kind FROM org.unit WHERE stands = id
ORDER BY length(path) - length(replace(path, '.', '')), id"""
SELECT_UNIT = f"{UNIT} WHERE u.id = $1 AND u.stands = u.id"
SELECT_COMPANY = """
SELECT id, parent, name, kind, path, rank, locale,
  (SELECT count(*) FROM org.person WHERE active AND added IS NOT NULL) AS people
FROM org.unit WHERE parent IS NULL AND stands = id ORDER BY id LIMIT 1"""
SELECT_LOCALE = """
SELECT a.locale FROM org.unit u JOIN org.unit a ON a.stands = a.id AND starts_with(u.path, a.path)
WHERE u.id = $1 AND a.locale IS NOT NULL ORDER BY length(a.path) DESC LIMIT 1"""
SELECT_BRANCHES = "SELECT id, branch FROM org.unit WHERE stands = id"
SELECT_PARENTS = "SELECT id, parent FROM org.unit"
SELECT_UNITS_EVER = """
SELECT person, array_agg(unit) AS units FROM org.worked WHERE person = ANY($1::bigint[]) GROUP BY person"""
SELECT_EVER_IN = "SELECT DISTINCT person FROM org.worked WHERE unit = ANY($1::bigint[])"
SELECT_NAMES_IN = """
SELECT u.stands AS unit, p.name FROM org.person p JOIN org.unit u ON u.id = p.unit
WHERE u.stands = ANY($1::bigint[]) AND p.added IS NOT NULL ORDER BY p.id"""
SELECT_MAIN_UNITS = """
SELECT p.id, u.stands AS unit FROM org.person p JOIN org.unit u ON u.id = p.unit
WHERE u.stands IS NOT NULL AND ($1::bigint[] IS NULL OR p.id = ANY($1))"""


def person_of(row: asyncpg.Record) -> Person:
    """A row of `PERSON` as others see it."""
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


def _card(row: asyncpg.Record, posts: list[Post]) -> PersonCard:
    return PersonCard(**structs.asdict(person_of(row)), email=row["email"], phone=row["phone"], units=tuple(posts))


def _unit(row: asyncpg.Record) -> Unit:
    parent = None if row["parent"] is None else UnitId(row["parent"])
    return Unit(
        UnitId(row["id"]), parent, row["name"], row["kind"], row["path"], row["rank"], row["people"], row["locale"]
    )


async def people_by_ids(db: Connection, ids: Iterable[PersonId]) -> list[Person]:
    """These people, deactivated ones included, in the order asked for; who does not exist is left out."""
    wanted = list(dict.fromkeys(ids))
    found = {row["id"]: person_of(row) for row in await db.fetch(SELECT_BY_IDS, wanted)}
    return [found[identifier] for identifier in wanted if identifier in found]


async def person_cards(db: Connection, ids: Iterable[PersonId]) -> dict[PersonId, PersonCard]:
    """Everything colleagues may know of these people; who does not exist is left out."""
    wanted = list(ids)
    posts: dict[int, list[Post]] = {}
    for row in await db.fetch(SELECT_POSTS, wanted):
        known = posts.setdefault(row["person"], [])
        if all(post.unit != row["unit"] for post in known):  # two posts may have come to stand in one unit
            known.append(Post(UnitId(row["unit"]), row["title"], row["main"]))
    cards = (_card(row, posts.get(row["id"], [])) for row in await db.fetch(SELECT_BY_IDS, wanted))
    return {card.id: card for card in cards}


async def person_card(db: Connection, person: PersonId) -> PersonCard | None:
    """Everything colleagues may know of a person; None when there is no such person."""
    return (await person_cards(db, [person])).get(person)


async def people_in(
    db: Connection, units: Scope | UnitId, *, inactive: bool, after: PersonId | None, limit: int
) -> list[Person]:
    """A page of the people who have a post in a unit, or anywhere in a scope, by name."""
    ids = await units_in(db, units) if isinstance(units, Scope) else [units]
    return [person_of(row) for row in await db.fetch(SELECT_PAGE, ids, inactive, after, limit)]


async def units_in(db: Connection, scope: Scope) -> list[UnitId]:
    """The ids of all units in a scope."""
    below = SELECT_BELOW.format(scope=scope.predicate("w.path", 1))
    return [UnitId(row["id"]) for row in await db.fetch(below, *scope.arguments)]


async def directory(db: Connection, after: PersonId | None, limit: int) -> list[Person]:
    """A page of the active people, by name."""
    return [person_of(row) for row in await db.fetch(SELECT_DIRECTORY, after, limit)]


async def units(db: Connection) -> list[Unit]:
    """All units, parents before their children, siblings by rank and name."""
    return [_unit(row) for row in await db.fetch(SELECT_UNITS)]


async def unit_tree(db: Connection) -> list[TreeUnit]:
    """All units without what costs time to count, parents before their children."""
    rows = await db.fetch(SELECT_TREE)
    return [
        TreeUnit(UnitId(row["id"]), None if row["parent"] is None else UnitId(row["parent"]), row["name"], row["kind"])
        for row in rows
    ]


async def unit_by_id(db: Connection, unit: UnitId) -> Unit | None:
    """One unit; None when there is none."""
    row = await db.fetchrow(SELECT_UNIT, unit)
    return None if row is None else _unit(row)


async def company(db: Connection) -> Unit | None:
    """The root of the unit tree; None before the company is founded."""
    row = await db.fetchrow(SELECT_COMPANY)
    return None if row is None else _unit(row)


async def unit_locale(db: Connection, unit: UnitId) -> Language | None:
    """The language of those in a unit who have not chosen one: its own, or that of the nearest above that has one."""
    found: Language | None = await db.fetchval(SELECT_LOCALE, unit)
    return found


async def unit_branches(db: Connection) -> dict[UnitId, UnitId]:
    """For each unit the nearest unit of kind company or branch, itself included."""
    return {UnitId(row["id"]): UnitId(row["branch"]) for row in await db.fetch(SELECT_BRANCHES)}


async def unit_parents(db: Connection) -> dict[UnitId, UnitId | None]:
    """The unit above each unit, removed ones included: nobody knows what still names them."""
    return {
        UnitId(row["id"]): None if row["parent"] is None else UnitId(row["parent"])
        for row in await db.fetch(SELECT_PARENTS)
    }


async def units_ever(db: Connection, people: Iterable[PersonId]) -> dict[PersonId, list[UnitId]]:
    """Every main unit that each of these people ever had."""
    rows = await db.fetch(SELECT_UNITS_EVER, list(people))
    return {PersonId(row["person"]): [UnitId(unit) for unit in row["units"]] for row in rows}


async def people_ever_in(db: Connection, units: Iterable[UnitId]) -> set[PersonId]:
    """Everybody who ever had one of these as their main unit."""
    return {PersonId(row["person"]) for row in await db.fetch(SELECT_EVER_IN, list(units))}


async def names_in(db: Connection, units: Iterable[UnitId]) -> list[tuple[UnitId, str]]:
    """The names of all whose main unit is one of these, those who have left included, each with the unit."""
    return [(UnitId(row["unit"]), row["name"]) for row in await db.fetch(SELECT_NAMES_IN, list(units))]


async def main_units(db: Connection, people: Iterable[PersonId] | None = None) -> dict[PersonId, UnitId]:
    """The main unit of these people, or of everybody."""
    rows = await db.fetch(SELECT_MAIN_UNITS, None if people is None else list(people))
    return {PersonId(row["id"]): UnitId(row["unit"]) for row in rows}
