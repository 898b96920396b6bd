"""Events of these tests alone, with appliers that leave their traces in tables."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from bilin.core import scopes
from bilin.core.database import Connection
from bilin.core.events import APPLIERS, EVENT_TYPES, Applier, Batch, Event, Work, additive, applies, event, last_writer
from bilin.core.ids import Id, PersonId
from bilin.core.scopes import ScopeKind

CREATE_NOTES = """
CREATE TABLE note (id bigint PRIMARY KEY, room bigint NOT NULL, text text NOT NULL UNIQUE CHECK (text <> 'poison'));
CREATE TABLE guest (room bigint, person bigint, id bigint, present bool, PRIMARY KEY (room, person))"""


@event("logtest.note_added", version=1, merge=additive())
class NoteAdded(Event, frozen=True, kw_only=True):
    """Somebody wrote a note."""

    room: Id
    text: str

    def topics(self, actor: PersonId | None) -> tuple[int, ...]:
        return (self.room,)

    def key_scope(self) -> int:
        return self.room


@event("logtest.title_set", version=1, merge=last_writer("room"))
class TitleSet(Event, frozen=True, kw_only=True):
    """Somebody named a room."""

    room: Id
    title: str

    def topics(self, actor: PersonId | None) -> tuple[int, ...]:
        return (self.room,)

    def bumps(self) -> tuple[int, ...]:
        return (self.room,)


@event("logtest.joined", version=1, merge=last_writer("room", "person"))
class Joined(Event, frozen=True, kw_only=True):
    """Somebody is in a room from now on, or no longer."""

    room: Id
    person: PersonId
    present: bool

    def topics(self, actor: PersonId | None) -> tuple[int, ...]:
        return (self.room,)

    def subscribes(self, actor: PersonId | None) -> tuple[tuple[PersonId, int], ...]:
        return ((self.person, self.room),) if self.present else ()

    def unsubscribes(self, actor: PersonId | None) -> tuple[tuple[PersonId, int], ...]:
        return () if self.present else ((self.person, self.room),)


@applies(NoteAdded)
async def apply_notes(work: Work, notes: Batch[NoteAdded]) -> None:
    """One row a note."""
    await work.db.execute(
        "INSERT INTO note SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::text[])",
        *notes.columns("id", "room", "text"),
    )


@applies(Joined)
async def apply_joined(work: Work, joined: Batch[Joined]) -> None:
    """The latest by id decides who is in."""
    await work.db.execute(
        """INSERT INTO guest AS g SELECT DISTINCT ON (room, person) *
             FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bool[]) AS j(room, person, id, present)
            ORDER BY room, person, id DESC
           ON CONFLICT (room, person) DO UPDATE SET id = excluded.id, present = excluded.present
             WHERE excluded.id > g.id""",
        *joined.columns("room", "person", "id", "present"),
    )


async def guests_among(db: Connection, pairs: Sequence[tuple[int, int]]) -> set[tuple[int, int]]:
    """Who of these are in, as `scopes.in_effect` asks."""
    rows = await db.fetch("SELECT person, room FROM guest WHERE present")
    return set(pairs) & {(row["person"], row["room"]) for row in rows}


async def _nobody(db: Connection, wanted: Sequence[int]) -> dict[int, Sequence[PersonId]]:
    return {}


async def _nowhere(db: Connection, people: Sequence[PersonId]) -> set[int]:
    return set()


FACTS = (NoteAdded, TitleSet, Joined)
APPLIED: dict[type[Event], Applier] = {NoteAdded: apply_notes, Joined: apply_joined}


@contextmanager
def known_facts() -> Iterator[None]:
    """The registry knows them for the time of the block only: other tests look at every event of the program."""
    EVENT_TYPES.update({fact.TYPE.name: fact.TYPE for fact in FACTS})
    APPLIERS.update(APPLIED)
    others = dict(scopes.SCOPE_KINDS)
    scopes.SCOPE_KINDS.clear()
    scopes.SCOPE_KINDS["room"] = ScopeKind(
        name="room",
        members=_nobody,
        ever_members=_nobody,
        scopes_of=_nowhere,
        scopes_ever_of=_nowhere,
        members_among=guests_among,
    )
    try:
        yield
    finally:
        scopes.SCOPE_KINDS.clear()
        scopes.SCOPE_KINDS.update(others)
        for fact in FACTS:
            del EVENT_TYPES[fact.TYPE.name]
        for applied in APPLIED:
            del APPLIERS[applied]


async def create_notes(db: Connection) -> None:
    """The tables of the appliers."""
    await db.execute(CREATE_NOTES)
