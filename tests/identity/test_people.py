"""Colleagues over HTTP: added with an account, changed, locked out, found; and who may do that."""

import asyncio
from typing import Any

import pytest

from bilin.core.ids import PersonId
from bilin.identity import login_lookups
from bilin.identity.authority import Grants
from bilin.org import ORG_MANAGE
from tests.identity.office import PASSWORD, Browser, Office

FORBIDDEN = (403, "core.forbidden")


@pytest.fixture
async def branches(office: Office, boss: Browser) -> dict[str, Any]:
    """Two branches, each with an administrator; Shanghai with a department."""
    shanghai, beijing = await office.unit(boss, "上海分公司"), await office.unit(boss, "北京分公司")
    sales = await office.unit(boss, "市场部", shanghai, "department")
    for login, unit in (("sh.admin", shanghai), ("bj.admin", beijing)):
        person = await office.hire(boss, f"管理员 {login}", login, unit)
        await boss.do("POST", "/grants", {"person": person, "role": "org_admin", "unit": unit})
    return {
        "shanghai": shanghai,
        "beijing": beijing,
        "sales": sales,
        "sh": await office.sign_in("sh.admin"),
        "bj": await office.sign_in("bj.admin"),
    }


async def test_a_new_colleague_can_sign_in_and_is_shown(office: Office, boss: Browser) -> None:
    branch = await office.unit(boss, "华东分公司")
    team = await office.unit(boss, "一组", branch, "team")
    person = await office.hire(
        boss, "  单 雄信\u3000 ", "Shan.Xiongxin", team,
        title="经理", email="shan@example.com", phone="+86 138-0013-8000",
        units=[{"unit": office.company, "title": "顾问", "main": False}],
    )  # fmt: skip
    card = await boss.get(f"/org/people/{person}")
    assert card == {
        "id": person, "name": "单 雄信", "pinyin": "shan xiong xin", "initials": "sxx", "title": "经理", "unit": team,
        "branch": branch, "active": True, "email": "shan@example.com", "phone": "+86 138-0013-8000",
        "units": [
            {"unit": team, "title": "经理", "main": True},
            {"unit": office.company, "title": "顾问", "main": False},
        ],
    }  # fmt: skip
    me = await (await office.sign_in("shan.xiongxin")).get("/me")
    assert (me["person"], me["permissions"]) == (card, [])


async def test_who_looks_after_people_sees_their_accounts(
    office: Office, boss: Browser, branches: dict[str, Any]
) -> None:
    sales, sh = branches["sales"], branches["sh"]
    bai = await office.hire(boss, "白小雨", "bai", sales, email="bai@example.com")
    new = await office.hire(boss, "陈新来", "chen", sales)
    await office.sign_in("bai")
    page = await sh.get(f"/org/accounts?unit={sales}")
    lines = {line["person"]: line for line in page["accounts"]}
    assert {one["login"] for one in lines.values()} == {"bai", "chen"}
    assert lines[bai]["email"] == "bai@example.com"
    assert int(lines[bai]["used"]) > int(bai)
    assert lines[new]["used"] is None
    second = await sh.get(f"/org/accounts?unit={sales}&limit=1&after={bai}")
    assert [line["person"] for line in second["accounts"]] == [new]
    await boss.do("POST", f"/org/people/{bai}/deactivate")
    for query, shown in (("", {new}), ("&inactive=true", {bai, new})):
        page = await sh.get(f"/org/accounts?unit={sales}{query}")
        assert {line["person"] for line in page["accounts"]} == shown
    for who in (branches["bj"], await office.sign_in("chen")):
        assert await who.refused("GET", f"/org/accounts?unit={sales}") == FORBIDDEN


async def test_a_login_is_given_once(office: Office, boss: Browser) -> None:
    answers = await asyncio.gather(
        *(
            boss.send("POST", "/org/people", {"name": f"李{n}", "login": login, "unit": office.company})
            for n, login in enumerate(["li.na", "LI.NA", "ｌi.na", " li.na", "li.na"])
        )
    )
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409, 409]
    assert {a.json()["code"] for a in answers if a.status_code == 409} <= {"identity.login_taken", "core.stale"}
    assert len((await boss.get("/org/search?q=li.na"))["people"]) == 1


