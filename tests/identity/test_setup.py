"""Founding the company: once, by one, all of it or nothing."""

import asyncio

from tests.identity.office import PASSWORD, Office

BODY = {"company": "云川集团", "name": "张伟", "login": " Zhang.Wei ", "password": PASSWORD, "locale": "en"}


async def test_setup_makes_company_administrator_and_session(office: Office) -> None:
    browser = await office.browser()
    assert await browser.get("/setup") == {"needed": True, "company": None, "joining": None}
    answer = await browser.do("POST", "/setup", BODY | {"code": office.setup_code})
    assert await browser.get("/setup") == {"needed": False, "company": "云川集团", "joining": None}
    me = await browser.get("/me")
    assert me == answer["me"]
    assert (me["login"], me["session"]) == ("zhang.wei", answer["session"])
    assert me["person"] | {"id": 0, "unit": 0, "branch": 0, "units": 0} == {
        "id": 0, "name": "张伟", "pinyin": "zhang wei", "initials": "zw", "title": "", "unit": 0, "branch": 0,
        "active": True, "email": "", "phone": "", "units": 0,
    }  # fmt: skip
    assert me["preferences"]["locale"] == "en"
    company = me["person"]["unit"]
    assert {(held["permission"], held["unit"]) for held in me["permissions"]} >= {
        ("org.manage", company),
        ("identity.grant", company),
    }
    units = (await browser.get("/org/units"))["units"]
    assert [(unit["name"], unit["kind"], unit["parent"], unit["people"]) for unit in units] == [
        ("云川集团", "company", None, 1)
    ]


async def test_setup_works_once(office: Office) -> None:
    await (await office.browser()).do("POST", "/setup", BODY | {"code": office.setup_code})
    other = await office.browser()
    assert await other.refused("POST", "/setup", BODY | {"login": "other"}) == (409, "identity.already_set_up")
    assert await other.refused("GET", "/me") == (401, "identity.not_signed_in")


async def test_of_two_founders_at_once_one_wins(office: Office) -> None:
    browsers = [await office.browser(f"192.0.2.{n}") for n in range(5)]
    code = office.setup_code
    answers = await asyncio.gather(
        *(b.send("POST", "/setup", BODY | {"login": f"founder{n}", "code": code}) for n, b in enumerate(browsers))
    )
    assert sorted(a.status_code for a in answers) == [201, 409, 409, 409, 409]
    winner = next(b for b, a in zip(browsers, answers, strict=True) if a.status_code == 201)
    assert len((await winner.get("/org/units"))["units"]) == 1
    assert len((await winner.get("/org/directory"))["people"]) == 1


async def test_a_bad_setup_names_every_field_and_changes_nothing(office: Office) -> None:
    browser = await office.browser()
    bad = {"company": " / ", "name": "\u200b", "login": "a b", "password": "short", "locale": "en"}
    bad["code"] = office.setup_code
    response = await browser.send("POST", "/setup", bad)
    assert response.status_code == 422
    assert set(response.json()["details"]["fields"]) == {"company", "name", "login", "password"}
    assert (await browser.get("/setup"))["needed"] is True


async def test_a_page_of_another_site_founds_nothing(office: Office) -> None:
    browser = await office.browser()
    refusal = await browser.refused("POST", "/setup", BODY, origin="https://evil.example")
    assert refusal == (403, "identity.foreign_origin")
