"""A company that talked, its audit chain and its anchors, in this process."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bilin.core.crypto import Keyring
from bilin.core.database import reading
from bilin.core.log.follower import FollowerRunner
from bilin.core.settings import Settings, SiteSettings
from bilin.governance import ANCHOR_FILE, Report, verify_chain
from bilin.governance.anchoring import write_anchor
from bilin.governance.anchors import AnchorFile
from bilin.governance.chain import AuditChain
from tests.messaging.house import House, open_house


class Archive:
    """What the worker does for the chain, when the test says so, and what whoever changes tables can do."""

    def __init__(self, house: House, anchors: Path) -> None:
        self.house, self.anchors = house, anchors

    @property
    def keys(self) -> Keyring:
        return self.house.site.keys

    async def link(self, *, anchor: bool = True) -> int:
        """Bring the chain to the end of the log, and anchor it; the head."""
        runner = FollowerRunner(AuditChain(self.keys.audit), self.house.site.pool, self.keys)
        while await runner.step():
            pass
        if anchor:
            await self.anchor()
        return int(await self.fetch("SELECT max(pos) FROM core.log"))

    async def anchor(self) -> None:
        """Write the head of the chain down."""
        file = AnchorFile(self.anchors, self.keys.audit)
        async with reading(self.house.site.pool) as db:
            await write_anchor(db, file)
        file.close()

    async def verify(self, *copies: Path) -> Report:
        """`bilin audit verify`, with copies of the anchors that were kept elsewhere."""
        return await verify_chain(self.house.site.pool, self.keys, [self.anchors, *copies])

    async def kinds(self, *copies: Path) -> list[tuple[str, int | None]]:
        """What it finds."""
        return [(each.kind, each.pos) for each in (await self.verify(*copies)).findings]

    async def sql(self, *statements: str) -> None:
        """What somebody does who can change every table."""
        async with self.house.site.pool.acquire() as db, db.transaction():
            for statement in statements:
                await db.execute(statement)

    async def fetch(self, query: str, *arguments: object) -> Any:
        async with self.house.site.pool.acquire() as db:
            return await db.fetchval(query, *arguments)


@pytest.fixture
async def archive(settings: Settings) -> AsyncIterator[Archive]:
    """Anna and Ben said a few things; all of it is in the chain and anchored."""
    house = await open_house(settings)
    archive = Archive(house, settings[SiteSettings].data_dir / ANCHOR_FILE)
    anna, ben, _carl = await house.hire("Anna", "Ben", "Carl")
    room = await house.group(anna, ben)
    for number in range(5):
        await house.say(anna, room, f"Anna {number}")
        await house.say(ben, room, f"Ben {number}")
    await archive.link()
    yield archive
    await house.site.close()
