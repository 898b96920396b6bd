"""People: how they are found and where they work, which follow from what was said of each."""

import asyncio
from collections.abc import Sequence
from typing import Any

import asyncpg

from bilin.core.database import Connection
from bilin.core.events import Batch, Work, applies, write_all
from bilin.org.apply.units import speak_of_units
from bilin.org.events import PersonAdded, PersonChanged, posts_of
from bilin.org.finding import FORM, found_by
from bilin.org.names import sort_key, spell

SELECT = "SELECT id, name, title, unit_id FROM org.person WHERE id = ANY($1::bigint[])"
DELETE_POSTS = "DELETE FROM org.post WHERE person = ANY($1::bigint[])"
INSERT_POSTS = """
INSERT INTO org.post (person, unit, title, main, place)
SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::boolean[], $5::smallint[])"""

SELECT_OUTDATED = "SELECT id, name, title FROM org.person WHERE left(found_by, length($1)) <> $1 ORDER BY id LIMIT $2"
UPDATE_DERIVED = """
UPDATE org.person AS p SET pinyin = n.pinyin, initials = n.initials, sort = n.sort, found_by = n.found_by
FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[])
  AS n(id, name, title, pinyin, initials, sort, found_by)
WHERE p.id = n.id AND p.name = n.name AND p.title = n.title"""
AT_ONCE = 1_000


async def work_out_anew(db: Connection) -> None:
    """Names that an older release worked out in another form; one that changes meanwhile is worked out by itself."""
    while rows := await db.fetch(SELECT_OUTDATED, FORM, AT_ONCE):
        await _work_out(db, rows)
        await asyncio.sleep(0)


@applies(PersonAdded)
async def apply_person_added(work: Work, added: Batch[PersonAdded]) -> None:
    await _apply(work, added)


@applies(PersonChanged)
async def apply_person_changed(work: Work, changed: Batch[PersonChanged]) -> None:
    await _apply(work, changed)


async def _apply(work: Work, people: Batch[Any]) -> None:
    """What follows from what is said: how people are found, and the posts of the event that says their main unit."""
    await write_all(work, people)
    rows = await work.db.fetch(SELECT, people.column("person"))
    await _work_out(work.db, rows)
    said = {(record.event.person, record.id): posts_of(record.event) for record in people}
    standing = {row["id"]: said.get((row["id"], row["unit_id"]), ()) for row in rows}
    posts = [
        (person, post.unit, post.title, post.main, place)
        for person, all_posts in standing.items()
        for place, post in enumerate(all_posts)
    ]
    if posts:
        await work.db.execute(DELETE_POSTS, [person for person, all_posts in standing.items() if all_posts])
        await work.db.execute(INSERT_POSTS, *map(list, zip(*posts, strict=True)))
    await speak_of_units(work.db, {post.unit for all_posts in said.values() for post in all_posts})


async def _work_out(db: Connection, rows: Sequence[asyncpg.Record]) -> None:
    """What follows from name and title."""
    derived = [(*said, *spell(said[1]), sort_key(said[1]), found_by(said[1], said[2])) for said in map(_said, rows)]
    if derived:
        await db.execute(UPDATE_DERIVED, *map(list, zip(*derived, strict=True)))


def _said(row: asyncpg.Record) -> tuple[int, str, str]:
    return row["id"], row["name"], row["title"]
