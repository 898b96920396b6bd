"""Roles over units: who may give them, over what, and that nobody gets more by them than they had."""

import asyncio

from tests.identity.office import Browser, Office


async def test_a_role_holds_for_the_unit_and_below_and_ends_when_revoked(office: Office, boss: Browser) -> None:
    branch = await office.unit(boss, "华东分公司")
    below, beside = await office.unit(boss, "一部", branch, "department"), await office.unit(boss, "华北分公司")
    person = await office.hire(boss, "李娜", "li.na", beside)
    browser = await office.sign_in("li.na")
    given = await boss.do("POST", "/grants", {"person": person, "role": "org_admin", "unit": branch})
    assert (await browser.get("/me"))["permissions"] == [{"permission": "org.manage", "unit": branch}]
    await office.unit(browser, "二部", branch, "department")
    await office.unit(browser, "一组", below, "team")
    body = {"parent": beside, "name": "三部", "kind": "department"}
    assert await browser.refused("POST", "/org/units", body) == (403, "core.forbidden")
    await boss.do("DELETE", f"/grants/{given['id']}")
    assert (await browser.get("/me"))["permissions"] == []
    body = {"parent": branch, "name": "三部", "kind": "department"}
    assert await browser.refused("POST", "/org/units", body) == (403, "core.forbidden")


async def test_a_role_moves_with_its_unit(office: Office, boss: Browser) -> None:
    east, west = await office.unit(boss, "东"), await office.unit(boss, "西")
    team = await office.unit(boss, "组", east, "team")
    person = await office.hire(boss, "李娜", "li.na")
    await boss.do("POST", "/grants", {"person": person, "role": "org_admin", "unit": east})
    browser = await office.sign_in("li.na")
    await browser.do("PATCH", f"/org/units/{team}", {"name": "一组"})
    await boss.do("PATCH", f"/org/units/{team}", {"parent": west})
    assert await browser.refused("PATCH", f"/org/units/{team}", {"name": "二组"}) == (403, "core.forbidden")


async def test_nobody_gives_more_than_they_hold(office: Office, boss: Browser) -> None:
    branch = await office.unit(boss, "华东分公司")
    admin, friend = await office.hire(boss, "甲", "jia", branch), await office.hire(boss, "乙", "yi", branch)
    await boss.do("POST", "/grants", {"person": admin, "role": "org_admin", "unit": branch})
    browser = await office.sign_in("jia")
    for role in ("admin", "org_admin"):
        body = {"person": friend, "role": role, "unit": branch}
        assert await browser.refused("POST", "/grants", body) == (403, "core.forbidden")
    await boss.do("POST", "/grants", {"person": admin, "role": "admin", "unit": branch})
    await browser.do("POST", "/grants", {"person": friend, "role": "admin", "unit": branch})
    body = {"person": friend, "role": "admin", "unit": office.company}
    assert await browser.refused("POST", "/grants", body) == (403, "core.forbidden")


async def test_lists_are_shown_to_those_who_give_roles_there(office: Office, boss: Browser) -> None:
    branch, other = await office.unit(boss, "华东分公司"), await office.unit(boss, "华北分公司")
    admin = await office.hire(boss, "甲", "jia", branch)
    await boss.do("POST", "/grants", {"person": admin, "role": "admin", "unit": branch})
    browser = await office.sign_in("jia")
    own = [g for g in (await browser.get(f"/grants?unit={branch}"))["grants"] if not g["inherited"]]
    assert [g["person"] for g in own] == [admin]
    assert [g["role"] for g in (await boss.get(f"/grants?unit={office.company}"))["grants"]] == ["admin", "admin"]
    assert await browser.refused("GET", f"/grants?unit={other}") == (403, "core.forbidden")
    assert await browser.refused("GET", "/grants?unit=5") == (404, "org.unit_not_found")
    bosses = next(g for g in (await boss.get(f"/grants?unit={office.company}"))["grants"] if g["person"] != admin)
    assert await browser.refused("DELETE", f"/grants/{bosses['id']}") == (404, "identity.grant_not_found")
    assert await boss.refused("DELETE", f"/grants/{bosses['id']}") == (409, "identity.own_grant")
    assert await boss.refused("DELETE", "/grants/77") == (404, "identity.grant_not_found")


async def test_a_list_begins_with_what_holds_there_from_above(office: Office, boss: Browser) -> None:
    east, west = await office.unit(boss, "东"), await office.unit(boss, "西")
    team, below = await office.unit(boss, "组", east, "team"), await office.unit(boss, "一部", east, "department")
    person = await office.hire(boss, "李娜", "li.na", west)
    for role, unit in (("org_admin", east), ("auditor", team), ("auditor", west), ("admin", below)):
        await boss.do("POST", "/grants", {"person": person, "role": role, "unit": unit})

    async def seen(browser: Browser, unit: str) -> list[tuple[str, str, bool]]:
        grants = (await browser.get(f"/grants?unit={unit}"))["grants"]
        return [(grant["role"], grant["unit"], grant["inherited"]) for grant in grants]

    boss_role = ("admin", office.company, True)
    assert await seen(boss, team) == [boss_role, ("org_admin", east, True), ("auditor", team, False)]
    assert (await seen(boss, office.company))[0] == ("admin", office.company, False)
    assert {unit for _, unit, inherited in await seen(boss, office.company) if inherited} == set()
    assert await seen(boss, west) == [boss_role, ("auditor", west, False)]
    browser = await office.sign_in("li.na")
    assert await seen(browser, below) == [boss_role, ("org_admin", east, True), ("admin", below, False)]
    for unit in (east, team, west):  # they manage people in one, audit the others, and give roles in none
        assert await browser.refused("GET", f"/grants?unit={unit}") == (403, "core.forbidden")
    await boss.do("PATCH", f"/org/units/{team}", {"parent": west})
    assert await seen(boss, team) == [boss_role, ("auditor", west, True), ("auditor", team, False)]


async def test_what_cannot_be_given(office: Office, boss: Browser) -> None:
    person = await office.hire(boss, "李娜", "li.na")
    body = {"person": person, "role": "auditor", "unit": office.company}
    assert await boss.refused("POST", "/grants", body | {"role": "king"}) == (422, "core.invalid")
    assert await boss.refused("POST", "/grants", body | {"unit": "5"}) == (404, "org.unit_not_found")
    assert await boss.refused("POST", "/grants", body | {"person": "5"}) == (404, "org.person_not_found")
    answers = await asyncio.gather(*(boss.send("POST", "/grants", body) for _ in range(3)))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409]
    await boss.do("POST", f"/org/people/{person}/deactivate")
    again = body | {"role": "org_admin"}
    assert await boss.refused("POST", "/grants", again) == (409, "org.person_inactive")
