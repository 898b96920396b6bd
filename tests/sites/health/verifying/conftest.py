"""Two sites' databases with the same history in them: people acted at one, the other was given its events."""

import random
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Any, cast

import pytest

from bilin.core.crypto import Keyring, read_master_key
from bilin.core.database import Pool, head, open_pool
from bilin.core.events import EVENT_TYPES, Work
from bilin.core.ids import ConversationId, Id, MessageId, UnitId
from bilin.core.log import Decision
from bilin.core.log.commit import apply_all
from bilin.core.log.store import read_range
from bilin.core.settings import Settings, SiteSettings
from bilin.core.site import MASTER_KEY_FILE
from bilin.messaging.flags import FLAG
from bilin.sites.health.verifying.answering import DigestDesk
from bilin.sites.health.verifying.verify import Comparison, Verdict
from bilin.sites.homes.events import HomeSet, PolicySet
from bilin.sites.homes.model import POLICY_KINDS
from bilin.sites.registry.events import SiteAdded, SiteInvited
from bilin.sites.replication.events import KeptBackSettled
from tests.convergence.company import gather
from tests.convergence.conftest import office, settings
from tests.convergence.crowd import EMOJI, Crowd, words
from tests.identity.office import Office
from tests.support.servers import TestPostgres

__all__ = ["office", "settings", "two"]
ACTIONS = 250
HERE, THERE = 1, 2
FOLLOWED = "INSERT INTO sites.position (holder, whose, run, pos) VALUES ($1, $1, $2, $3)"
LAST_RUN = "SELECT id FROM core.run ORDER BY first_pos DESC LIMIT 1"


@dataclass
class Two:
    """Both databases."""

    here: Pool
    there: Pool
    bytes: int = 0

    async def verify(self) -> Verdict:
        """Compare them, each answering as the site it is."""
        desk = DigestDesk(self.there, THERE)

        async def ask(question: bytes) -> bytes:
            return await desk.answer(HERE, question)

        comparison = Comparison(self.here, HERE, THERE, ask)
        verdict = await comparison.verify()
        self.bytes = comparison.remote.bytes
        return verdict


@pytest.fixture(scope="module")
def seed() -> int:
    return 7


@pytest.fixture
async def two(office: Office, database: Pool, postgres: TestPostgres, seed: int) -> AsyncIterator[Two]:
    """A company of two sites after many random actions."""
    crowd = await gather(office, seed)
    boss = crowd.browsers[office.boss_id]
    company, branch = UnitId(int(office.company)), UnitId(int(await office.unit(boss, "上海")))
    for person in crowd.people[2:]:
        await boss.do("PATCH", f"/org/people/{person}", {"unit": str(int(branch))})
    facts = [
        SiteAdded(site=2, name="上海", address=""),
        SiteInvited(site=2),
        HomeSet(unit=branch, site=2),
        PolicySet(unit=branch, leaves="everything", kinds=("presence",)),
        KeptBackSettled(events=(Id(5),), accepted=True),
    ]
    await office.site.log.append(Decision(facts), office.person(office.boss_id))
    for _ in range(ACTIONS):
        await crowd.act()
    open_again = [PolicySet(unit=unit, leaves="shared", kinds=POLICY_KINDS) for unit in (company, branch)]
    await office.site.log.append(Decision(open_again), office.person(office.boss_id))
    await _surely(crowd)
    async with AsyncExitStack() as stack:
        there = await open_pool(await stack.enter_async_context(postgres.database()))
        stack.push_async_callback(there.close)
        await _copy(office.site.settings, database, there)
        yield Two(database, there)


async def _surely(crowd: Crowd) -> None:
    """What must have happened in a conversation of both sites, whatever the dice said."""
    colleague, theirs = crowd.people[2], crowd.browsers[crowd.office.boss_id]
    group = (await theirs.do("POST", "/conversations", {"kind": "group", "title": "周会", "members": [colleague]}))[
        "id"
    ]
    said = (await theirs.do("POST", f"/conversations/{group}/messages", words(crowd)))["id"]
    await theirs.do("PUT", f"/conversations/{group}/messages/{said}/reactions/{EMOJI[0]}")
    flags = [known.cls for known in EVENT_TYPES.values() if any(FLAG in each.cell.table.info for each in known.writes)]
    for flag in flags:
        event = cast("Any", flag)(conversation=ConversationId(int(group)), message=MessageId(int(said)), present=True)
        await crowd.office.site.log.append(Decision([event]), crowd.office.person(crowd.office.boss_id))
    await theirs.send("PATCH", "/me/preferences", {"theme": "light"})
    recall = f"/policies/messaging.recall_window_s/units/{crowd.office.company}"
    await theirs.do("PUT", recall, {"value": 86_000})
    await theirs.send("POST", "/grants", {"person": colleague, "role": "auditor", "unit": crowd.office.company})


async def _copy(settings: Settings, here: Pool, there: Pool) -> None:
    """Give the other site everything, in random commits; it seals with keys of its own."""
    keys, other = Keyring(read_master_key(settings[SiteSettings].data_dir / MASTER_KEY_FILE)), Keyring(bytes(32))
    async with here.acquire() as db, there.acquire() as to:
        records = [row.record for row in await read_range(db, keys, 0, 1_000_000)]
        while records:
            commit = records[: random.randrange(1, 40)]  # noqa: S311
            records = records[len(commit) :]
            await other.ensure(to, {(record.event.key_scope(), record.id) for record in commit})
            async with to.transaction():
                await apply_all(Work(to, other, THERE), commit)
        await db.execute(FOLLOWED, THERE, 0, 0)
        await to.execute(FOLLOWED, HERE, await db.fetchval(LAST_RUN) or 0, await head(db))
