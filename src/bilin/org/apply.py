"""Org events → rows, in bulk. Applying an event again, or late, changes nothing: rows remember the last event's id.

Paths and branches are derived from the parents alone, after every change of the tree, so that they are the same
however the events were grouped into commits.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from msgspec import UNSET

from bilin.core.database import Connection
from bilin.core.events import Batch, Recorded, Work, applies
from bilin.core.ids import PersonId
from bilin.org.events import (
    PersonAdded,
    PersonChanged,
    PersonDeactivated,
    PersonReactivated,
    UnitAdded,
    UnitChanged,
    UnitRemoved,
)
from bilin.org.model import ROOT_PATH, Post
from bilin.org.names import found_by, sort_key, spell, unit_sort_key

INSERT_UNITS = """
INSERT INTO org.unit (id, parent, name, kind, rank, sort, path, branch, changed)
SELECT id, parent, name, kind, rank, sort, '', id, event
FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::int[], $6::text[], $7::bigint[])
  AS new(id, parent, name, kind, rank, sort, event)
ON CONFLICT (id) DO NOTHING"""
UPDATE_UNIT = """
UPDATE org.unit SET parent = coalesce($3, parent), name = coalesce($4, name), kind = coalesce($5, kind),
  rank = coalesce($6, rank), sort = coalesce($7, sort), changed = $2
WHERE id = $1 AND changed < $2"""
REMOVE_UNITS = """
UPDATE org.unit u SET removed = gone.event
FROM unnest($1::bigint[], $2::bigint[]) AS gone(id, event) WHERE u.id = gone.id AND u.removed IS NULL"""
DERIVE_TREE = f"""
WITH RECURSIVE tree AS (
  SELECT id, '{ROOT_PATH}' COLLATE "C" AS path, id AS branch FROM org.unit WHERE parent IS NULL
  UNION ALL
  SELECT u.id, tree.path || u.id || '.', CASE WHEN u.kind IN ('company', 'branch') THEN u.id ELSE tree.branch END
  FROM org.unit u JOIN tree ON u.parent = tree.id)
UPDATE org.unit u SET path = tree.path, branch = tree.branch FROM tree
WHERE u.id = tree.id AND (u.path, u.branch) IS DISTINCT FROM (tree.path, tree.branch)"""  # noqa: S608 (constants)
INSERT_PEOPLE = """
INSERT INTO org.person
  (id, name, pinyin, initials, title, unit, email, phone, sort, found_by, active, changed, activity)
SELECT id, name, pinyin, initials, title, unit, email, phone, sort, found_by, true, event, event
FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::text[], $8::text[],
            $9::text[], $10::text[], $11::bigint[])
  AS new(id, name, pinyin, initials, title, unit, email, phone, sort, found_by, event)
ON CONFLICT (id) DO NOTHING RETURNING id"""
SELECT_CHANGED = "SELECT id, name, title, unit, email, phone, changed FROM org.person WHERE id = ANY($1::bigint[])"
UPDATE_PEOPLE = """
UPDATE org.person p SET name = new.name, pinyin = new.pinyin, initials = new.initials, title = new.title,
  unit = new.unit, email = new.email, phone = new.phone, sort = new.sort, found_by = new.found_by, changed = new.event
FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::text[], $8::text[],
            $9::text[], $10::text[], $11::bigint[])
  AS new(id, name, pinyin, initials, title, unit, email, phone, sort, found_by, event)
