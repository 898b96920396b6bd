"""Events of these tests alone, with an applier that leaves a trace in a table."""

from collections.abc import Iterator
from contextlib import contextmanager

from bilin.core.database import Connection
from bilin.core.events import APPLIERS, EVENT_TYPES, Batch, Event, Work, additive, applies, event, last_writer
from bilin.core.ids import Id, PersonId

CREATE_NOTES = """
CREATE TABLE note (id bigint PRIMARY KEY, room bigint NOT NULL, text text NOT NULL UNIQUE CHECK (text <> 'poison'))"""


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


FACTS = (NoteAdded, TitleSet, Joined)
for fact in FACTS:
    del EVENT_TYPES[fact.TYPE.name]
del APPLIERS[NoteAdded]


@contextmanager
def known_facts() -> Iterator[None]:
    """The registry knows them for the time of the block only: other tests look at every event of the program."""
    EVENT_TYPES.update({fact.TYPE.name: fact.TYPE for fact in FACTS})
    APPLIERS[NoteAdded] = apply_notes
    try:
        yield
    finally:
        for fact in FACTS:
            del EVENT_TYPES[fact.TYPE.name]
        del APPLIERS[NoteAdded]


async def create_notes(db: Connection) -> None:
    """The table of the applier."""
    await db.execute(CREATE_NOTES)
