"""The unit tree over HTTP: paths, branches, counts, moves; what is refused; and races."""

import asyncio
from typing import Any

import pytest

from tests.identity.office import Browser, Office


async def tree(browser: Browser) -> dict[str, Any]:
    """Units by name."""
    return {unit["name"]: unit for unit in (await browser.get("/org/units"))["units"]}


@pytest.fixture
async def east(office: Office, boss: Browser) -> dict[str, str]:
    """云川集团 > 华东 > 市场部 > 一组, 云川集团 > 华北; ids by name."""
    ids = {"华东": await office.unit(boss, "华东"), "华北": await office.unit(boss, "华北")}
    ids["市场部"] = await office.unit(boss, "市场部", ids["华东"], "department")
    ids["一组"] = await office.unit(boss, "一组", ids["市场部"], "team")
    return ids


async def test_paths_lead_from_the_company_down(office: Office, boss: Browser, east: dict[str, str]) -> None:
    units = await tree(boss)
    assert units["云川集团"]["path"] == "r."
    assert units["一组"]["path"] == f"r.{east['华东']}.{east['市场部']}.{east['一组']}."
    assert units["一组"]["parent"] == east["市场部"]
    names = [unit["name"] for unit in (await boss.get("/org/units"))["units"]]
    assert names.index("华东") < names.index("市场部") < names.index("一组")


async def test_siblings_are_shown_by_rank_then_by_sound(office: Office, boss: Browser) -> None:
    for name, rank in [("总裁办", 0), ("财务部", 0), ("研发部", -1), ("北京", 5)]:
        body = {"parent": office.company, "name": name, "kind": "department", "rank": rank}
        await boss.do("POST", "/org/units", body)
    assert [unit["name"] for unit in (await boss.get("/org/units"))["units"]][1:] == [
        "研发部",
        "财务部",
        "总裁办",
        "北京",
    ]


async def test_a_move_takes_everything_below_along(office: Office, boss: Browser, east: dict[str, str]) -> None:
    person = await office.hire(boss, "李娜", "li.na", east["一组"])
    assert (await boss.get(f"/org/people/{person}"))["branch"] == east["华东"]
    await boss.do("PATCH", f"/org/units/{east['市场部']}", {"parent": east["华北"]})
    units = await tree(boss)
    assert units["一组"]["path"] == f"r.{east['华北']}.{east['市场部']}.{east['一组']}."
    assert (units["华东"]["people"], units["华北"]["people"]) == (0, 1)
    assert (await boss.get(f"/org/people/{person}"))["branch"] == east["华北"]


async def test_a_unit_that_becomes_a_branch_is_the_branch_of_its_people(
    office: Office, boss: Browser, east: dict[str, str]
) -> None:
    person = await office.hire(boss, "李娜", "li.na", east["一组"])
    await boss.do("PATCH", f"/org/units/{east['市场部']}", {"kind": "branch", "name": "上海分公司", "rank": 3})
    assert (await boss.get(f"/org/people/{person}"))["branch"] == east["市场部"]
    unit = (await tree(boss))["上海分公司"]
    assert (unit["kind"], unit["rank"]) == ("branch", 3)
    assert await boss.do("PATCH", f"/org/units/{east['市场部']}", {"rank": 3}) == {"id": None, "pos": None}


async def test_counts_are_of_active_people_each_once(office: Office, boss: Browser, east: dict[str, str]) -> None:
    further = [{"unit": east["市场部"], "title": "", "main": False}]
    await office.hire(boss, "李娜", "li.na", east["一组"], units=further)
    other = await office.hire(boss, "王伟", "wang.wei", east["市场部"])
    counts = {name: unit["people"] for name, unit in (await tree(boss)).items()}
    assert counts == {"云川集团": 3, "华东": 2, "华北": 0, "市场部": 2, "一组": 1}
    await boss.do("POST", f"/org/people/{other}/deactivate")
    counts = {name: unit["people"] for name, unit in (await tree(boss)).items()}
    assert counts == {"云川集团": 2, "华东": 1, "华北": 0, "市场部": 1, "一组": 1}


