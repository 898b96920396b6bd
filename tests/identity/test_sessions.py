"""Signing in, and being signed in: cookies, bearer tokens, my list of sessions, and their end."""

import asyncio
import time

import pytest

from bilin.core.commands import Actor
from bilin.core.ids import PersonId, SessionId, id_at, wall_ms
from bilin.core.log import Decision
from bilin.identity import authentication, overdue_sessions
from bilin.identity.authentication import Sessions
from bilin.identity.events import SessionRevoked
from tests.identity.office import PASSWORD, Browser, Office

GOOD = {"login": "zhang.wei", "password": PASSWORD}


async def test_cookie_is_out_of_reach_of_scripts_and_other_sites(office: Office, boss: Browser) -> None:
    browser = await office.browser()
    response = await browser.send("POST", "/sessions", GOOD)
    cookie = response.headers["set-cookie"].lower()
    assert response.status_code == 201
    assert "token" not in response.json()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "path=/" in cookie
    assert "secure" not in cookie
    assert f"max-age={30 * 86_400}" in cookie


async def test_cookie_is_secure_behind_https(office: Office, boss: Browser) -> None:
    client = (await office.browser()).client
    client.base_url = "https://bilin.test"
    response = await Browser(client).send("POST", "/sessions", GOOD, origin="https://bilin.test")
    assert "secure" in response.headers["set-cookie"].lower()


async def test_bearer_token_works_without_origin_and_gives_no_cookie(office: Office, boss: Browser) -> None:
    program = await office.browser()
    response = await program.send("POST", "/sessions", GOOD | {"bearer": True, "device": "bot"}, origin=None)
    token = response.json()["token"]
    assert "set-cookie" not in response.headers
    assert len(token) == 43
    me = await program.send("GET", "/me", origin=None, authorization=f"Bearer {token}")
    assert me.json()["login"] == "zhang.wei"
    changed = await program.send(
        "PATCH", "/me/preferences", {"theme": "dark"}, origin=None, authorization=f"bearer {token}"
    )
    assert changed.status_code == 200


async def test_token_is_stored_as_hash_only(office: Office, boss: Browser) -> None:
    async with office.site.pool.acquire() as db:
        stored = str(await db.fetch("SELECT * FROM identity.session")) + str(await db.fetch("SELECT * FROM core.log"))
    assert boss.token not in stored


@pytest.mark.parametrize(
    "given",
    [
        {"login": "zhang.wei", "password": "wrong wrong"},
        {"login": "nobody", "password": PASSWORD},
        {"login": "", "password": ""},
        {"login": "x" * 100_000, "password": "y" * 100_000},
        {"login": "zhang.wei\x00", "password": "😀" * 9},
        {"login": "' OR 1=1 --", "password": PASSWORD},
    ],
)
async def test_wrong_credentials_are_all_the_same(office: Office, boss: Browser, given: dict[str, str]) -> None:
    browser = await office.browser()
    assert await browser.refused("POST", "/sessions", given) == (401, "identity.wrong_credentials")
    assert not browser.client.cookies


@pytest.mark.parametrize("login", ["ZHANG.WEI", " zhang.wei ", "ｚｈａｎｇ.wei"])
async def test_login_ignores_case_width_and_spaces(office: Office, boss: Browser, login: str) -> None:
    await office.sign_in(login)


async def test_password_is_the_same_however_it_is_composed(office: Office, boss: Browser) -> None:
    await office.hire(boss, "José", "jose", password="contraseña-é1")
    await office.sign_in("jose", "contrasen\u0303a-e\u03011")


BAD_TOKENS = ["", "x", "x" * 43, "x" * 10_000, "ü" * 43, "local.1.x", "local..", "local.99999999999.00"]


@pytest.mark.parametrize("token", BAD_TOKENS)
async def test_bad_tokens_are_not_signed_in(office: Office, boss: Browser, token: str) -> None:
    stranger = await office.browser()
    headers = {b"authorization": f"Bearer {token}".encode(), b"origin": b"http://bilin.test"}
    response = await stranger.client.get("/api/me", headers=headers)
    assert (response.status_code, response.json()["code"]) == (401, "identity.not_signed_in")
    response = await stranger.client.get("/api/me", headers={b"cookie": f"bilin_session={token}".encode()})
    assert (response.status_code, response.json()["code"]) == (401, "identity.not_signed_in")


