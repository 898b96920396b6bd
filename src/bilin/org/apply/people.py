"""People: what was said of each, where they work, and whether they may sign in."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from msgspec import UNSET

from bilin.core.database import Connection
from bilin.core.events import Batch, Work, applies
from bilin.org.apply.merging import Row, columns, say
from bilin.org.apply.units import speak_of_units
from bilin.org.events import PersonAdded, PersonChanged, PersonDeactivated, PersonReactivated
from bilin.org.finding import FORM, found_by
from bilin.org.model import Post
from bilin.org.names import sort_key, spell

FIELDS = ("id", "name", "name_id", "title", "title_id", "email", "email_id", "phone", "phone_id", "unit", "unit_id")
SELECT = f"SELECT {', '.join(FIELDS)}, added FROM org.person WHERE id = ANY($1::bigint[])"  # noqa: S608 (constants)
DERIVED = ("pinyin", "initials", "sort", "found_by")
WRITTEN = (*FIELDS, "added", *DERIVED)
UPSERT = f"""
INSERT INTO org.person ({", ".join(WRITTEN)})
SELECT * FROM unnest($1::bigint[], $2::text[], $3::bigint[], $4::text[], $5::bigint[], $6::text[], $7::bigint[],
                     $8::text[], $9::bigint[], $10::bigint[], $11::bigint[], $12::bigint[], $13::text[], $14::text[],
                     $15::text[], $16::text[])
ON CONFLICT (id) DO UPDATE SET {", ".join(f"{name} = excluded.{name}" for name in WRITTEN[1:])}"""  # noqa: S608
DELETE_POSTS = "DELETE FROM org.post WHERE person = ANY($1::bigint[])"
INSERT_POSTS = """
INSERT INTO org.post (person, unit, title, main, place)
SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::boolean[], $5::smallint[])"""
KEEP_UNITS = """
INSERT INTO org.worked (person, unit) SELECT DISTINCT * FROM unnest($1::bigint[], $2::bigint[])
ON CONFLICT DO NOTHING"""
SET_ACTIVE = """
INSERT INTO org.person AS p (id, active, activity)
SELECT id, $3::boolean, max(event) FROM unnest($1::bigint[], $2::bigint[]) AS e(id, event) GROUP BY id
ON CONFLICT (id) DO UPDATE SET active = excluded.active, activity = excluded.activity
WHERE p.activity < excluded.activity"""

SELECT_OUTDATED = "SELECT id, name, title FROM org.person WHERE left(found_by, length($1)) <> $1 ORDER BY id LIMIT $2"
UPDATE_DERIVED = """
UPDATE org.person AS p SET pinyin = n.pinyin, initials = n.initials, sort = n.sort, found_by = n.found_by
FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[])
  AS n(id, name, title, pinyin, initials, sort, found_by)
WHERE p.id = n.id AND p.name = n.name AND p.title = n.title"""
AT_ONCE = 1_000


async def work_out_anew(db: Connection) -> None:
    """Names that an older release worked out in another form; one that changes meanwhile is worked out by itself."""
    while rows := [dict(row) for row in await db.fetch(SELECT_OUTDATED, FORM, AT_ONCE)]:
        derived = [{**row, **_derived(row)} for row in rows]
        await db.execute(UPDATE_DERIVED, *columns(derived, ("id", "name", "title", *DERIVED)))
        await asyncio.sleep(0)


@applies(PersonAdded)
async def apply_person_added(work: Work, added: Batch[PersonAdded]) -> None:
    people = await _People.of(work.db, added.column("person"))
    for record in added:
        people.add(record.event.person, record.id)
        people.say(record.event, record.id)
    await people.write(work.db)


@applies(PersonChanged)
async def apply_person_changed(work: Work, changed: Batch[PersonChanged]) -> None:
    people = await _People.of(work.db, changed.column("person"))
    for record in changed:
        people.say(record.event, record.id)
    await people.write(work.db)


@applies(PersonDeactivated)
async def apply_person_deactivated(work: Work, deactivated: Batch[PersonDeactivated]) -> None:
    await work.db.execute(SET_ACTIVE, *deactivated.columns("person", "id"), False)


@applies(PersonReactivated)
async def apply_person_reactivated(work: Work, reactivated: Batch[PersonReactivated]) -> None:
    await work.db.execute(SET_ACTIVE, *reactivated.columns("person", "id"), True)


class _People:
    """The rows of some people while events are merged into them."""

    def __init__(self, rows: dict[int, Row]) -> None:
        self._rows = rows
        self._posts: dict[int, Sequence[Post]] = {}
        self._units: set[int] = set()
        self._worked: list[tuple[int, int]] = []

    @classmethod
    async def of(cls, db: Connection, people: Sequence[int]) -> "_People":
        found = {row["id"]: dict(row) for row in await db.fetch(SELECT, people)}
        return cls({person: found.get(person) or _unknown(person) for person in people})

    def add(self, person: int, event: int) -> None:
        known = self._rows[person]["added"]
        self._rows[person]["added"] = event if known is None else min(known, event)

    def say(self, event: PersonAdded | PersonChanged, event_id: int) -> None:
        """Where somebody works is one fact: the main unit and all posts, of the same event."""
        row = self._rows[event.person]
        say(row, event_id, {"name": event.name, "title": event.title, "email": event.email, "phone": event.phone})
        posts = _posts_of(event)
        self._units.update(post.unit for post in posts)
        if posts:
            self._worked.append((event.person, posts[0].unit))
        if posts and row["unit_id"] < event_id:
            row["unit"], row["unit_id"] = posts[0].unit, event_id
            self._posts[event.person] = posts

    async def write(self, db: Connection) -> None:
        rows = [{**row, **_derived(row)} for row in self._rows.values()]
        await db.execute(UPSERT, *columns(rows, WRITTEN))
        await db.execute(DELETE_POSTS, list(self._posts))
        posts = list(_post_rows(self._posts))
        if posts:
            await db.execute(INSERT_POSTS, *map(list, zip(*posts, strict=True)))
        if self._worked:
            await db.execute(KEEP_UNITS, *map(list, zip(*self._worked, strict=True)))
        await speak_of_units(db, self._units)


def _unknown(person: int) -> Row:
    said = {"name": "", "title": "", "email": "", "phone": "", "unit": None}
    return {"id": person, "added": None, **said, **{f"{field}_id": 0 for field in said}}


def _derived(row: Row) -> dict[str, Any]:
    """What follows from name and title."""
    name, title = row["name"], row["title"]
    derived = (*spell(name), sort_key(name), found_by(name, title))
    return dict(zip(DERIVED, derived, strict=True))


def _posts_of(event: PersonAdded | PersonChanged) -> Sequence[Post]:
    """All posts that the event says, the main one first; none when it says nothing of them."""
    if event.units is not UNSET and event.units:
        return event.units
    return () if event.unit is UNSET else (Post(event.unit, "", main=True),)


def _post_rows(posts: Mapping[int, Sequence[Post]]) -> Iterable[tuple[int, int, str, bool, int]]:
    for person, all_posts in posts.items():
        for place, post in enumerate(all_posts):
            yield person, post.unit, post.title, post.main, place
