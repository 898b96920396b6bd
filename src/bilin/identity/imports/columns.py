"""The columns of an import: what HR systems and people call them, and which row of a file names them."""

import re
from collections.abc import Sequence

from msgspec import Struct

from bilin.core.characters import compatible

HEADS: dict[str, tuple[str, ...]] = {
    column: tuple(heads.split(", "))
    for column, heads in {
        "login": (
            "login, login name, username, user name, user id, account, 登录名, 登录账号, 登录帐号, "
            "登录账户, 登录id, 登入账号, 登入帐号, 用户名, 用户id, 账号, 帐号, 账户, 员工账号, 成员账号, "
            "企业微信账号, 系统账号, 系统帐号, 域账号, ad账号, samaccountname, 员工userid, 工号, 员工编号, "
            "员工工号, 员工号, 员工代码, 员工编码, 员工id, 职工编号, 职工号, 职工工号, 职员编号, 职员代码, "
            "职员工号, 人员编号, 人员编码, 人员代码, 人员工号, 工卡号, 编号, employee id, employee no, "
            "employee number, employee code, emp id, emp no, staff id, staff no, staff number, "
            "personnel no, personnel number, worker id, badge number, id"
        ),
        "name": (
            "name, full name, display name, employee name, staff name, worker name, 姓名, 员工姓名, "
            "人员姓名, 职工姓名, 职员姓名, 中文姓名, 中文名, 真实姓名, 名字, 名称, 员工名称, 成员姓名, "
            "用户姓名, 显示名称, 显示名"
        ),
        "unit": (
            "unit, department path, department, department name, dept, dept name, organization, "
            "organisation, organization name, organizational unit, org unit, org, 部门路径, 部门全路径, "
            "部门全称, 所属部门路径, 所属部门全称, 所属部门, 所在部门, 归属部门, 任职部门, 行政部门, 部门, "
            "部门名称, 科室, 主部门, 所属组织, 所在组织, 组织, 组织全称, 组织名称, 组织单元, 组织机构, "
            "组织路径, 所属机构, 所在机构, 机构, 机构名称, 单位, 单位名称, 所属单位, 所在单位"
        ),
        "kind": "kind, unit kind, unit type, type, 类型, 部门类型, 组织类型, 机构类型, 单位类型",
        "title": (
            "title, job title, position, position title, job, role, 职务, 职位, 职务名称, 职位名称, 岗位, "
            "岗位名称, 任职岗位, 现任职务, 头衔, 职称"
        ),
        "email": (
            "email, e-mail, mail, email address, work email, business email, company email, 邮箱, 电子邮箱, "
            "电子邮件, 电邮, 邮件, 邮箱地址, 工作邮箱, 企业邮箱, 公司邮箱, 办公邮箱, 邮箱账号, 邮件地址, "
            "电子邮件地址, 个人邮箱"
        ),
        "phone": (
            "phone, mobile, mobile phone, mobile number, cell phone, cell, phone number, telephone, "
            "telephone number, tel, work phone, business phone, 手机, 手机号, 手机号码, 移动电话, 移动手机, "
            "本人手机, 联系手机, 手机电话, 联系电话, 联系方式, 联络电话, 电话, 电话号码, 办公电话, 座机"
        ),
        "further_units": (
            "further units, other units, other departments, additional departments, 兼职部门, 兼任部门, "
            "其他部门, 其它部门, 附属部门, 兼职, 次要部门"
        ),
        "password": "password, initial password, first password, 密码, 初始密码, 登录密码, 初始登录密码",
    }.items()
}
"""For each column its names; of two that are there the earlier one counts."""
USUAL = {"login": "登录名", "name": "姓名", "unit": "部门"}
"""The heads that are required, as the documentation writes them in Chinese."""
REQUIRED = tuple(USUAL)
LOOKED_AT = 30
"""So many rows are looked at for the one that names the columns: titles and notes may stand above it."""
MAX_COLUMNS, MAX_HEAD_CHARS = 500, 200
"""A row with more, or a cell with more, names no columns: what they hold is looked at with patterns."""


class Heading(Struct, frozen=True):
    """The row that names the columns."""

    at: int
    """How many rows that are not empty stand above it."""
    columns: tuple[str, ...]
    """The column of each cell; empty where none is known or an earlier name counts."""
    passed_over: tuple[str, ...]
    """The names of cells that nothing is read from."""
    twice: str | None
    """A name that stands there twice."""

    @property
    def missing(self) -> list[str]:
        """Required columns that are not there."""
        return [column for column in REQUIRED if column not in self.columns]


def find_heading(rows: Sequence[Sequence[str]]) -> Heading:
    """The heading of a file, given its first rows that are not empty: the row with the most columns that are known."""
    headings = [_heading(at, row) for at, row in enumerate(rows[:LOOKED_AT])]
    return max(headings, key=lambda each: (-len(each.missing), sum(map(bool, each.columns)), -each.at))


def _heading(at: int, cells: Sequence[str]) -> Heading:
    filled = next((place for place in range(len(cells), 0, -1) if cells[place - 1]), 0)
    if filled > MAX_COLUMNS:
        return Heading(at, (), (), None)
    cells = cells[:filled]
    found = [_known(cell) for cell in cells]
    best = {column: min(rank for name, rank in found if name == column) for column, _ in found}
    columns = tuple(name if best[name] == rank else "" for name, rank in found)
    passed_over = tuple(cell for cell, column in zip(cells, columns, strict=True) if cell and not column)
    twice = next((cell for n, cell in enumerate(cells) if columns[n] and columns[n] in columns[:n]), None)
    return Heading(at, columns, passed_over, twice)


def _squeezed(text: str) -> str:
    """A head as it is compared: width, case, blanks, marks and Chinese script make no difference."""
    return re.sub(r"[\s_*:#.\-\ufeff\"]", "", compatible(text).casefold()).translate(SIMPLIFIED)


SIMPLIFIED = str.maketrans(
    "員編號帳賬戶錄門職務稱電話機郵單組織構類碼聯絡徑屬處級實銜顯領導緊",
    "员编号帐账户录门职务称电话机邮单组织构类码联络径属处级实衔显领导紧",
)
"""Of the characters that heads have."""
RANKS = {_squeezed(head): (column, rank) for column, heads in HEADS.items() for rank, head in enumerate(heads)}
OTHER = re.compile("紧急|家属|配偶|上级|主管|领导|原|旧|曾用|拼音|英文|编码|代码|emergency|manager|former|pinyin|code")
"""What says in brackets that a column holds something else: 手机（紧急联系人）."""
LANGUAGES = re.compile(r"[/|\n]|(?<=[\u4e00-\u9fff])\s*(?=[A-Za-z])|(?<=[A-Za-z])\s*(?=[\u4e00-\u9fff])")
"""Between a head and the same in another language: 姓名/Name, 姓名 Name."""


def _known(cell: str) -> tuple[str, int]:
    """The column a head names, and how early the name counts. What stands in brackets, and marks, say little."""
    if len(cell) > MAX_HEAD_CHARS:
        return "", 0
    plain = compatible(cell)
    notes = r"\([^)]*\)|\[[^]]*]|【[^】]*】"
    if OTHER.search("".join(re.findall(notes, plain)).casefold().translate(SIMPLIFIED)):
        return "", 0
    plain = re.sub(notes, "", plain)
    if whole := RANKS.get(_squeezed(plain)):
        return whole
    parts = [RANKS.get(_squeezed(part), ("", 0)) for part in LANGUAGES.split(plain) if part.strip()]
    return min(parts) if len({column for column, _ in parts}) == 1 else ("", 0)
