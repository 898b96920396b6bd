"""Files as spreadsheet programs and HR systems write them, read by one company that none of them changes."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest
import pytest_asyncio

from bilin.core.settings import load_settings
from tests.identity.importing import send
from tests.identity.office import Browser, open_office, variables
from tests.support.servers import TestPostgres

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def reader(
    postgres: TestPostgres, nats_url: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Browser]:
    """The administrator, who only asks what would be changed."""
    async with AsyncExitStack() as stack:
        url = await stack.enter_async_context(postgres.database())
        settings = load_settings(variables(url, nats_url, tmp_path_factory.mktemp("reader")))
        yield await (await open_office(settings, stack)).found()


@pytest.mark.parametrize(
    "data",
    [
        b"", b"\n\n  \n", b"\xff\x00\xfe", b"login,name\na,b\n",
        b"login,login,name,unit\n",
        b"\x00\x00\x00", b'login,name,unit\n"a,b,c\n',
    ],
)  # fmt: skip
async def test_what_is_not_a_table(reader: Browser, data: bytes) -> None:
    status, problem = await send(reader, data)
    assert (status, problem["code"]) == (422, "identity.import_not_a_table")


HR = """\
2026年员工花名册,,,,,,,
制表：人事部,,,,,,,
,,,,,,,
员工编号*,员工姓名,性别,所属部门,组织类型,联系电话,电子邮件,岗位名称,入职日期
"""


@pytest.mark.parametrize("separator", [",", "\t", ";", "；", "，", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
async def test_a_file_as_an_hr_system_writes_it(reader: Browser, encoding: str, separator: str) -> None:
    rows = (
        HR + ',,,"云川集团／华东（上海）",分公司,,,,\n,,,云川集团＞华东（上海）>市场部,部门,,,,\n\n'
        "00778,陈静,女,云川集团\\华东（上海）\\市场部,,13800138000,chen@example.com,会计,2020/1/5\n"
        "A-9,李雷,男,/云川集团 / 华东（上海） / 直销组/,小组,,,,\n"
    )
    status, outcome = await send(
        reader, rows.replace(",", separator).replace("\n", "\r\n").encode(encoding), dry_run="true"
    )
    assert (status, outcome["bad_rows"]) == (200, []), outcome
    assert outcome["passed_over"] == ["性别", "入职日期"]
    units = [each for each in outcome["changes"] if each["what"] == "unit"]
    assert {each["name"]: each["fields"][0]["new"] for each in units} == {
        "云川集团 / 华东（上海）": "branch",
        "云川集团 / 华东（上海） / 市场部": "department",
        "云川集团 / 华东（上海） / 直销组": "team",
    }
    people = [(each["login"], each["name"], each["unit"]) for each in outcome["changes"] if each["what"] == "person"]
    assert people == [
        ("00778", "陈静", "云川集团 / 华东（上海） / 市场部"),
        ("a-9", "李雷", "云川集团 / 华东（上海） / 直销组"),
    ]


@pytest.mark.parametrize(
    "heads",
    [
        "工号,姓名,部门", "登录名,名字,组织", "职工号,职工姓名,所在部门", "账号,姓名(必填),部门（全路径）",
        "Login Name,Full Name,Department", "Employee ID,Employee Name,Organisation", "*员工工号,*员工姓名,*部门路径",
        "用户名：,姓名：,所属机构：", "人员编码,人员姓名,单位", "UserID,displayName,departmentName",
        "Emp. No.,Name,Dept.",
        "員工編號,姓名,部門", "帳號,顯示名稱,所屬部門", "工号/Employee ID,姓名/Name,部门/Department",
        "員工工號 ID,姓名 Name,組織",
        "員工代碼,中文名,所屬單位", "员工UserID,姓 名,归属部门",
        "Personnel No.,Full-Name,Organizational Unit", "登录ID,成员姓名,行政部门",
    ],
)  # fmt: skip
async def test_the_usual_heads_are_known(reader: Browser, heads: str) -> None:
    status, outcome = await send(reader, f"{heads}\nx1,某人,云川集团\n", dry_run="true")
    assert (status, outcome["people_added"], outcome["passed_over"]) == (200, 1, [])


FINE = "login,name,unit\nx,某人,云川集团\n".encode()


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"PK\x03\x04" + bytes(range(256)) * 4, "workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 900, "workbook"),
        (b"\xef\xbb\xbf<html><table><tr><td>login</td></tr></table>", "workbook"),
        (b'\n<?xml version="1.0"?><Workbook/>', "workbook"),
        (FINE[:20] + b"\0" + FINE[20:], "no_text"),
        (b"\0" * 1000 + FINE, "no_text"),
        (FINE + b"\0", "no_text"),
        (b"%PDF-1.7\n%\xff\xff" + FINE, "no_text"),
        (b"{\\rtf1 a}", "no_text"),
        (b"\x1f\x8b\x08\0" + FINE, "no_text"),
        (b"\x89PNG\r\n\x1a\n" + b"\0\0\0\r", "no_text"),
        (b"\xff\xff\xff" + FINE, "encoding"),
    ],
)
async def test_a_file_that_is_no_text_is_told_what_it_is(reader: Browser, data: bytes, why: str) -> None:
    status, problem = await send(reader, data)
    assert (status, problem["code"], problem["details"]["why"]) == (422, "identity.import_not_a_table", why)
    assert ("CSV UTF-8" in problem["detail"]) == (why != "encoding")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
async def test_text_of_every_encoding_is_read(reader: Browser, encoding: str) -> None:
    status, outcome = await send(reader, FINE.decode().encode(encoding), dry_run="true")
    assert (status, outcome["people_added"]) == (200, 1)


async def test_missing_columns_are_named_as_the_documentation_does(reader: Browser) -> None:
    _, problem = await send(reader, "邮箱,电话\na@b.cn,1\n")
    assert problem["detail"] == "No row names the columns; missing: login (登录名), name (姓名), unit (部门)."


@pytest.mark.parametrize(
    "other",
    [
        "上级姓名/工号", "紧急联系人姓名/电话", "手机（紧急联系人）",
        "手机(緊急聯絡人)", "工号（旧）", "姓名（拼音）", "部门(编码)",
        "部门ID", "部门 Code", "电话/邮箱", "Name (Emergency)", "Manager Name", "First Name", "一级部门",
    ],
)  # fmt: skip
async def test_columns_that_hold_something_else_are_passed_over(reader: Browser, other: str) -> None:
    text = f"工号,姓名,部门,{other}\nx1,某人,云川集团,别的\n"
    status, outcome = await send(reader, text, dry_run="true")
    assert (status, outcome["people_added"], outcome["passed_over"]) == (200, 1, [other])
    assert {each["field"] for each in outcome["changes"][0]["fields"]}.isdisjoint({"email", "phone"})


async def test_of_two_columns_of_one_meaning_the_plainer_counts_and_the_other_is_named(reader: Browser) -> None:
    text = "员工编号,登录名,姓名,办公电话,手机号码,部门\n7,li.na,李娜,010-1,13800138000,云川集团\n"
    _, outcome = await send(reader, text, dry_run="true")
    assert outcome["passed_over"] == ["员工编号", "办公电话"]
    assert outcome["changes"][0]["login"] == "li.na"


async def only_bad_row(reader: Browser, row: str) -> tuple[str, str]:
    """Code and column of what is wrong with the one row of a file."""
    text = f"login,name,unit,title,phone\n{row}\n"
    _, outcome = await send(reader, text, dry_run="true", skip_bad_rows="true")
    assert outcome["people_added"] == outcome["units_added"] == 0
    [bad] = outcome["bad_rows"]
    return bad["code"], bad["column"]


@pytest.mark.parametrize(
    "login",
    [
        "1-Mar",
        "01-mar-23",
        "1 March 2023",
        "Mar-23",
        "3月1日",
        "2023年3月1日",
        "2023年3月",
        "三月一日",
        "TRUE",
        "false",
        "2023-01-05",
        "2023/1/5",
        "1999-12-31 00:00:00",
        "1/2/2023",
        "12-31-99",
        "3/1",
        "12:30",
        "１２：３０：００",
        "3:05 PM",
    ],
)
async def test_a_login_that_a_spreadsheet_took_for_a_day_or_a_truth_value_is_a_bad_row(
    reader: Browser, login: str
) -> None:
    assert await only_bad_row(reader, f"{login},某人,云川集团,,") == ("changed_value", "login")
    assert await only_bad_row(reader, f"x,{login},云川集团,,") == ("changed_value", "name")


@pytest.mark.parametrize("login", ["-5", "+5", "-1.5", "1.23E+05", "-1E+05", '"1,234,567"', "－５"])
async def test_a_login_that_became_a_number_is_a_bad_row(reader: Browser, login: str) -> None:
    assert await only_bad_row(reader, f"{login},某人,云川集团,,") == ("changed_number", "login")


@pytest.mark.parametrize(
    "name", ["0", "007", "1.5", "NULL", "null", "(null)", "[NULL]", "N/A", "\\N", "#N/A", "NaN", "undefined"]
)
async def test_what_programs_write_for_no_value_is_nobodys_name(reader: Browser, name: str) -> None:
    assert await only_bad_row(reader, f"x,{name},云川集团,,") == ("failed_cell", "name")
    if not name[0].isdigit():
        assert await only_bad_row(reader, f"x,某人,云川集团,{name},") == ("failed_cell", "title")
        assert await only_bad_row(reader, f"x,某人,云川集团/{name},,") in (
            ("failed_cell", "unit"), ("rule", "unit"), ("empty_level", "unit")
        )  # fmt: skip
    if name == "0":
        assert await only_bad_row(reader, "x,某人,云川集团/0,,") == ("failed_cell", "unit")


@pytest.mark.parametrize(
    "cell",
    [
        '"=HYPERLINK(""http://evil.example"",""张三"")"',
        "=1+1",
        "'=1+1",
        "＝1+1",
        "@SUM(1)",
        "+cmd|' /C calc'!A0",
        "-2+3+cmd|' /C calc'!A0",
        '" =1+1"',
    ],
)
async def test_a_formula_is_nobodys_name_or_title(reader: Browser, cell: str) -> None:
    assert await only_bad_row(reader, f"x,{cell},云川集团,,") == ("formula", "name")
    assert await only_bad_row(reader, f"x,某人,云川集团,{cell},") == ("formula", "title")


@pytest.mark.parametrize(
    "row",
    [
        "mar,某人,云川集团,,",
        "5-octavia,某人,云川集团,,",
        "june.2,某人,云川集团,,",
        "a-5,某人,云川集团,,",
        "t.rue,True Coffee,云川集团,,",
        "x,Null Jr.,云川集团,,",
        "x,李三月,云川集团,,",
        "x,某人,云川集团,+86 业务,+8613800138000",
        "x,某人,云川集团/2023届,- 助理,0755-12345678",
        "x,Nan Li,云川集团,@客户,",
        "x.2023,某人,云川集团/3月组,,",
        "2023001,某人,云川集团,,",
    ],
)
async def test_what_only_looks_a_little_like_that_is_taken(reader: Browser, row: str) -> None:
    status, outcome = await send(reader, f"login,name,unit,title,phone\n{row}\n", dry_run="true")
    assert (status, outcome["people_added"]) == (200, 1)


@pytest.mark.parametrize(
    ("path", "level"), [("云川集团//财务部", 2), ("云川集团/财务部/ /组", 3), ("云川集团 > ＞组", 2)]
)
async def test_the_empty_level_of_a_path_is_named(reader: Browser, path: str, level: int) -> None:
    _, outcome = await send(reader, f"login,name,unit\nx,某人,{path}\n", dry_run="true", skip_bad_rows="true")
    [bad] = outcome["bad_rows"]
    assert (bad["code"], bad["params"]) == ("empty_level", {"value": path, "level": level})
    assert bad["reason"] == f"unit: level {level} of {path!r} is empty"


async def test_units_and_people_that_only_look_the_same_are_told(reader: Browser) -> None:
    rows = [
        "a,王伟,云川集团/财务部",
        "b,王 伟,云川集团/财务部",
        "c,某人,云川集团/财务 部",
        "d,某人,云川集团/财务 部/一组",
        "e,某人,云川集团/财务部/一组",
        "f,王 伟,云川集团/市场部",
        "g,王伟,云川集团/财务部",
        "h,某人,云川集团/市　场　部",
    ]
    _, outcome = await send(reader, "login,name,unit\n" + "\n".join(rows) + "\n", dry_run="true")
    told = [(row["line"], row["column"], row["params"]) for row in outcome["warnings"] if row["code"] == "alike"]
    assert told == [
        (3, "name", {"value": "王 伟", "other": "王伟"}),
        (4, "unit", {"value": "财务 部", "other": "财务部"}),
        (9, "unit", {"value": "市 场 部", "other": "市场部"}),
    ]
    assert (outcome["people_added"], outcome["bad_rows"]) == (8, [])


@pytest.mark.parametrize(
    "login", ["1.00E+05", "20230001.0", "2.0230001e7", "1E5", "1E+05", "１.００Ｅ＋０５", "20230001.00"]
)
async def test_a_login_that_a_spreadsheet_changed_is_a_bad_row(reader: Browser, login: str) -> None:
    _, outcome = await send(reader, f"login,name,unit\n{login},某人,云川集团\n", dry_run="true", skip_bad_rows="true")
    [row] = outcome["bad_rows"]
    assert (row["line"], row["code"], row["column"]) == (2, "changed_number", "login")
    assert "looks like a number that a spreadsheet changed" in row["reason"]
    assert outcome["people_added"] == 0


@pytest.mark.parametrize("cell", ["20230001", "e5", "1e", "00123", '"=""00778"""', "'00778", "v1.0.2", "a.0"])
async def test_other_logins_are_as_they_show(reader: Browser, cell: str) -> None:
    _, outcome = await send(reader, f"login,name,unit\n{cell},某人,云川集团\n", dry_run="true")
    assert outcome["changes"][0]["login"] == cell.strip("\"='")


@pytest.mark.parametrize(
    "row",
    [
        "x,#N/A,云川集团,", "x,某人,云川集团,#REF!", "x,某人,#VALUE!,", "x,#DIV/0!,云川集团,",
        "#####,某人,云川集团,", "x,某人,云川集团,＃Ｎ／Ａ",
    ],
)  # fmt: skip
async def test_what_a_spreadsheet_shows_for_no_value_is_a_bad_row(reader: Browser, row: str) -> None:
    _, outcome = await send(reader, f"login,name,unit,title\n{row}\n", dry_run="true", skip_bad_rows="true")
    assert [bad["code"] for bad in outcome["bad_rows"]] == ["failed_cell"]


async def test_a_telephone_number_that_a_spreadsheet_changed_is_a_bad_row(reader: Browser) -> None:
    _, outcome = await send(
        reader, "login,name,unit,phone\nx,某人,云川集团,13800138000.0\ny,某人,云川集团,1.38E+10\n",
        dry_run="true", skip_bad_rows="true",
    )  # fmt: skip
    assert [(row["code"], row["column"]) for row in outcome["bad_rows"]] == [("changed_number", "phone")] * 2