async def test_a_login_that_was_given_up_is_free(office: Office, boss: Browser) -> None:
    first, second = await office.hire(boss, "李娜", "li.na"), await office.hire(boss, "李娜", "li.na2")
    taken = (409, "identity.login_taken")
    assert await boss.refused("PATCH", f"/org/people/{second}", {"login": "li.na"}) == taken
    await boss.do("PATCH", f"/org/people/{first}", {"login": "na.li"})
    await boss.do("PATCH", f"/org/people/{second}", {"login": "li.na"})
    await office.sign_in("na.li")
    assert (await (await office.sign_in("li.na")).get("/me"))["person"]["id"] == second


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""), ("name", "\u200b\u202e"), ("name", "x" * 65), ("login", "a b"), ("login", ""), ("login", "-"),
        ("login", "a\u0000b"), ("email", "no address"), ("email", "a@b@c"), ("phone", "call me"), ("title", "t" * 101),
        ("password", "1234567"), ("password", "x" * 257),
    ],
)  # fmt: skip
async def test_what_a_colleague_cannot_be(office: Office, boss: Browser, field: str, value: str) -> None:
    body = {"name": "李娜", "login": "li.na", "unit": office.company, field: value}
    response = await boss.send("POST", "/org/people", body)
    assert (response.status_code, response.json()["code"]) == (422, "core.invalid")
    assert list(response.json()["details"]["fields"]) == [field]


@pytest.mark.parametrize("unit", ["1", "-1", "abc", "99999999999999999999999", None])
async def test_a_unit_that_does_not_exist(boss: Browser, unit: Any) -> None:
    response = await boss.send("POST", "/org/people", {"name": "李娜", "login": "li.na", "unit": unit})
    expected = (404, "org.unit_not_found") if unit in ("1", "-1") else (422, "core.invalid")
    assert (response.status_code, response.json()["code"]) == expected


async def test_changing_facts_keeps_the_others(office: Office, boss: Browser) -> None:
    branch = await office.unit(boss, "华东分公司")
    person = await office.hire(boss, "李娜", "li.na", title="会计", email="a@b.cn", phone="110")
    await boss.do("PATCH", f"/org/people/{person}", {"name": "李 娜娜"})
    await boss.do("PATCH", f"/org/people/{person}", {"unit": branch, "title": "主管"})
    card = await boss.get(f"/org/people/{person}")
    assert (card["name"], card["pinyin"], card["email"], card["phone"]) == ("李 娜娜", "li na na", "a@b.cn", "110")
    assert card["units"] == [{"unit": branch, "title": "主管", "main": True}]
    assert await boss.do("PATCH", f"/org/people/{person}", {"title": "主管"}) == {"id": None, "pos": None}


async def test_further_units_are_replaced_as_a_whole(office: Office, boss: Browser) -> None:
    one, two = await office.unit(boss, "一部"), await office.unit(boss, "二部")
    further = [{"unit": one, "title": "", "main": False}]
    person = await office.hire(boss, "李娜", "li.na", units=further)
    body: dict[str, Any] = {"units": [{"unit": two, "title": "兼", "main": False}]}
    await boss.do("PATCH", f"/org/people/{person}", body)
    assert [p["unit"] for p in (await boss.get(f"/org/people/{person}"))["units"]] == [office.company, two]
    for wrong in (further * 2, [{"unit": one, "title": "", "main": True}], [{"unit": "5", "title": "", "main": False}]):
        assert (await boss.send("PATCH", f"/org/people/{person}", {"units": wrong})).status_code in (404, 422)
    await boss.do("PATCH", f"/org/people/{person}", {"units": []})
    assert len((await boss.get(f"/org/people/{person}"))["units"]) == 1


