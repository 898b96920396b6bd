"""An empty server that joins, against headquarters in the same process: lost answers, refusals, what is written."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest

from bilin.core.errors import BilinError
from bilin.core.settings import Settings, SiteSettings, load_settings
from bilin.sites.enrolment import SiteFiles, files_of, saved_credential
from bilin.sites.enrolment import joiner as joiner_module
from bilin.sites.enrolment.admission import Admission
from bilin.sites.replication.transport.envelope import pack
from bilin.sites.replication.transport.wire import WIRE_VERSION
from tests.identity.office import Browser, Office, open_office
from tests.support.servers import TestPostgres, running_nats


@pytest.fixture
def bus_url(tmp_path: Path) -> Iterator[str]:
    """The bus of the server that joins."""
    with running_nats(tmp_path / "bus") as url:
        yield url


@pytest.fixture
async def empty(postgres: TestPostgres, nats_url: str, bus_url: str, tmp_path: Path) -> AsyncIterator[Office]:
    """A server on an empty folder, with a line to headquarters and a bus of its own: both are still site 1."""
    async with postgres.database() as url, AsyncExitStack() as stack:
        given = {"BILIN_DATA_DIR": str(tmp_path / "new"), "BILIN_DATABASE_URL": url, "BILIN_NATS_URL": bus_url}
        yield await open_office(load_settings({**given, "BILIN_SITES_NATS_URL": nats_url}), stack)


async def told(office: Office, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    """What the set-up page is told, once it is what is wanted."""
    browser = await office.browser()
    async with asyncio.timeout(30):
        while True:
            joining = (await browser.get("/setup"))["joining"]
            if joining is not None and wanted(joining):
                return dict(joining)
            await asyncio.sleep(0.05)


async def use(office: Office, token: str) -> None:
    answer = await (await office.browser()).send("POST", "/setup/join", {"token": token, "code": office.setup_code})
    assert answer.status_code == 202, answer.text


async def token_of(boss: Browser, **more: Any) -> str:
    return str((await boss.do("POST", "/sites/invitations", {"name": "上海", **more}))["token"])


def again(settings: Settings) -> Settings:
    """The settings as the next start reads them."""
    return load_settings({"BILIN_DATA_DIR": str(settings[SiteSettings].data_dir)})


def is_clean(places: SiteFiles) -> bool:
    """Whether nothing of an attempt stayed behind."""
    return not any(each.exists() for each in (places.joining, places.identity, places.credential, places.trusted))


async def test_it_becomes_the_site_and_says_so(office: Office, boss: Browser, empty: Office) -> None:
    await use(empty, await token_of(boss))
    places = files_of(empty.site.settings)
    async with asyncio.timeout(30):
        while not places.identity.exists():
            await asyncio.sleep(0.02)
    settings = again(empty.site.settings)
    assert settings[SiteSettings].node == 2
    assert settings.source("sites.headquarters") == str(places.identity)
    credential = saved_credential(settings)
    assert credential is not None
    assert credential.user == "site-2"
    assert not places.joining.exists()
    assert not places.nonce.exists()
    assert places.trusted.read_bytes().startswith(b"-----BEGIN CERTIFICATE")
    assert (await told(empty, lambda _: True))["phase"] == "connecting"  # until it is started with its number
    browser = await empty.browser()
    assert (await browser.get("/setup"))["needed"] is False
    assert await browser.refused("POST", "/setup/join", {"token": await token_of(boss)}) == (
        409,
        "sites.joined_already",
    )


async def test_an_answer_that_was_lost_is_given_again(
    office: Office, boss: Browser, empty: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, lost = Admission.answer, list[bytes]()

    async def lose_the_first(self: Admission, subject: str, payload: bytes) -> bytes:
        answer = await whole(self, subject, payload)
        if not lost:
            lost.append(answer)
            raise ConnectionError("the line was cut")
        return answer

    monkeypatch.setattr(Admission, "answer", lose_the_first)
    await use(empty, await token_of(boss))
    places = files_of(empty.site.settings)
    async with asyncio.timeout(30):
        while not places.identity.exists():
            await asyncio.sleep(0.02)
    assert lost
    async with office.site.pool.acquire() as db:
        assert await db.fetchval("SELECT count(*) FROM core.log WHERE type = 'sites.site_joined'") == 1


async def test_a_refusal_is_told_and_leaves_nothing(office: Office, boss: Browser, empty: Office) -> None:
    old = await token_of(boss)
    await token_of(boss, site=2)
    await use(empty, old)
    joining = await told(empty, lambda each: each["phase"] == "refused")
    assert joining["problem"]["code"] == "sites.token_refused"
    assert "newer token" in joining["problem"]["detail"]
    assert joining["problem"]["hint"]
    assert is_clean(files_of(empty.site.settings))
    await empty.found()  # and the server is as free as before


async def test_versions_too_far_apart_are_named(
    office: Office, boss: Browser, empty: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(joiner_module, "pack", lambda value: bytes([WIRE_VERSION + 2]) + pack(value)[1:])
    await use(empty, await token_of(boss))
    joining = await told(empty, lambda each: each["phase"] == "refused")
    assert joining["problem"]["code"] == "sites.versions_apart"
    assert is_clean(files_of(empty.site.settings))


async def test_headquarters_that_is_away_is_named_and_asked_again(
    office: Office, boss: Browser, empty: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(joiner_module, "UNREACHABLE_AFTER_S", 0.2)
    monkeypatch.setattr(joiner_module, "ASK_TIMEOUT_S", 0.2)
    whole = Admission.admit
    is_away = True

    async def admit(self: Admission, *given: Any) -> Any:
        if is_away:
            await asyncio.sleep(1)
            raise BilinError
        return await whole(self, *given)

    monkeypatch.setattr(Admission, "admit", admit)
    await use(empty, await token_of(boss))
    joining = await told(empty, lambda each: each["problem"] is not None)
    assert joining["phase"] == "connecting"
    assert joining["problem"]["code"] == "sites.unreachable"
    assert "hq.example.com:7420" in joining["problem"]["detail"]
    is_away = False
    places = files_of(empty.site.settings)
    async with asyncio.timeout(30):
        while not places.identity.exists():
            await asyncio.sleep(0.02)