WHERE p.id = new.id"""
DELETE_POSTS = "DELETE FROM org.post WHERE person = ANY($1::bigint[])"
INSERT_POSTS = """
INSERT INTO org.post (person, unit, title, main, place)
SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::boolean[], $5::smallint[])"""
SET_ACTIVE = """
UPDATE org.person p SET active = $3, activity = new.event
FROM (SELECT id, max(event) AS event FROM unnest($1::bigint[], $2::bigint[]) AS e(id, event) GROUP BY id) AS new
WHERE p.id = new.id AND p.activity < new.event"""

FACTS = ("name", "title", "unit", "email", "phone")


@applies(UnitAdded)
async def apply_unit_added(work: Work, added: Batch[UnitAdded]) -> None:
    sorts = [unit_sort_key(name) for name in added.column("name")]
    await work.db.execute(INSERT_UNITS, *added.columns("unit", "parent", "name", "kind", "rank"), sorts, added.ids)
    await work.db.execute(DERIVE_TREE)


@applies(UnitChanged)
async def apply_unit_changed(work: Work, changed: Batch[UnitChanged]) -> None:
    for record in changed:
        unit = record.event
        fields = [None if value is UNSET else value for value in (unit.parent, unit.name, unit.kind, unit.rank)]
        sort = None if unit.name is UNSET else unit_sort_key(unit.name)
        await work.db.execute(UPDATE_UNIT, unit.unit, record.id, *fields, sort)
    await work.db.execute(DERIVE_TREE)


@applies(UnitRemoved)
async def apply_unit_removed(work: Work, removed: Batch[UnitRemoved]) -> None:
    await work.db.execute(REMOVE_UNITS, *removed.columns("unit", "id"))


@applies(PersonAdded)
async def apply_person_added(work: Work, added: Batch[PersonAdded]) -> None:
    facts = [(r.event.person, {field: getattr(r.event, field) for field in FACTS}, r.id) for r in added]
    new = {row["id"] for row in await work.db.fetch(INSERT_PEOPLE, *_columns(facts))}
    await _insert_posts(work.db, {r.event.person: r.event.units for r in added if r.event.person in new})


@applies(PersonChanged)
async def apply_person_changed(work: Work, changed: Batch[PersonChanged]) -> None:
    rows = await work.db.fetch(SELECT_CHANGED, changed.column("person"))
    known = {row["id"]: dict(row) for row in rows}
    posts: dict[PersonId, Sequence[Post]] = {}
    for record in changed:
        _change(known, posts, record)
    facts = [(person, row, row["changed"]) for person, row in known.items()]
    await work.db.execute(UPDATE_PEOPLE, *_columns(facts))
    await work.db.execute(DELETE_POSTS, list(posts))
    await _insert_posts(work.db, posts)


@applies(PersonDeactivated)
async def apply_person_deactivated(work: Work, deactivated: Batch[PersonDeactivated]) -> None:
    await work.db.execute(SET_ACTIVE, *deactivated.columns("person", "id"), False)


@applies(PersonReactivated)
async def apply_person_reactivated(work: Work, reactivated: Batch[PersonReactivated]) -> None:
    await work.db.execute(SET_ACTIVE, *reactivated.columns("person", "id"), True)


def _change(
    known: dict[int, dict[str, Any]], posts: dict[PersonId, Sequence[Post]], record: Recorded[PersonChanged]
) -> None:
    """Change the row of a person in memory, unless it has seen this event or a later one."""
    event = record.event
    row = known.get(event.person)
    if row is None or row["changed"] >= record.id:
        return
    row["changed"] = record.id
    row.update({field: value for field in FACTS if (value := getattr(event, field)) is not UNSET})
    if event.units is not UNSET:
        posts[event.person] = event.units


def _columns(people: Iterable[tuple[int, dict[str, Any], int]]) -> list[list[Any]]:
    """Rows of `org.person` as columns, with what is derived from the name."""
    rows = [
        (
            person,
            facts["name"],
            *spell(facts["name"]),
            *(facts[field] for field in FACTS[1:]),
            sort_key(facts["name"]),
            found_by(facts["name"], facts["title"]),
            event,
        )
        for person, facts, event in people
    ]
    return [list(column) for column in zip(*rows, strict=True)] if rows else [[] for _ in range(11)]


async def _insert_posts(db: Connection, posts: dict[PersonId, Sequence[Post]]) -> None:
    rows = [
        (person, post.unit, post.title, post.main, place)
        for person, all_posts in posts.items()
        for place, post in enumerate(all_posts)
    ]
    if rows:
        await db.execute(INSERT_POSTS, *map(list, zip(*rows, strict=True)))