async def test_deactivation_ends_sessions_at_once_and_locks(office: Office, boss: Browser) -> None:
    person = await office.hire(boss, "李娜", "li.na")
    browser, other = await office.sign_in("li.na"), await office.sign_in("li.na")
    await browser.get("/me")
    await boss.do("POST", f"/org/people/{person}/deactivate")
    for each in (browser, other):
        assert await each.refused("GET", "/me") == (401, "identity.not_signed_in")
    right, wrong = {"login": "li.na", "password": PASSWORD}, {"login": "li.na", "password": "wrong wrong"}
    assert await browser.refused("POST", "/sessions", right) == (403, "identity.account_inactive")
    assert await browser.refused("POST", "/sessions", wrong) == (401, "identity.wrong_credentials")
    assert (await boss.get(f"/org/people/{person}"))["active"] is False
    assert len((await boss.get("/org/directory"))["people"]) == 1
    listed = await boss.get(f"/org/people?unit={office.company}&inactive=true")
    assert [each["id"] for each in listed["people"] if not each["active"]] == [person]
    assert await boss.do("POST", f"/org/people/{person}/deactivate") == {"id": None, "pos": None}
    await boss.do("POST", f"/org/people/{person}/reactivate")
    assert await other.refused("GET", "/me") == (401, "identity.not_signed_in")
    await office.sign_in("li.na")


async def test_signing_in_while_being_deactivated_leaves_no_session(office: Office, boss: Browser) -> None:
    person = await office.hire(boss, "李娜", "li.na")
    body = {"login": "li.na", "password": PASSWORD, "bearer": True}
    browsers = [await office.browser(f"192.0.2.{n}") for n in range(8)]
    answers = await asyncio.gather(
        *(browser.send("POST", "/sessions", body) for browser in browsers[:4]),
        boss.send("POST", f"/org/people/{person}/deactivate"),
        *(browser.send("POST", "/sessions", body) for browser in browsers[4:]),
    )
    if answers[4].status_code == 409:  # lost the race three times: said so, and done again
        await boss.do("POST", f"/org/people/{person}/deactivate")
    await boss.do("POST", f"/org/people/{person}/reactivate")
    for browser, answer in zip(browsers, [*answers[:4], *answers[5:]], strict=True):
        if answer.status_code == 201:
            headers = {"authorization": f"Bearer {answer.json()['token']}"}
            assert (await browser.send("GET", "/me", **headers)).status_code == 401


async def test_a_new_password_by_an_administrator_ends_sessions(office: Office, boss: Browser) -> None:
    person = await office.hire(boss, "李娜", "li.na")
    browser = await office.sign_in("li.na")
    await boss.do("PATCH", f"/org/people/{person}", {"password": "another password"})
    assert await browser.refused("GET", "/me") == (401, "identity.not_signed_in")
    await office.sign_in("li.na", "another password")
    mine = await boss.send("PATCH", f"/org/people/{office.boss_id}", {"password": "another password"})
    assert mine.status_code == 422


async def test_a_branch_administrator_manages_their_branch_alone(office: Office, branches: dict[str, Any]) -> None:
    sh, bj = branches["sh"], branches["bj"]
    person = await office.hire(sh, "李娜", "li.na", branches["sales"])
    await sh.do("PATCH", f"/org/people/{person}", {"title": "经理"})
    assert await bj.refused("PATCH", f"/org/people/{person}", {"title": "x"}) == FORBIDDEN
    assert await bj.refused("PATCH", f"/org/people/{person}", {"login": "x"}) == FORBIDDEN
    assert await bj.refused("POST", f"/org/people/{person}/deactivate") == FORBIDDEN
    assert await bj.refused("POST", f"/org/people/{person}/reactivate") == FORBIDDEN
    assert await sh.refused("PATCH", f"/org/people/{person}", {"unit": branches["beijing"]}) == FORBIDDEN
    further = {"units": [{"unit": branches["beijing"], "title": "", "main": False}]}
    assert await sh.refused("PATCH", f"/org/people/{person}", further) == FORBIDDEN
    body = {"name": "王", "login": "wang", "unit": branches["beijing"]}
    assert await sh.refused("POST", "/org/people", body) == FORBIDDEN
    assert await sh.refused("GET", f"/org/people?unit={branches['beijing']}&inactive=true") == FORBIDDEN
    unit = {"parent": branches["beijing"], "name": "新部", "kind": "department"}
    assert await sh.refused("POST", "/org/units", unit) == FORBIDDEN
    assert await sh.refused("PATCH", f"/org/units/{office.company}", {"name": "x"}) == FORBIDDEN
    assert await sh.refused("DELETE", f"/org/units/{branches['beijing']}") == FORBIDDEN
    move = {"parent": branches["beijing"]}
    assert await sh.refused("PATCH", f"/org/units/{branches['sales']}", move) == FORBIDDEN


