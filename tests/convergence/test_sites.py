"""Three sites that learn the same events in different orders, some of them twice, hold the same state.

The first site is where people acted at random, so its log holds every event type. The two others are given its events
shuffled, cut into commits of any size, with repetitions. A new event type fails here unless its `apply` converges.

What is local to a site by definition is left out: `seq` numbers texts in the order they arrive, and so does what is
counted in it. (`tests/messaging/test_convergence.py` holds those numbers to their own rules.)
"""

import random
from collections.abc import Sequence

import pytest
import sqlalchemy as sa

from bilin.core.crypto import Keyring, read_master_key
from bilin.core.database import Connection, Pool, connect
from bilin.core.events import EVENT_TYPES, Event, Recorded, Work
from bilin.core.ids import Id, SessionId
from bilin.core.log import Decision
from bilin.core.log.commit import apply_all
from bilin.core.log.store import read_range
from bilin.core.registers import is_sealed
from bilin.core.settings import SiteSettings
from bilin.core.site import MASTER_KEY_FILE
from bilin.core.tables import metadata
from bilin.identity.events import GuestAdmitted, SessionUsed
from bilin.sites.replication.events import KeptBackSettled
from tests.convergence.company import gather
from tests.convergence.crowd import Crowd
from tests.identity.office import Office
from tests.messaging.histories import opened
from tests.support.effort import EFFORT
from tests.support.servers import TestPostgres

ACTIONS, MOST = 350, 1_500
SEEDS = range(1, 2 * EFFORT + 1)
SELECT_TYPES = "SELECT DISTINCT type FROM core.log"
pytestmark = pytest.mark.xdist_group("sites of the convergence")
"""The last test looks at what the others have done."""
seen: set[str] = set()
"""The event types that happened in this run."""


async def state(db: Connection, keys: Keyring) -> dict[str, list[str]]:
    """All rows of all tables that must be equal."""
    tables = [table for table in metadata.tables.values() if not table.info.get("local")]
    return {table.fullname: await _rows(db, keys, table) for table in tables}


async def _rows(db: Connection, keys: Keyring, table: sa.Table) -> list[str]:
    """What is sealed is sealed with a fresh nonce at every site: compared opened."""
    found = await db.fetch(f"SELECT * FROM {table.fullname}")  # noqa: S608 (names of our own tables)
    await keys.load(db, [row[column.name] for row in found for column in table.columns if is_sealed(column)])
    rows = [opened(keys, row, table) for row in found]
    return sorted(repr({c.name: row[c.name] for c in table.columns if not c.info.get("local")}) for row in rows)


def commits(dice: random.Random, records: Sequence[Recorded[Event]]) -> list[list[Recorded[Event]]]:
    """In any order, cut into commits, and some of them again later."""
    cut: list[list[Recorded[Event]]] = []
    rest = dice.sample(list(records), len(records))
    while rest:
        size = dice.randrange(1, 40)
        cut.append(rest[:size])
        rest = rest[size:]
        if dice.random() < 0.2:
            cut.append(dice.choice(cut))
    return cut


async def use_a_session(office: Office) -> None:
    """What happens once an hour in life, and what is said of another site."""
    person = office.person(office.boss_id)
    async with office.site.pool.acquire() as db:
        session = SessionId(await db.fetchval("SELECT id FROM identity.session WHERE person = $1 LIMIT 1", person))
    events = [SessionUsed(session=session, person=person), GuestAdmitted(person=person, site=2)]
    settled = [KeptBackSettled(events=(Id(7), Id(8)), accepted=accepted) for accepted in (True, False, True)]
    await office.site.log.append(Decision([*events, *settled]), person)


async def until_every_type_happened(crowd: Crowd, database: Pool) -> None:
    """Rare ones may have had no luck: people go on, so that no other action has to be made likelier for a new one."""
    for acted in range(MOST - ACTIONS):
        if acted % 20 == 0:
            happened = {row["type"] for row in await database.fetch(SELECT_TYPES)}
            if set(EVENT_TYPES) - seen <= happened:
                return
        await crowd.act()


@pytest.mark.parametrize("seed", SEEDS)
async def test_three_sites_end_in_equal_state(
    office: Office, postgres: TestPostgres, database: Pool, seed: int
) -> None:
    crowd = await gather(office, seed)
    for _ in range(ACTIONS):
        await crowd.act()
    await use_a_session(office)
    if seed == SEEDS[-1]:
        await until_every_type_happened(crowd, database)
    keys = Keyring(read_master_key(office.site.settings[SiteSettings].data_dir / MASTER_KEY_FILE))
    async with database.acquire() as db:
        records = [row.record for row in await read_range(db, keys, 0, 1_000_000)]
        expected = await state(db, keys)
    seen.update(record.event.TYPE.name for record in records)
    dice = random.Random(seed)  # noqa: S311 (repeatable)
    for _ in range(2):
        async with postgres.database() as url:
            assert await _site_given(url, commits(dice, records)) == expected


def test_every_type_happened() -> None:
    assert seen, "it looks at what the other tests of this file have done: run the whole file"
    assert set(EVENT_TYPES) - seen == set(), "let it happen: ACTIONS beside the tests of the feature"


async def _site_given(url: str, history: list[list[Recorded[Event]]]) -> dict[str, list[str]]:
    """The state of an empty site after these commits; it seals with keys of its own."""
    keys = Keyring(bytes(32))
    db = await connect(url)
    try:
        for commit in history:
            await keys.ensure(db, {(record.event.key_scope(), record.id) for record in commit})
            async with db.transaction():
                await apply_all(Work(db, keys, 1), commit)
        return await state(db, keys)
    finally:
        await db.close()