@pytest.mark.parametrize(
    ("origin", "is_welcome"),
    [
        ("http://bilin.test", True),
        ("HTTP://BILIN.TEST", True),
        ("https://bilin.test", False),
        (None, False),
        ("null", False),
        ("https://evil.example", False),
        ("http://bilin.test.evil.example", False),
        ("http://evil.example/bilin.test", False),
        ("http://bilin.test:81", False),
        ("bilin.test", False),
        ("ftp://bilin.test", False),
    ],
)
async def test_cookie_changes_things_only_from_own_pages(boss: Browser, origin: str | None, is_welcome: bool) -> None:
    response = await boss.send("PATCH", "/me/preferences", {"theme": "dark"}, origin=origin)
    assert response.status_code == (200 if is_welcome else 403)
    if not is_welcome:
        assert response.json()["code"] == "identity.foreign_origin"
    reading = await boss.send("GET", "/me", origin=origin)
    assert reading.status_code == 200
    assert reading.json()["preferences"]["theme"] == ("dark" if is_welcome else "system")


async def test_a_page_of_another_site_signs_nobody_in(office: Office, boss: Browser) -> None:
    browser = await office.browser()
    refusal = await browser.refused("POST", "/sessions", GOOD, origin="https://evil.example")
    assert refusal == (403, "identity.foreign_origin")


async def test_list_and_revoke_my_sessions(office: Office, boss: Browser) -> None:
    await office.hire(boss, "李娜", "li.na")
    phone, laptop = await office.sign_in("li.na", address="192.0.2.7"), await office.sign_in("li.na")
    sessions = (await phone.get("/sessions"))["sessions"]
    assert [session["current"] for session in sessions].count(True) == 1
    assert {session["address"] for session in sessions} == {"192.0.2.7", "192.0.2.2"}
    assert all(session["last_used"] >= session["created"] == session["id"] for session in sessions)
    other = next(session["id"] for session in sessions if not session["current"])
    bosses = (await boss.get("/sessions"))["sessions"][0]["id"]
    for not_mine in (bosses, "1", "abc", "-5", "9" * 30):
        assert await phone.refused("DELETE", f"/sessions/{not_mine}") == (404, "identity.session_not_found")
    await laptop.get("/me")
    await phone.do("DELETE", f"/sessions/{other}")
    assert await laptop.refused("GET", "/me") == (401, "identity.not_signed_in")
    assert await phone.refused("DELETE", f"/sessions/{other}") == (404, "identity.session_not_found")
    assert len((await phone.get("/sessions"))["sessions"]) == 1


async def test_sign_out_clears_the_cookie(office: Office, boss: Browser) -> None:
    token = boss.token
    response = await boss.send("DELETE", "/sessions/current")
    assert response.status_code == 200
    assert "max-age=0" in response.headers["set-cookie"].lower()
    boss.client.cookies.clear()
    boss.client.cookies.set("bilin_session", token)
    assert await boss.refused("GET", "/me") == (401, "identity.not_signed_in")


async def test_a_revocation_elsewhere_is_heard_on_the_tail(office: Office, boss: Browser) -> None:
    """Another process of the site revoked it: this one hears of it without being told by a command of its own."""
    sessions = office.site.get(Sessions)
    me = await boss.get("/me")
    revoked = SessionRevoked(session=SessionId(int(me["session"])), person=PersonId(int(me["person"]["id"])))
    assert sessions._live
    await office.site.log.append(Decision([revoked]), None)
    await office.settle()
    assert not sessions._live
    assert await boss.refused("GET", "/me") == (401, "identity.not_signed_in")


async def test_a_session_survives_a_restart_and_use_is_noted(office: Office, boss: Browser) -> None:
    sessions = office.site.get(Sessions)
    sessions.forget(office.person(office.boss_id))
    assert (await boss.get("/me"))["login"] == "zhang.wei"
    live = next(iter(sessions._live.values()))
    live.noted_at, live.looked_at = live.noted_at - 3700, live.looked_at - 3700
    before = live.actor.session
    await asyncio.gather(*(boss.get("/me") for _ in range(5)))
    await asyncio.sleep(0.1)
    await office.settle()
    async with office.site.pool.acquire() as db:
        assert await db.fetchval("SELECT count(*) FROM core.log WHERE type = 'identity.session_used'") == 1
        assert await db.fetchval("SELECT used FROM identity.session WHERE id = $1", before) > before


