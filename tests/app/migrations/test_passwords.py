"""The upgrade after which sessions end with their password throws nobody out, and reads what was sent ahead of it."""

from contextlib import AsyncExitStack
from typing import Any

import asyncpg
import pytest

from bilin.app.migrations import upgrade
from bilin.core.settings import DatabaseSettings, Settings
from tests.app.migrations.test_upgrade import go_back
from tests.identity.conftest import settings
from tests.identity.office import Browser, Office, open_office
from tests.sites.company import until

__all__ = ["settings"]
BEFORE = "0002"
NEW = "a new password"
OUT = (401, "identity.not_signed_in")


async def live(office: Office) -> dict[str, str]:
    """A boss who changed the password and signed in again, a colleague; the tokens of all three."""
    boss = await office.found()
    await office.hire(boss, "李娜", "li.na")
    ended = await office.sign_in("zhang.wei")
    await boss.do("POST", "/me/password", {"old": "correct horse 电池", "new": NEW})
    assert await ended.refused("GET", "/me") == OUT
    again, li = await office.sign_in("zhang.wei", NEW), await office.sign_in("li.na")
    return {"kept": boss.token, "again": again.token, "li": li.token}


async def rows(url: str) -> dict[str, list[dict[str, Any]]]:
    connection = await asyncpg.connect(url)
    try:
        return {
            table: [dict(row) for row in await connection.fetch(f"SELECT * FROM identity.{table} ORDER BY 1")]  # noqa: S608
            for table in ("account", "session")
        }
    finally:
        await connection.close()


async def returning(office: Office, tokens: dict[str, str]) -> dict[str, Browser]:
    """Their browsers, with the cookies they had."""
    browsers = {}
    for name, token in tokens.items():
        browsers[name] = await office.browser()
        browsers[name].client.cookies.set("bilin_session", token)
    return browsers


async def test_nobody_is_thrown_out_until_a_password_is_set(settings: Settings) -> None:
    url = settings[DatabaseSettings].url
    async with AsyncExitStack() as stack:
        tokens = await live(await open_office(settings, stack))
    await go_back(url, BEFORE)
    connection = await asyncpg.connect(url)
    await connection.execute("UPDATE core.log SET version = 1")  # as the release before wrote it
    await connection.close()
    await upgrade(url)
    async with AsyncExitStack() as stack:
        office = await open_office(settings, stack)
        browsers = await returning(office, tokens)
        for browser in browsers.values():
            await browser.get("/me")
        later = await office.sign_in("zhang.wei", NEW)
        await later.do("POST", "/me/password", {"old": NEW, "new": "yet another one"})
        await later.get("/me")
        await browsers["li"].get("/me")
        for ended in ("kept", "again"):
            assert await browsers[ended].refused("GET", "/me") == OUT
    assert {tuple(each["required"]) for each in (await rows(url))["account"]} > {(0, 0)}


@pytest.mark.parametrize("steps", [1, 2])
async def test_what_an_upgraded_site_sent_ahead_is_applied_as_at_a_new_one(settings: Settings, steps: int) -> None:
    url = settings[DatabaseSettings].url
    async with AsyncExitStack() as stack:
        tokens = await live(await open_office(settings, stack))
    before = await rows(url)
    for _ in range(steps):
        await go_back(url, BEFORE)
        await upgrade(url)
    async with AsyncExitStack() as stack:
        office = await open_office(settings, stack)

        async def is_applied() -> bool:
            return not await office.site.pool.fetchval("SELECT EXISTS (SELECT FROM core.unapplied)")

        await until(is_applied, "the log was not applied again")
        assert await rows(url) == before
        for browser in (await returning(office, tokens)).values():
            await browser.get("/me")
