"""Importing units and people: the files that spreadsheet programs make, bad rows by line, and the same file again."""

from pathlib import Path
from typing import Any

import pytest

from bilin.core.crypto import read_master_key
from bilin.core.settings import load_settings
from bilin.identity.local_access import LOCAL_KEY_FILE, LocalKeyUnreadable, local_token
from tests.identity.importing import send
from tests.identity.office import PASSWORD, Browser, Office

FILE = """\
login,name,title,email,phone,unit,kind,further_units,password
,,,,,云川集团/华东,branch,,
li.na,李娜,会计,li.na@example.com,13800138000,云川集团/华东/财务部,,,
wang.wei,王伟,"经理, 市场",,,云川集团/华东/市场部,department,云川集团/总裁办=顾问；云川集团/华东,a good password
Anna,Anna Müller,,,,云川集团,,,
"""


async def picture(browser: Browser) -> dict[str, Any]:
    """Units by name, people by name with their posts."""
    units = {unit["id"]: unit for unit in (await browser.get("/org/units"))["units"]}
    people = (await browser.get("/org/directory"))["people"]
    cards = [await browser.get(f"/org/people/{person['id']}") for person in people]

    def posts(card: dict[str, Any]) -> list[Any]:
        return [(units[post["unit"]]["name"], post["title"], post["main"]) for post in card["units"]]

    return {
        "units": {u["name"]: (u["kind"], units[u["parent"]]["name"] if u["parent"] else None) for u in units.values()},
        "people": {card["name"]: (card["title"], posts(card)) for card in cards},
    }


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t"])
async def test_a_file_of_any_spreadsheet_is_imported(
    office: Office, boss: Browser, encoding: str, separator: str
) -> None:
    text = FILE.replace("Müller", "Miller").replace('"经理, 市场"', "经理").replace(",", separator)
    status, outcome = await send(boss, text.replace("\n", "\r\n").encode(encoding))
    assert status == 200, outcome
    assert (await picture(boss))["people"]["李娜"] == ("会计", [("财务部", "会计", True)])


async def test_units_and_people_are_made_as_the_file_says(office: Office, boss: Browser) -> None:
    status, outcome = await send(boss, FILE)
    passwords = dict(outcome.pop("passwords"))
    assert (status, outcome) == (200, {
        "rows": 4, "units_added": 4, "units_changed": 0, "people_added": 3, "people_changed": 0,
        "people_unchanged": 0, "bad_rows": [], "dry_run": False, "names": ["李娜", "Anna Müller"],
        "passed_over": [], "warnings": [], "changes": [],
    })  # fmt: skip
    assert await picture(boss) == {
        "units": {
            "云川集团": ("company", None), "华东": ("branch", "云川集团"), "财务部": ("department", "华东"),
            "市场部": ("department", "华东"), "总裁办": ("department", "云川集团"),
        },
        "people": {
            "张伟": ("", [("云川集团", "", True)]),
            "李娜": ("会计", [("财务部", "会计", True)]),
            "王伟": ("经理, 市场", [("市场部", "经理, 市场", True), ("总裁办", "顾问", False), ("华东", "", False)]),
            "Anna Müller": ("", [("云川集团", "", True)]),
        },
    }  # fmt: skip
    assert set(passwords) == {"li.na", "anna"}
    await office.sign_in("li.na", passwords["li.na"])
    await office.sign_in("li.na", passwords["li.na"])
    await office.sign_in("wang.wei", "a good password")


async def test_the_same_file_again_changes_nothing(office: Office, boss: Browser) -> None:
    await send(boss, FILE)
    before = await picture(boss)
    async with office.site.pool.acquire() as db:
        head = await db.fetchval("SELECT max(pos) FROM core.log")
        _, outcome = await send(boss, FILE)
        assert (outcome["people_unchanged"], outcome["people_changed"], outcome["passwords"]) == (3, 0, [])
        assert await db.fetchval("SELECT max(pos) FROM core.log") == head
    assert await picture(boss) == before


async def test_people_are_recognised_by_login_and_keep_their_password(office: Office, boss: Browser) -> None:
    await office.hire(boss, "李娜", "li.na", phone="110")
    await boss.do("POST", "/org/units", {"parent": office.company, "name": "华东分公司", "kind": "department"})
    status, outcome = await send(
        boss,
        "登录名,姓名,部门,类型,密码\nLI.NA,李娜娜,云川集团/华东分公司,branch,overwritten?\n",
    )
    assert (status, outcome["people_changed"], outcome["units_changed"]) == (200, 1, 1)
    me = await (await office.sign_in("li.na", PASSWORD)).get("/me")
    assert (me["person"]["name"], me["person"]["phone"]) == ("李娜娜", "110")
    assert (await picture(boss))["units"]["华东分公司"] == ("branch", "云川集团")
    await send(boss, "login,name,unit,phone\nli.na,李娜娜,云川集团/华东分公司,\n")
    assert (await (await office.sign_in("li.na")).get("/me"))["person"]["phone"] == ""


