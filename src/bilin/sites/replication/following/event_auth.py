"""Whether what another site sent is its to say (`bilin.core.claims`): asked of the database, a whole batch at once."""

from collections.abc import Callable, Sequence

import msgspec

from bilin.core.claims import BEYOND_LIMITS, Claim, Hearing, judge
from bilin.core.database import Connection, Pool, reading, snapshot
from bilin.core.events import Unknown
from bilin.core.ids import PersonId
from bilin.core.log.foreign import Foreign, decode
from bilin.core.log.store import Row
from bilin.core.ownership import FOUNDER
from bilin.sites.homes.home_map import HomeMap, Homes, read_homes
from bilin.sites.homes.past_homes import HomePlaces
from bilin.sites.replication.errors import BadBatch
from bilin.sites.replication.transport.wire import Sent

SELECT_SETTLED = "SELECT event, accepted FROM sites.settled WHERE event = ANY($1::bigint[])"
SELECT_PRESENT = "SELECT id FROM core.log WHERE id = ANY($1::bigint[])"
SELECT_ENDED = """
SELECT retired IS NULL AND joined IS NOT NULL AND invitation <= revoked FROM sites.site WHERE number = $1"""
REVOKED = "revoked"
"""The access of the site ended: nothing more of it is believed by itself."""
DISCARDED = "discarded"
"""An administrator dropped it."""


class EventAuth:
    """Judges for one site. The founding site is believed, since it decides who is at home where; and one's own are."""

    def __init__(self, pool: Pool, here: int, homes: Callable[[], Homes]) -> None:
        self._pool, self._here, self._homes = pool, here, homes

    async def judge(self, whose: int, events: Sequence[Sent]) -> Sequence[str | None]:
        """Why each event is kept back; None: it is believed. Raises `BadBatch` when one is none, and `Unavailable`.

        The map of homes in memory may be a moment old, so nothing is kept back before it was read anew. What is in the
        log already is not taken in again, and is no ground for anything: it need not be what the log has.
        """
        if whose in (FOUNDER, self._here) or not events:
            return [None] * len(events)
        async with reading(self._pool) as db:
            present = {row["id"] for row in await db.fetch(SELECT_PRESENT, [event.id for event in events])}
            claims = [_claim(whose, event) for event in events if event.id not in present]
            answers = await self._answers(db, whose, claims, self._homes().now)
            is_doubtful = any(answers) or await db.fetchval(SELECT_ENDED, whose)
        if is_doubtful:
            async with snapshot(self._pool) as (db, pos):
                answers = await self._answers(db, whose, claims, await self._homes().as_of(db, pos))
                answers = await _settle(db, whose, claims, answers)
        said = dict(zip((claim.id for claim in claims), answers, strict=True))
        return [said.get(event.id) for event in events]

    async def _answers(
        self, db: Connection, whose: int, claims: Sequence[Claim], homes: HomeMap
    ) -> Sequence[str | None]:
        people = {PersonId(each) for claim in claims for each in _named(claim)}
        places = await HomePlaces.read(db, homes, people, whose)
        return await judge(db, Hearing(places), claims)


async def _settle(
    db: Connection, whose: int, claims: Sequence[Claim], answers: Sequence[str | None]
) -> Sequence[str | None]:
    """What administrators said goes before what the rules say."""
    if await db.fetchval(SELECT_ENDED, whose):
        answers = [why or REVOKED for why in answers]
    return await _as_settled(db, claims, answers)


async def _as_settled(db: Connection, claims: Sequence[Claim], answers: Sequence[str | None]) -> Sequence[str | None]:
    kept = [claim.id for claim, why in zip(claims, answers, strict=True) if why is not None]
    said = {row["event"]: row["accepted"] for row in await db.fetch(SELECT_SETTLED, kept)}
    return [
        _verdict(why, accepted=said[claim.id]) if why is not None and claim.id in said else why
        for claim, why in zip(claims, answers, strict=True)
    ]


def _verdict(why: str, *, accepted: bool) -> str | None:
    """What no column holds cannot be taken in, whoever accepts it."""
    if not accepted:
        return DISCARDED
    return why if why == BEYOND_LIMITS else None


async def judge_again(here: int, db: Connection, rows: Sequence[Row]) -> Sequence[str | None]:
    """Why each event of the log is not its site's to say, now that this program understands it better; None: it is."""
    answers: dict[int, str | None] = {}
    others = sorted({row.record.site for row in rows} - {FOUNDER, here})
    homes = await read_homes(db) if others else None
    for whose in others:
        if homes is not None:
            claims = [
                Claim(row.record.id, whose, row.record.actor, row.record.event)
                for row in rows
                if row.record.site == whose
            ]
            people = {PersonId(each) for claim in claims for each in _named(claim)}
            said = await judge(db, Hearing(await HomePlaces.read(db, homes, people, whose)), claims)
            answers.update(zip((claim.id for claim in claims), await _as_settled(db, claims, said), strict=True))
    return [answers.get(row.record.id) for row in rows]


def foreign_of(whose: int, event: Sent) -> Foreign:
    """The event as the log takes it."""
    return Foreign(event.id, whose, event.actor, event.type, event.version, event.data, event.mark)


def _claim(whose: int, event: Sent) -> Claim:
    try:
        said = decode(foreign_of(whose, event))
    except msgspec.ValidationError as cause:
        raise BadBatch(f"What site {whose} sent holds an event that is none: {cause}") from cause
    return Claim(event.id, whose, None if event.actor is None else PersonId(event.actor), said, len(event.data))


def _named(claim: Claim) -> Sequence[int]:
    """Whom the rules ask about: the author, and whose fact it is."""
    if isinstance(claim.event, Unknown):
        return ()
    return [each for each in (claim.actor, getattr(claim.event, "person", None)) if each is not None]