async def test_nobody_without_a_role_manages_anything(office: Office, boss: Browser) -> None:
    person = await office.hire(boss, "李娜", "li.na")
    browser = await office.sign_in("li.na")
    for method, path, body in [
        ("POST", "/org/people", {"name": "x", "login": "x", "unit": office.company}),
        ("PATCH", f"/org/people/{person}", {"title": "CEO"}),
        ("POST", f"/org/people/{office.boss_id}/deactivate", None),
        ("POST", "/org/units", {"parent": office.company, "name": "x", "kind": "team"}),
        ("POST", "/grants", {"person": person, "role": "admin", "unit": office.company}),
        ("GET", f"/grants?unit={office.company}", None),
    ]:
        assert await browser.refused(method, path, body) == FORBIDDEN, path


async def test_a_branch_administrator_cannot_take_over_somebody_greater(
    office: Office, boss: Browser, branches: dict[str, Any]
) -> None:
    """The company's administrator sits in Shanghai; Shanghai's may rename but not become them."""
    await boss.do("PATCH", f"/org/people/{office.boss_id}", {"unit": branches["shanghai"]})
    sh = branches["sh"]
    path = f"/org/people/{office.boss_id}"
    await sh.do("PATCH", path, {"title": "董事长"})
    above = (403, "identity.above_you")
    assert await sh.refused("PATCH", path, {"password": "my own password"}) == above
    assert await sh.refused("PATCH", path, {"login": "gone"}) == above
    assert await sh.refused("POST", f"{path}/deactivate") == above


async def test_nor_bring_back_somebody_greater_who_was_locked_out(
    office: Office, boss: Browser, branches: dict[str, Any]
) -> None:
    other = await office.hire(boss, "李娜", "li.na", branches["shanghai"])
    await boss.do("POST", "/grants", {"person": other, "role": "admin", "unit": office.company})
    plain = await office.hire(boss, "王芳", "wang.fang", branches["shanghai"])
    for person in (other, plain):
        await boss.do("POST", f"/org/people/{person}/deactivate")
    above = (403, "identity.above_you")
    assert await branches["sh"].refused("POST", f"/org/people/{other}/reactivate") == above
    assert not (await boss.get(f"/org/people/{other}"))["active"]
    await branches["sh"].do("POST", f"/org/people/{plain}/reactivate")
    await boss.do("POST", f"/org/people/{other}/reactivate")
    assert (await boss.get(f"/org/people/{other}"))["active"]


async def test_how_to_reach_somebody_who_left_is_shown_to_those_who_manage_them_alone(
    office: Office, boss: Browser, branches: dict[str, Any]
) -> None:
    contact = {"email": "li@example.com", "phone": "13800138000"}
    person = await office.hire(boss, "李娜", "li.na", branches["shanghai"], **contact)
    await office.hire(boss, "王芳", "wang.fang")
    wang, path = await office.sign_in("wang.fang"), f"/org/people/{person}"

    async def seen_by(browser: Browser) -> dict[str, str]:
        card = await browser.get(path)
        return {name: card[name] for name in contact}

    assert await seen_by(wang) == contact
    await boss.do("POST", f"{path}/deactivate")
    assert await seen_by(wang) == await seen_by(branches["bj"]) == {"email": "", "phone": ""}
    assert await seen_by(boss) == await seen_by(branches["sh"]) == contact
    assert (await wang.get(path))["name"] == "李娜"  # beside what she wrote
    assert "13800138000" not in (await wang.send("GET", f"/org/people?ids={person}")).text
    await boss.do("POST", f"{path}/reactivate")
    assert await seen_by(wang) == contact


async def test_whole_logins_are_found_so_often_a_person(office: Office, boss: Browser) -> None:
    await office.hire(boss, "李娜", "zq7")
    await office.hire(boss, "王芳", "wang.fang")
    wang = await office.sign_in("wang.fang")

    async def found(browser: Browser, login: str) -> int:
        return len((await browser.get(f"/org/search?q={login}"))["people"])

    assert await found(wang, "zq7") == 1
    for number in range(int(login_lookups.ALLOWED.burst)):
        await found(wang, f"zq{number + 100}")
    assert await found(wang, "zq7") == 0
    assert await found(boss, "zq7") == 1


