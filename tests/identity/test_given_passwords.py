"""A password that somebody else gave opens sessions that can do nothing but choose another."""

import pytest

from bilin.core.database import Pool
from bilin.core.ids import Id, wall_ms
from bilin.identity import given_passwords
from tests.identity.office import PASSWORD, Browser, Office
from tests.identity.test_apply import rows_after
from tests.identity.test_proofs import PERSON, Past

GIVEN = "given by the boss"
RESET = "given by the boss again"
TO_CHOOSE = (403, "identity.must_change_password")


async def add(boss: Browser, office: Office, **more: str) -> str:
    """Li Na with the password that the boss gave her; her id."""
    body = {"name": "李娜", "login": "li.na", "password": GIVEN, "unit": office.company, **more}
    return str((await boss.do("POST", "/org/people", body))["id"])


async def choose(browser: Browser, new: str = PASSWORD, old: str = GIVEN) -> None:
    await browser.do("POST", "/me/password", {"old": old, "new": new})


async def test_it_opens_nothing_until_another_was_chosen(office: Office, boss: Browser) -> None:
    await add(boss, office)
    li = await office.sign_in("li.na", GIVEN)
    assert (await li.get("/me"))["must_change_password"] is True
    for method, path in (("GET", "/org/units"), ("GET", "/sessions"), ("PATCH", "/me/preferences"), ("GET", "/grants")):
        assert await li.refused(method, path, {} if method == "PATCH" else None) == TO_CHOOSE
    await choose(li)
    assert (await li.get("/me"))["must_change_password"] is False
    assert await li.get("/org/units")
    assert (await (await office.sign_in("li.na")).get("/me"))["must_change_password"] is False


async def test_a_program_is_told_the_same(office: Office, boss: Browser) -> None:
    await add(boss, office)
    program = await office.browser()
    body = {"login": "li.na", "password": GIVEN, "bearer": True}
    said = await program.do("POST", "/sessions", body)
    assert said["me"]["must_change_password"] is True
    headers = {"authorization": f"Bearer {said['token']}"}
    assert await program.refused("GET", "/org/units", origin=None, **headers) == TO_CHOOSE
    await program.do("POST", "/me/password", {"old": GIVEN, "new": PASSWORD}, **headers)
    assert (await program.send("GET", "/org/units", origin=None, **headers)).status_code == 200


async def test_signing_out_is_possible(office: Office, boss: Browser) -> None:
    await add(boss, office)
    li = await office.sign_in("li.na", GIVEN)
    await li.do("DELETE", "/sessions/current")
    assert await li.refused("GET", "/me") == (401, "identity.not_signed_in")


async def test_the_one_that_was_given_cannot_be_kept(office: Office, boss: Browser) -> None:
    await add(boss, office)
    li = await office.sign_in("li.na", GIVEN)
    same = await li.send("POST", "/me/password", {"old": GIVEN, "new": GIVEN})
    assert (same.status_code, same.json()["details"]["fields"]) == (422, {"new": "is the one that was given"})
    assert await li.refused("GET", "/org/units") == TO_CHOOSE


async def test_a_reset_has_to_be_changed_as_well(office: Office, boss: Browser) -> None:
    person = await office.hire(boss, "李娜", "li.na")
    before = await office.sign_in("li.na")
    await boss.do("PATCH", f"/org/people/{person}", {"password": RESET})
    assert await before.refused("GET", "/me") == (401, "identity.not_signed_in")
    li = await office.sign_in("li.na", RESET)
    assert await li.refused("GET", "/org/units") == TO_CHOOSE
    await choose(li, PASSWORD, RESET)
    assert await li.get("/org/units")


async def test_so_has_one_from_an_import_given_or_made(office: Office, boss: Browser) -> None:
    table = f"login,name,unit,password\nli.na,李娜,云川集团,{GIVEN}\nwang,王伟,云川集团,\n".encode()
    headers = {"content-type": "text/csv", "origin": "http://bilin.test"}
    outcome = (await boss.client.post("/api/org/import", content=table, headers=headers)).json()
    for login, password in (("li.na", GIVEN), ("wang", outcome["passwords"][0][-1])):
        assert await (await office.sign_in(login, password)).refused("GET", "/org/units") == TO_CHOOSE


async def test_that_it_was_hashed_again_at_the_first_sign_in_changes_nothing(office: Office, boss: Browser) -> None:
    table = "login,name,unit\nwang,王伟,云川集团\n".encode()
    headers = {"content-type": "text/csv", "origin": "http://bilin.test"}
    outcome = (await boss.client.post("/api/org/import", content=table, headers=headers)).json()
    password = outcome["passwords"][0][-1]
    for _ in range(2):
        assert await (await office.sign_in("wang", password)).refused("GET", "/org/units") == TO_CHOOSE


async def test_it_expires(office: Office, boss: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    await add(boss, office)
    await office.hire(boss, "王芳", "wang.fang")
    li = await office.sign_in("li.na", GIVEN)
    monkeypatch.setattr(given_passwords, "wall_ms", lambda: wall_ms() + 15 * given_passwords.DAY_MS)
    late = await office.browser()
    expired = (403, "identity.password_expired")
    assert await late.refused("POST", "/sessions", {"login": "li.na", "password": GIVEN}) == expired
    assert await late.refused("POST", "/sessions", {"login": "li.na", "password": "no"}) == (
        401,
        "identity.wrong_credentials",
    )
    assert await li.refused("POST", "/me/password", {"old": GIVEN, "new": PASSWORD}) == expired
    await office.sign_in("wang.fang")  # her own does not


async def test_the_founder_chose_theirs(boss: Browser) -> None:
    assert (await boss.get("/me"))["must_change_password"] is False


async def _must_change(past: Past, pool: Pool) -> bool:
    """The same in every order."""
    outcomes = set()
    for order in (past.records, past.records[::-1], sorted(past.records, key=lambda each: hash(each.id))):
        await rows_after(pool, [[record] for record in order])
        outcomes.add(await pool.fetchval("SELECT proof = given FROM identity.account WHERE person = $1", PERSON))
    assert len(outcomes) == 1
    return bool(outcomes.pop())


async def test_whatever_comes_first_from_the_sites(database: Pool) -> None:
    """A change at a branch that was cut off, a reset meanwhile, a hash made again by a site of an earlier release."""
    past = Past()
    given = past.give("given", keeps=None, given=True)
    assert await _must_change(past, database)
    past.give("hashed again", reset=given, again=given)
    assert await _must_change(past, database)
    changed: Id = past.give("own", reset=given, keeps=None)
    assert not await _must_change(past, database)
    past.give("own, hashed again", reset=given, again=changed)
    assert not await _must_change(past, database)
    past.give("given anew", keeps=None, given=True)
    past.give("own, made of the one before", reset=given, keeps=None)
    assert await _must_change(past, database)
