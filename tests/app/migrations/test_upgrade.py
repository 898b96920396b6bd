"""A company goes back through every release and comes again: schema and organisation are as they were."""

from contextlib import AsyncExitStack
from typing import Any

import asyncpg
import pytest
import sqlalchemy as sa
from alembic import command
from sqlalchemy.ext.asyncio import create_async_engine

from bilin.app.migrations import upgrade
from bilin.app.migrations.history import configuration
from bilin.core.settings import DatabaseSettings, Settings
from tests.app.migrations.test_history import schema_differences
from tests.identity.conftest import settings
from tests.identity.office import Office, open_office
from tests.sites.company import until

__all__ = ["settings"]
TABLES = ("unit", "person", "post")


async def go_back(url: str, to: str = "0001") -> None:
    """Take the schema back to an earlier one."""

    async def connect() -> "asyncpg.Connection[asyncpg.Record]":
        return await asyncpg.connect(url)

    def downgrade(connection: sa.Connection) -> None:
        command.downgrade(configuration(connection), to)

    engine = create_async_engine("postgresql+asyncpg://", async_creator=connect)
    async with engine.begin() as connection:
        await connection.run_sync(downgrade)
    await engine.dispose()


async def live(office: Office) -> None:
    """A company in which something of each kind happened to units and people."""
    boss = await office.found()
    shanghai, old = await office.unit(boss, "上海"), await office.unit(boss, "旧部")
    sales = await office.unit(boss, "销售", office.company, "department")
    people = [await office.hire(boss, f"员工{number}", f"user{number}", sales) for number in range(3)]
    await boss.do("PATCH", f"/org/units/{sales}", {"parent": shanghai, "name": "市场"})
    await boss.do("DELETE", f"/org/units/{old}")
    posts = [{"unit": shanghai, "title": "顾问", "main": False}]
    await boss.do("PATCH", f"/org/people/{people[0]}", {"title": "主管", "units": posts})
    for person in people[1:]:
        await boss.do("POST", f"/org/people/{person}/deactivate")
    await boss.do("POST", f"/org/people/{people[1]}/reactivate")


async def rows(url: str) -> dict[str, list[dict[str, Any]]]:
    connection = await asyncpg.connect(url)
    try:
        return {
            table: [dict(row) for row in await connection.fetch(f"SELECT * FROM org.{table} ORDER BY 1, 2")]  # noqa: S608
            for table in TABLES
        }
    finally:
        await connection.close()


@pytest.mark.parametrize("steps", [1, 2])
async def test_the_organisation_is_as_it_was(settings: Settings, steps: int) -> None:
    url = settings[DatabaseSettings].url
    async with AsyncExitStack() as stack:
        await live(await open_office(settings, stack))
    before = await rows(url)
    assert {unit["removed"] is None for unit in before["unit"]} == {True, False}
    for _ in range(steps):
        await go_back(url)
        await upgrade(url)
    assert await schema_differences(url) == []
    async with AsyncExitStack() as stack:
        office = await open_office(settings, stack)

        async def is_applied() -> bool:
            return not await office.site.pool.fetchval("SELECT EXISTS (SELECT FROM core.unapplied)")

        await until(is_applied, "the log was not applied again")
        assert await rows(url) == before
        boss = await office.sign_in("zhang.wei")
        assert [unit["name"] for unit in (await boss.get("/org/units"))["units"]] == ["云川集团", "上海", "市场"]
