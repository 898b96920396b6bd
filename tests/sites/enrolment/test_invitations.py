"""Inviting and being let in, at headquarters: once, in time, by the newest token, and never after access ended."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from bilin.core.ids import Id, wall_ms
from bilin.core.log import Decision
from bilin.sites.enrolment import SiteFiles, Token, ensure_certificates, files_of, read_token
from bilin.sites.enrolment.account_file import Doorkeeper
from bilin.sites.enrolment.admission import Admission
from bilin.sites.enrolment.certificates import authority_bytes
from bilin.sites.enrolment.errors import TokenRefused
from bilin.sites.enrolment.messages import Join, Joined
from bilin.sites.enrolment.token import VERSION, write_token
from bilin.sites.registry.errors import UnknownSite
from bilin.sites.registry.events import SiteRetired, SiteRevoked
from bilin.sites.replication.transport.envelope import pack, unpack
from bilin.sites.replication.transport.wire import Refused
from tests.identity.office import Browser, Office

NONCE, OTHER_NONCE = Join("a" * 64, "0.2"), Join("b" * 64, "0.2")


async def invite(by: Browser, name: str = "上海", **more: Any) -> Token:
    answer = await by.do("POST", "/sites/invitations", {"name": name, **more})
    token = read_token(answer["token"])
    assert (answer["site"], answer["expires_ms"]) == (token.site, token.expires_ms)
    return token


async def admit(office: Office, token: Token, asked: Join = NONCE) -> Joined:
    return await Admission(office.site).admit(Id(token.invitation), asked)


async def sites(office: Office) -> dict[int, Any]:
    async with office.site.pool.acquire() as db:
        return {row["number"]: row for row in await db.fetch("SELECT * FROM sites.site")}


async def account(office: Office) -> str:
    await office.site.get(Doorkeeper).write()
    return files_of(office.site.settings).account.read_text()


async def test_the_first_invitation_makes_the_founding_site_known(office: Office, boss: Browser) -> None:
    token = await invite(boss, address="https://sh.example.com/")
    assert (token.site, token.name, token.addresses) == (2, "上海", ("hq.example.com:7420",))
    assert token.expires_ms - wall_ms() == pytest.approx(3_600_000, abs=60_000)
    rows = await sites(office)
    assert rows[1]["name"] == "云川集团"
    assert rows[2]["address"] == "https://sh.example.com"
    assert (await invite(boss, "深圳")).site == 3
    assert len(await sites(office)) == 3


async def test_only_who_manages_sites_invites(office: Office, boss: Browser) -> None:
    await office.hire(boss, "李娜", "li.na")
    colleague = await office.sign_in("li.na")
    assert await colleague.refused("POST", "/sites/invitations", {"name": "上海"}) == (403, "core.forbidden")


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"name": " "}, 422),
        ({"name": "x" * 41}, 422),
        ({"name": "上海", "address": "sh.example.com"}, 422),
        ({"name": "上海", "address": "https://x/path"}, 422),
        ({"name": "上海", "site": 9}, 404),
        ({"name": "上海", "site": 1}, 404),
    ],
)
async def test_what_makes_no_sense_is_refused(boss: Browser, body: dict[str, Any], status: int) -> None:
    assert (await boss.refused("POST", "/sites/invitations", body))[0] == status


async def test_a_server_joins_once_and_is_told_again_what_it_did_not_hear(office: Office, boss: Browser) -> None:
    token = await invite(boss)
    first = await admit(office, token)
    assert (first.site, first.name, first.user) == (2, "上海", "site-2")
    assert first.head > 0
    again = await admit(office, token)
    assert (again.user, again.password) == (first.user, first.password)
    with pytest.raises(TokenRefused, match="used by another"):
        await admit(office, token, OTHER_NONCE)
    async with office.site.pool.acquire() as db:
        joined = await db.fetchval("SELECT count(*) FROM core.log WHERE type = 'sites.site_joined'")
    assert joined == 1


async def test_two_servers_race_for_a_token_and_one_wins(office: Office, boss: Browser) -> None:
    token = await invite(boss)
    answers = await asyncio.gather(
        *(admit(office, token, Join(str(number), "0.2")) for number in range(4)), return_exceptions=True
    )
    assert sum(isinstance(each, Joined) for each in answers) == 1
    assert sum(isinstance(each, TokenRefused) for each in answers) == 3


async def test_an_old_a_replaced_and_an_unknown_token_are_refused(
    office: Office, boss: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = await invite(boss)
    new = await invite(boss, site=2)
    with pytest.raises(TokenRefused, match="newer token"):
        await admit(office, old)
    with pytest.raises(TokenRefused, match="does not know"):
        await Admission(office.site).admit(Id(5), NONCE)
    monkeypatch.setattr("bilin.sites.enrolment.admission.wall_ms", lambda: new.expires_ms + 1)
    with pytest.raises(TokenRefused, match="too old"):
        await admit(office, new)
    assert 2 in await sites(office)
    assert (await sites(office))[2]["joined"] is None


async def test_whoever_joined_has_access_until_it_is_revoked(office: Office, boss: Browser) -> None:
    token = await invite(boss)
    assert '"site-2"' not in await account(office)
    assert f'"invited-{token.invitation}"' in await account(office)
    password = (await admit(office, token)).password
    assert password in await account(office)
    await office.site.log.append(Decision([SiteRevoked(site=2)]), None)
    assert '"site-2"' not in await account(office)
    with pytest.raises(TokenRefused, match="revoked"):
        await admit(office, token)
    rebuilt = await invite(boss, "上海新", site=2)
    renewed = await admit(office, rebuilt, OTHER_NONCE)
    assert renewed.password != password
    assert renewed.name == "上海新"
    text = await account(office)
    assert renewed.password in text
    assert password not in text


async def test_a_retired_site_is_gone_for_good(office: Office, boss: Browser) -> None:
    token = await invite(boss)
    await admit(office, token)
    await office.site.log.append(Decision([SiteRetired(site=2)]), None)
    with pytest.raises(UnknownSite):
        await admit(office, token)
    assert '"site-2"' not in await account(office)
    assert (await boss.refused("POST", "/sites/invitations", {"name": "x1", "site": 2}))[0] == 404
    assert (await invite(boss, "广州")).site == 3


async def test_nothing_secret_stands_in_the_log(office: Office, boss: Browser) -> None:
    token = await invite(boss)
    joined = await admit(office, token)
    async with office.site.pool.acquire() as db:
        rows = await db.fetch("SELECT id, body FROM core.log")
        await office.site.keys.load(db, [row["body"] for row in rows])
    said = b"".join(office.site.keys.open(row["id"], row["body"]) for row in rows)
    assert str(token.invitation).encode() in said
    for secret in (token.secret, joined.password, NONCE.nonce):
        assert secret.encode() not in said


async def test_answers_over_the_bus_are_answers_or_refusals(office: Office, boss: Browser) -> None:
    token, admission = await invite(boss), Admission(office.site)
    subject = f"bilin.sites.join.{token.invitation}"
    assert unpack(await admission.answer(subject, b"\x01\x00nonsense"), Refused).code == "sites.bad_batch"
    assert (
        unpack(await admission.answer(subject, b"\x09\x00" + pack(NONCE)[2:]), Refused).code == "sites.versions_apart"
    )
    assert unpack(await admission.answer("bilin.sites.join.1", pack(NONCE)), Refused).code == "sites.token_refused"
    assert unpack(await admission.answer(subject, pack(NONCE)), Joined).site == 2


async def test_a_server_with_a_company_cannot_join_another(office: Office, boss: Browser) -> None:
    token = (await boss.do("POST", "/sites/invitations", {"name": "上海"}))["token"]
    assert await boss.refused("POST", "/setup/join", {"token": token}) == (409, "sites.has_company")
    assert await boss.refused("POST", "/setup/join", {"token": token[:-3]}) == (403, "sites.token_refused")
    assert not files_of(office.site.settings).joining.exists()
    assert (await boss.get("/setup"))["joining"] is None


async def test_nobody_founds_a_company_while_a_server_joins(office: Office, tmp_path: Path) -> None:
    places = SiteFiles(tmp_path / "hq")
    ensure_certificates(places, ["127.0.0.1"])
    token = Token(VERSION, ("127.0.0.1:9",), authority_bytes(places), 2, "上海", 77, "s", wall_ms() + 60_000)
    browser = await office.browser()
    assert (
        await browser.send("POST", "/setup/join", {"token": write_token(token), "code": office.setup_code})
    ).status_code == 202
    told = await browser.get("/setup")
    assert told["joining"]["phase"] == "connecting"
    assert told["joining"]["site"] == 2
    body = {"company": "云川", "name": "张伟", "login": "zw", "password": "correct horse 电池", "locale": "en"}
    body["code"] = office.setup_code
    assert await browser.refused("POST", "/setup", body) == (409, "sites.is_joining")
