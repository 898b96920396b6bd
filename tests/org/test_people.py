"""Lists of people over HTTP: by unit, by id, page by page; the directory."""

from typing import Any

import pytest

from tests.identity.office import Browser, Office


async def test_people_of_a_unit_and_below_page_by_page(office: Office, boss: Browser) -> None:
    branch = await office.unit(boss, "华东")
    team = await office.unit(boss, "一组", branch, "team")
    names = ["安娜", "Bob", "陈一", "单雄信", "张三", "张三"]
    for n, name in enumerate(names):
        await office.hire(boss, name, f"p{n}", team if n % 2 else branch)
    await office.hire(boss, "外人", "other")
    assert [p["name"] for p in (await boss.get(f"/org/people?unit={branch}"))["people"]] == ["安娜", "陈一", "张三"]
    got: list[str] = []
    ids: set[str] = set()
    path = f"/org/people?unit={branch}&below=true&limit=2"
    page = await boss.get(path)
    while True:
        got += [person["name"] for person in page["people"]]
        ids |= {person["id"] for person in page["people"]}
        if page["next"] is None:
            break
        page = await boss.get(f"{path}&after={page['next']}")
    assert got == names
    assert len(ids) == 6


async def test_people_by_id_keep_the_order_asked_for(office: Office, boss: Browser) -> None:
    one, two = await office.hire(boss, "李娜", "li.na"), await office.hire(boss, "王伟", "wang.wei")
    await boss.do("POST", f"/org/people/{one}/deactivate")
    people = (await boss.get(f"/org/people?ids={two},77,{one},{two}"))["people"]
    assert [(person["id"], person["active"]) for person in people] == [(two, True), (one, False)]


@pytest.mark.parametrize(
    "query",
    [
        "", "ids=", "ids=a", "ids=1,,x", "ids=" + "1," * 300, "ids=9223372036854775808", "unit=x", "unit=1&limit=0",
        "unit=1&limit=1000", "unit=1&after=x",
    ],
)  # fmt: skip
async def test_lists_that_make_no_sense(boss: Browser, query: str) -> None:
    assert await boss.refused("GET", f"/org/people?{query}") == (422, "core.invalid")


@pytest.mark.parametrize("person", ["1", "-1", "x", "9223372036854775808", "1e3", "%00"])
async def test_a_person_who_does_not_exist(boss: Browser, person: str) -> None:
    response = await boss.send("GET", f"/org/people/{person}")
    assert response.status_code in (404, 422), response.text


async def test_the_directory_is_everybody_active_by_name(office: Office, boss: Browser) -> None:
    for n, name in enumerate(["李娜", "Bob"]):
        await office.hire(boss, name, f"p{n}")
    directory = await boss.get("/org/directory")
    assert directory["complete"] is True
    assert directory["pos"] > 0
    assert [person["name"] for person in directory["people"]] == ["Bob", "李娜", "张伟"]


async def test_the_directory_comes_in_pages_of_any_size(office: Office, boss: Browser) -> None:
    hired = [await office.hire(boss, name, f"p{n}") for n, name in enumerate(["李娜", "Bob", "李娜", "安娜"])]
    whole = await boss.get("/org/directory")
    assert (len(whole["people"]), whole["next"]) == (5, None)
    for limit in (1, 2, 4, 5, 5_000):
        got: list[Any] = []
        after: str | None = ""
        while after is not None:
            page = await boss.get(f"/org/directory?limit={limit}" + (f"&after={after}" if after else ""))
            got += page["people"]
            after = page["next"]
            assert page["complete"] is (after is None)
        assert got == whole["people"]
    page = await boss.get("/org/directory?limit=2")
    assert len(hired) == 4
    await boss.do("POST", f"/org/people/{page['next']}/deactivate")
    rest = await boss.get(f"/org/directory?after={page['next']}")
    assert rest["people"] == whole["people"][2:], "who is gone is still where the next page begins"
    for nonsense in ("limit=0", "limit=5001", "after=x"):
        response = await boss.send("GET", f"/org/directory?{nonsense}")
        assert (response.status_code, response.json()["code"]) == (422, "core.invalid")


async def test_nothing_is_shown_to_those_who_are_not_signed_in(office: Office, boss: Browser) -> None:
    stranger = await office.browser()
    for path in (
        "/org/units",
        "/org/people?ids=1",
        "/org/people/1",
        "/org/directory",
        "/org/search?q=a",
        "/grants?unit=1",
    ):
        assert await stranger.refused("GET", path) == (401, "identity.not_signed_in")