async def test_nobody_locks_themselves_out(office: Office, boss: Browser) -> None:
    assert await boss.refused("POST", f"/org/people/{office.boss_id}/deactivate") == (409, "org.own_deactivation")


async def test_two_administrators_cannot_lock_each_other_out(office: Office, boss: Browser) -> None:
    person = await office.hire(boss, "李娜", "li.na")
    await boss.do("POST", "/grants", {"person": person, "role": "admin", "unit": office.company})
    other = await office.sign_in("li.na")
    await asyncio.gather(
        boss.send("POST", f"/org/people/{person}/deactivate"),
        other.send("POST", f"/org/people/{office.boss_id}/deactivate"),
    )
    async with office.site.pool.acquire() as db:
        assert await db.fetchval("SELECT count(*) FROM org.person WHERE active") == 1


async def test_whoever_is_locked_out_holds_nothing(office: Office, boss: Browser) -> None:
    """A decision that lost a race is made again: its actor may have been locked out by then."""
    person = await office.hire(boss, "李娜", "li.na")
    await boss.do("POST", "/grants", {"person": person, "role": "admin", "unit": office.company})
    async with office.site.pool.acquire() as db:
        assert await Grants().units_of(db, PersonId(int(person)), ORG_MANAGE)
        await boss.do("POST", f"/org/people/{person}/deactivate")
        assert await Grants().units_of(db, PersonId(int(person)), ORG_MANAGE) == []


async def test_people_are_found_in_many_ways(office: Office, boss: Browser) -> None:
    sales = await office.unit(boss, "财务部", kind="department")
    for name, login, title in [
        ("欧阳娜娜", "nana", "设计师"), ("李娜", "li.na", "会计"), ("José Peña", "jose", "Engineer"),
        ("王一%_\\", "odd", ""), ("Anna", "anna", ""), ("谭明", "tan.ming", ""), ("Marcus Tan", "m.t", ""),
        ("覃晓明", "qxm", ""),
        ("王\U00031350明", "rare", ""), ("王\ue000明", "private", ""), ("王　伟", "ww", ""),
    ]:  # fmt: skip
        await office.hire(boss, name, login, title=title)
    await office.hire(boss, "钱多多", "qian", sales)

    async def names(query: str) -> list[str]:
        response = await boss.client.get("/api/org/search", params={"q": query})
        assert response.status_code == 200, response.text
        return [person["name"] for person in response.json()["people"]]

    assert await names("娜") == ["李娜", "欧阳娜娜"]
    assert await names("李娜") == ["李娜"]
    assert await names("ouyang") == await names("ou yang") == await names("OYNN") == ["欧阳娜娜"]
    assert await names("na") == ["李娜", "欧阳娜娜", "Anna", "José Peña"]
    assert await names("jose pena") == await names("JOSÉ") == await names("engineer") == ["José Peña"]
    assert await names("会计") == ["李娜"]
    assert await names("tan") == ["Marcus Tan", "谭明", "覃晓明"]
    assert await names("tan marcus") == ["Marcus Tan"]
    assert await names("财务部") == await names("caiwu") == await names("duo 财务") == ["钱多多"]
    assert await names("王\U00031350明") == ["王\U00031350明"]
    assert await names("\ue000") == ["王\ue000明"]
    assert await names("LI.NA") == ["李娜"]
    assert await names("rar") == await names("li.na2") == []  # nobody reads logins letter by letter
    assert await names("王伟") == await names("王·伟") == await names("ｗａｎｇ　ｗｅｉ") == ["王 伟"]
    assert await names("%") == await names("_") == await names("\\") == ["王一%_\\"]
    assert await names("") == await names("  ") == await names("\x00") == await names("z\nk") == []
    assert await names("😀" * 1000) == []