async def test_what_is_refused(office: Office, boss: Browser, east: dict[str, str]) -> None:
    company = office.company
    add = {"parent": company, "name": "新部", "kind": "department"}
    for path, body, refusal in [
        ("", add | {"name": "华东"}, (409, "org.unit_name_taken")),
        ("", add | {"parent": "77"}, (404, "org.unit_not_found")),
        ("", add | {"name": "a/b"}, (422, "core.invalid")),
        ("", add | {"name": ""}, (422, "core.invalid")),
        ("", add | {"kind": "company"}, (422, "core.invalid")),
        ("", add | {"kind": "club"}, (422, "core.invalid")),
        ("", add | {"rank": 10**9}, (422, "core.invalid")),
        ("", {"name": "x", "kind": "team"}, (422, "core.invalid")),
        (f"/{east['华东']}", {"parent": east["一组"]}, (409, "org.unit_cycle")),
        (f"/{east['华东']}", {"parent": east["华东"]}, (409, "org.unit_cycle")),
        (f"/{east['华东']}", {"parent": "77"}, (404, "org.unit_not_found")),
        (f"/{east['华东']}", {"name": "华 北 "}, None),
        (f"/{east['华东']}", {"name": "华北"}, (409, "org.unit_name_taken")),
        (f"/{company}", {"parent": east["华东"]}, (409, "org.company_fixed")),
        (f"/{company}", {"kind": "branch"}, (409, "org.company_fixed")),
        ("/77", {"name": "x"}, (404, "org.unit_not_found")),
    ]:
        method = "PATCH" if path else "POST"
        if refusal is None:
            await boss.do(method, f"/org/units{path}", body)
        else:
            assert await boss.refused(method, f"/org/units{path}", body) == refusal, (path, body)


async def test_only_an_empty_unit_is_removed(office: Office, boss: Browser, east: dict[str, str]) -> None:
    person = await office.hire(boss, "李娜", "li.na", east["一组"])
    for unit in ("华东", "市场部", "一组"):
        assert await boss.refused("DELETE", f"/org/units/{east[unit]}") == (409, "org.unit_not_empty")
    assert await boss.refused("DELETE", f"/org/units/{office.company}") == (409, "org.company_fixed")
    await boss.do("PATCH", f"/org/people/{person}", {"unit": office.company})
    await boss.do("DELETE", f"/org/units/{east['一组']}")
    assert await boss.refused("DELETE", f"/org/units/{east['一组']}") == (404, "org.unit_not_found")
    assert await boss.refused("PATCH", f"/org/units/{east['一组']}", {"name": "x"}) == (404, "org.unit_not_found")
    assert await boss.refused("GET", f"/org/people?unit={east['一组']}") == (404, "org.unit_not_found")
    body = {"name": "x", "login": "x", "unit": east["一组"]}
    assert await boss.refused("POST", "/org/people", body) == (404, "org.unit_not_found")
    assert "一组" not in await tree(boss)
    await office.unit(boss, "一组", east["市场部"], "team")


async def test_two_moves_at_once_make_no_cycle(office: Office, boss: Browser, east: dict[str, str]) -> None:
    one, other = east["华东"], east["华北"]
    await asyncio.gather(
        boss.send("PATCH", f"/org/units/{one}", {"parent": other}),
        boss.send("PATCH", f"/org/units/{other}", {"parent": one}),
    )
    units = await tree(boss)
    assert [units["华东"]["parent"], units["华北"]["parent"]].count(office.company) == 1
    assert all(unit["path"].startswith("r.") for unit in units.values())


async def test_nobody_comes_into_a_unit_while_it_is_removed(
    office: Office, boss: Browser, east: dict[str, str]
) -> None:
    team = east["一组"]
    answers = await asyncio.gather(
        boss.send("POST", "/org/people", {"name": "李娜", "login": "li.na", "unit": team}),
        boss.send("DELETE", f"/org/units/{team}"),
        boss.send("POST", "/org/units", {"parent": team, "name": "小组", "kind": "team"}),
    )
    is_removed = answers[1].status_code == 200
    units = await tree(boss)
    assert ("一组" in units) is not is_removed
    if is_removed:
        assert [answers[0].status_code, answers[2].status_code] == [404, 404]
    else:
        assert "小组" in units or units["一组"]["people"] == 1


async def test_two_units_of_one_name_at_once(office: Office, boss: Browser) -> None:
    body = {"parent": office.company, "name": "新部", "kind": "department"}
    answers = await asyncio.gather(*(boss.send("POST", "/org/units", body) for _ in range(3)))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409]