async def test_an_unused_session_expires(office: Office, boss: Browser) -> None:
    await boss.get("/me")
    sessions = office.site.get(Sessions)
    live = next(iter(sessions._live.values()))
    live.used_at, live.looked_at = live.used_at - 31 * 86_400, live.looked_at - 31 * 86_400
    old = id_at(wall_ms() - 31 * 86_400_000)
    async with office.site.pool.acquire() as db:
        await db.execute("UPDATE identity.session SET used = $1", old)
    assert await boss.refused("GET", "/me") == (401, "identity.not_signed_in")
    assert await boss.refused("GET", "/me") == (401, "identity.not_signed_in")


async def test_a_session_that_ends_while_it_is_read_is_not_let_in(
    office: Office, boss: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The database said "valid" just before the end was committed; the end was heard before the answer was used."""
    sessions = office.site.get(Sessions)
    sessions.forget(office.person(office.boss_id))
    read = sessions._read

    async def read_then_revoke(token_sha256: bytes) -> object:
        found = await read(token_sha256)
        monkeypatch.undo()
        await boss.do("DELETE", "/sessions/current")
        return found

    token = boss.token
    monkeypatch.setattr(sessions, "_read", read_then_revoke)
    stranger = await office.browser()
    response = await stranger.send("GET", "/me", authorization=f"Bearer {token}")
    assert response.status_code == 401


async def test_the_ends_of_others_keep_nobody_out(
    office: Office, boss: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the first minutes of a company everybody replaces a password, and sessions of others end at every moment."""
    sessions = office.site.get(Sessions)
    sessions.forget(office.person(office.boss_id))
    read, asked = sessions._read, 0

    async def read_while_others_end(token_sha256: bytes) -> object:
        nonlocal asked
        asked += 1
        sessions.forget(PersonId(asked))
        return await read(token_sha256)

    monkeypatch.setattr(sessions, "_read", read_while_others_end)
    assert (await boss.get("/me"))["login"] == "zhang.wei"
    assert asked == 1


async def test_an_ending_that_was_missed_lets_nobody_in(
    office: Office, boss: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever goes wrong when the end of a session is heard: the session is not good for ever."""
    other = await office.sign_in("zhang.wei")
    session = (await other.get("/me"))["session"]

    def fail(*_: object) -> None:
        raise RuntimeError("a mistake")

    monkeypatch.setattr(office.site.get(Sessions), "forget", fail)
    event = SessionRevoked(session=SessionId(int(session)), person=office.person(office.boss_id))
    await office.site.log.append(Decision([event]), office.person(office.boss_id))
    await office.settle()
    assert await other.refused("GET", "/me") == (401, "identity.not_signed_in")
    assert await boss.get("/me")


async def test_a_session_ends_after_its_days_though_it_is_used(
    office: Office, boss: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    sessions = office.site.get(Sessions)
    kept = Actor(office.person(office.boss_id), SessionId(int((await boss.get("/me"))["session"])))
    now = time.time()
    monkeypatch.setattr(authentication, "time", lambda: now + 89 * 86_400)
    sessions._live[next(iter(sessions._live))].used_at = now + 88 * 86_400
    await boss.get("/me")
    assert await overdue_sessions(office.site, [kept]) == frozenset()
    monkeypatch.setattr(authentication, "time", lambda: now + 91 * 86_400)
    assert await overdue_sessions(office.site, [kept]) == {kept.session}
    assert await boss.refused("GET", "/me") == (401, "identity.not_signed_in")
    assert await boss.refused("GET", "/me") == (401, "identity.not_signed_in"), "the database lets it in"
    assert await overdue_sessions(office.site, [kept]) == {kept.session}


async def test_an_idle_session_is_overdue_also_when_it_is_in_no_memory(
    office: Office, boss: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = Actor(office.person(office.boss_id), SessionId(int((await boss.get("/me"))["session"])))
    now = time.time()
    monkeypatch.setattr(authentication, "time", lambda: now + 31 * 86_400)
    assert await overdue_sessions(office.site, [kept]) == {kept.session}
    office.site.get(Sessions).forget(kept.person)
    assert await overdue_sessions(office.site, [kept]) == {kept.session}
    monkeypatch.setattr(authentication, "time", lambda: now + 29 * 86_400)
    assert await overdue_sessions(office.site, [kept]) == frozenset()