async def test_what_reaches_a_person_finds_them_when_it_is_whole(office: Office, boss: Browser) -> None:
    unit = office.company
    body = {
        "name": "何静",
        "login": "Staff-0815",
        "unit": unit,
        "phone": "+86 138-0013-8000 转 12",
        "email": "Jing@Yunchuan.cn",
    }
    person = (await boss.do("POST", "/org/people", body))["id"]

    async def found(query: str) -> bool:
        response = await boss.client.get("/api/org/search", params={"q": query})
        return person in [each["id"] for each in response.json()["people"]]

    for whole in (
        "staff-0815",
        "ＳＴＡＦＦ-0815",
        "13800138000",
        "+8613800138000",
        "138 0013 8000",
        "jing@yunchuan.CN",
    ):
        assert await found(whole), whole
    for part in (
        "staff-081",
        "staff",
        "1380013800",
        "3800138000",
        "8000",
        "jing@yunchuan",
        "@yunchuan.cn",
        "yunchuan",
        "%",
        "12",
    ):
        assert not await found(part), part
    await boss.do("POST", f"/org/people/{person}/deactivate")
    for gone in ("staff-0815", "13800138000", "jing@yunchuan.cn", "何静"):
        assert not await found(gone), gone


async def test_preferences_are_mine_and_kept(office: Office, boss: Browser) -> None:
    await office.hire(boss, "李娜", "li.na")
    one, two = await office.sign_in("li.na"), await office.sign_in("li.na")
    await one.do("PATCH", "/me/preferences", {"theme": "dark", "text_scale": 110})
    await two.do("PATCH", "/me/preferences", {"text_scale": 120})
    assert await two.do("PATCH", "/me/preferences", {"text_scale": 120}) == {"id": None, "pos": None}
    preferences = (await one.get("/me"))["preferences"]
    assert preferences == {
        "locale": None, "theme": "dark", "send_key": "enter", "density": "comfortable", "text_scale": 120,
        "notify": "all", "notify_sound": False, "quiet_until": 0,
    }  # fmt: skip
    assert (await boss.get("/me"))["preferences"]["theme"] == "system"
    await two.do("PATCH", "/me/preferences", {"notify": "mentions", "notify_sound": True, "quiet_until": 2**41})
    preferences = (await one.get("/me"))["preferences"]
    assert (preferences["notify"], preferences["notify_sound"], preferences["quiet_until"]) == ("mentions", True, 2**41)
    for wrong in (
        *({"theme": "pink"}, {"text_scale": 10}, {"text_scale": "x"}, {"locale": None}),
        *({"notify": "loudly"}, {"quiet_until": -1}, {"quiet_until": 2**60}),
    ):
        assert await one.refused("PATCH", "/me/preferences", wrong) == (422, "core.invalid")


async def test_the_language_of_a_unit_is_for_those_who_have_chosen_none(office: Office, boss: Browser) -> None:
    singapore = await office.unit(boss, "Singapore")
    sales = await office.unit(boss, "Sales", singapore, "department")
    await office.hire(boss, "Emma Clarke", "emma", sales)
    emma = await office.sign_in("emma")

    async def languages() -> tuple[str | None, str | None]:
        me = await emma.get("/me")
        return me["unit_locale"], me["preferences"]["locale"]

    assert await languages() == (None, None)
    await boss.do("PATCH", f"/org/units/{office.company}", {"locale": "zh-CN"})
    assert await languages() == ("zh-CN", None)
    await boss.do("PATCH", f"/org/units/{singapore}", {"locale": "en"})
    assert await languages() == ("en", None)
    units = {unit["name"]: unit["locale"] for unit in (await emma.get("/org/units"))["units"]}
    assert units == {"云川集团": "zh-CN", "Singapore": "en", "Sales": None}
    await boss.do("PATCH", f"/org/units/{sales}", {"name": "Sales Asia"})
    await boss.do("PATCH", f"/org/units/{singapore}", {"locale": None})
    assert await languages() == ("zh-CN", None)
    await emma.do("PATCH", "/me/preferences", {"locale": "zh-CN"})
    assert await languages() == ("zh-CN", "zh-CN")
    assert await boss.refused("PATCH", f"/org/units/{sales}", {"locale": "fr"}) == (422, "core.invalid")
    assert (await boss.get("/me"))["preferences"]["locale"] == "zh-CN"  # chosen when the company was founded


async def test_a_repeated_command_happens_once(office: Office, boss: Browser) -> None:
    body = {"name": "李娜", "login": "li.na", "unit": office.company}
    first = await boss.do("POST", "/org/people", body, idempotency_key="hire-1")
    assert await boss.do("POST", "/org/people", body, idempotency_key="hire-1") == first
    assert len((await boss.get("/org/directory"))["people"]) == 2