BAD = """login,name,unit,kind,email,phone,further_units,password,title
good,好人,云川集团/一部,,,,,,
a b,空格,云川集团,,,,,,
,没有登录名,云川集团,,,,,,
x1,,云川集团,,,,,,
x2,别的公司,别的集团/一部,,,,,,
x3,没有部门,,,,,,,
x4,空段,云川集团//一部,,,,,,
x5,类型,云川集团/二部,division,,,,,
x6,邮箱,云川集团,,not an address,,,,
x7,电话,云川集团,,,call me,,,
x8,兼职,云川集团,,,,云川集团,,
x9,密码,云川集团,,,,,hurz9,
good,又一个,云川集团,,,,,,
x10,太多,云川集团,,,,,,,,extra
"x11","两
行",云川集团,company,,,,,
x12,类型冲突,云川集团/三部,team,,,,,
x13,类型冲突,云川集团/三部,branch,,,,,
"""


async def test_bad_rows_are_told_by_line_and_nothing_is_imported(office: Office, boss: Browser) -> None:
    before = await picture(boss)
    status, problem = await send(boss, BAD)
    assert (status, problem["code"]) == (422, "identity.import_refused")
    lines = {row["line"]: row["reason"] for row in problem["details"]["rows"]}
    assert list(lines) == [3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 19]
    expected = ["login", "login", "name", "unit", "unit", "unit", "kind", "email", "phone", "further_units", "password"]
    assert [reason.split(":")[0] for reason in list(lines.values())[:11]] == expected
    assert "line 2" in lines[14]
    assert "line 18" in lines[19]
    assert await picture(boss) == before


async def test_bad_rows_can_be_skipped(office: Office, boss: Browser) -> None:
    status, outcome = await send(boss, BAD, skip_bad_rows="true")
    assert (status, outcome["people_added"], len(outcome["bad_rows"])) == (200, 3, 14)
    after = await picture(boss)
    assert set(after["people"]) == {"张伟", "好人", "两 行", "类型冲突"}
    assert after["units"]["三部"] == ("team", "云川集团")


async def test_a_dry_run_tells_what_would_happen_and_changes_nothing(office: Office, boss: Browser) -> None:
    before = await picture(boss)
    _, foreseen = await send(boss, FILE, dry_run="true")
    assert await picture(boss) == before
    _, outcome = await send(boss, FILE)
    changes = foreseen.pop("changes")
    assert foreseen == {name: value for name, value in outcome.items() if name != "changes"} | {
        "dry_run": True, "passwords": [], "names": [],
    }  # fmt: skip
    assert [each["name"] for each in changes if each["what"] == "person"] == ["李娜", "王伟", "Anna Müller"]
    assert changes[0]["name"] == "云川集团 / 华东"


@pytest.mark.parametrize("separator", [";", "；", "; "])
async def test_several_units_in_one_cell_are_further_posts_and_no_names(boss: Browser, separator: str) -> None:
    text = f'工号,姓名,部门\nx1,某人,"云川集团/财务部{separator}云川集团/市场部{separator}云川集团"\n'
    status, _ = await send(boss, text)
    found = await picture(boss)
    assert (status, set(found["units"])) == (200, {"云川集团", "财务部", "市场部"})
    assert found["people"]["某人"] == ("", [("财务部", "", True), ("市场部", "", False), ("云川集团", "", False)])


async def test_zeros_that_were_lost_are_told_before(office: Office, boss: Browser) -> None:
    await office.hire(boss, "李娜", "00123")
    text = (
        "login,name,unit\n123,李娜,云川集团\n00124,某人,云川集团\n124,某人,云川集团\n330102199001010000,某人,云川集团\n"
    )
    status, outcome = await send(boss, text, dry_run="true")
    assert (status, outcome["bad_rows"]) == (200, [])
    told = [(row["line"], row["code"], row["params"].get("other")) for row in outcome["warnings"]]
    assert told == [(2, "zeros", "00123"), (4, "zeros", "00124"), (5, "rounded", None)]
    _, fine = await send(boss, "login,name,unit\n00123,李娜,云川集团\n", dry_run="true")
    assert fine["warnings"] == []


async def test_what_only_looks_like_what_is_here_is_told_before(office: Office, boss: Browser) -> None:
    await office.unit(boss, "财务 部", kind="department")
    await office.hire(boss, "李 娜", "li.na")
    text = "login,name,unit\nx,李娜,云川集团\ny,某人,云川集团/财务部\nli.na,李 娜,云川集团\nz,李 娜,云川集团\n"
    _, outcome = await send(boss, text, dry_run="true")
    told = [(row["line"], row["code"], row["params"]["other"]) for row in outcome["warnings"]]
    assert told == [(2, "alike", "李 娜"), (3, "alike", "财务 部")]


async def test_every_change_is_told_with_what_is_there_now(office: Office, boss: Browser) -> None:
    sales = await office.unit(boss, "市场部", kind="department")
    await office.hire(boss, "李娜", "li.na", sales, title="会计", phone="110")
    text = "login,name,unit,title,further_units,kind\nzhang.wei,重复,云川集团,,,\n"
    text += "LI.NA,李娜,云川集团,主管,云川集团/市场部=顾问,\n"
    _, outcome = await send(boss, text + ",,云川集团/市场部,,,team\n", dry_run="true")
    told = {
        each["login"] or each["name"]: {field["field"]: (field["old"], field["new"]) for field in each["fields"]}
        for each in outcome["changes"]
    }
    assert told == {
        "云川集团 / 市场部": {"kind": ("department", "team")},
        "zhang.wei": {"name": ("张伟", "重复")},
        "li.na": {
            "title": ("会计", "主管"),
            "unit": ("云川集团 / 市场部", "云川集团"),
            "further_units": ("", "云川集团 / 市场部 = 顾问"),
        },
    }
    assert (await picture(boss))["people"].keys() == {"张伟", "李娜"}


async def test_reasons_are_codes_with_parameters(boss: Browser) -> None:
    _, problem = await send(boss, BAD)
    codes = [row["code"] for row in problem["details"]["rows"]]
    assert codes == [
        "rule", "missing", "missing", "not_the_company", "missing", "empty_level", "unknown_kind", "rule", "rule",
        "twice", "rule", "stands_already", "too_many_cells", "other_kind",
    ]  # fmt: skip
    assert "hurz9" not in str(problem["details"])  # a password is shown nowhere


async def test_only_who_manages_the_company_imports(office: Office, boss: Browser) -> None:
    branch = await office.unit(boss, "华东分公司")
    person = await office.hire(boss, "李娜", "li.na", branch)
    await boss.do("POST", "/grants", {"person": person, "role": "org_admin", "unit": branch})
    assert (await send(await office.sign_in("li.na"), FILE))[0] == 403


async def test_a_thousand_people_in_one_file(office: Office, boss: Browser) -> None:
    rows = "".join(f"p{n},员工{n},云川集团/分公司{n % 5}/部门{n % 20}\n" for n in range(1000))
    status, outcome = await send(boss, "login,name,unit\n" + rows)
    assert (status, outcome["people_added"], outcome["units_added"]) == (200, 1000, 25)
    units = (await boss.get("/org/units"))["units"]
    assert units[0]["people"] == 1001
    assert sum(unit["people"] for unit in units if unit["name"].startswith("分公司")) == 1000


async def test_a_local_command_acts_as_the_local_administrator(office: Office, boss: Browser) -> None:
    program = await office.browser("127.0.0.1")
    headers = {"authorization": f"Bearer {local_token(office.site.settings)}"}
    response = await program.client.post("/api/org/import", content=FILE.encode(), headers=headers)
    assert response.status_code == 200
    async with office.site.pool.acquire() as db:
        assert await db.fetchval("SELECT actor FROM core.log ORDER BY pos DESC LIMIT 1") < 0


async def test_a_local_token_of_another_folder_is_refused(office: Office, boss: Browser, tmp_path: Path) -> None:
    program = await office.browser("127.0.0.1")
    elsewhere = load_settings({"BILIN_DATA_DIR": str(tmp_path / "other")})
    with pytest.raises(LocalKeyUnreadable):
        local_token(elsewhere)
    read_master_key(tmp_path / "other" / LOCAL_KEY_FILE)
    foreign = local_token(elsewhere)
    expires, signature = local_token(office.site.settings).removeprefix("local.").split(".")
    longer = f"local.{int(expires) + 3600}.{signature}"
    for token in (foreign, longer, f"local.{expires}.{signature[::-1]}"):
        headers = {"authorization": f"Bearer {token}"}
        assert (await program.client.get("/api/org/units", headers=headers)).status_code == 401


async def test_a_local_token_is_good_for_a_minute_and_not_as_a_cookie(
    office: Office, boss: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = local_token(office.site.settings)
    program = await office.browser("127.0.0.1")
    headers = {"authorization": f"Bearer {token}"}
    assert (await program.client.get("/api/org/units", headers=headers)).status_code == 200
    assert (await program.client.get("/api/org/units", headers={"cookie": f"bilin_session={token}"})).status_code == 401
    monkeypatch.setattr("bilin.identity.local_access.TOKEN_LIFE_S", -1)
    headers = {"authorization": f"Bearer {local_token(office.site.settings)}"}
    assert (await program.client.get("/api/org/units", headers=headers)).status_code == 401
