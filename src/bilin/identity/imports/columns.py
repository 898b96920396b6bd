"""The columns of an import: what HR systems and people call them, and which row of a file names them."""

import re
from collections.abc import Sequence

from msgspec import Struct

from bilin.core.characters import compatible

HEADS: dict[str, tuple[str, ...]] = {
    "login": (
        *("login", "login name", "username", "user name", "user id", "account", "登录名", "登录账号", "登录帐号"),
        *(
            "用户名",
            "账号",
            "帐号",
            "账户",
            "员工账号",
            "系统账号",
            "工号",
            "员工编号",
            "员工工号",
            "员工号",
            "职工编号",
        ),
        *("职工号", "人员编号", "人员编码", "编号", "employee id", "employee no", "employee number", "staff id", "id"),
    ),
    "name": (
        *(
            "name",
            "full name",
            "display name",
            "employee name",
            "staff name",
            "姓名",
            "员工姓名",
            "人员姓名",
            "职工姓名",
        ),
        *("中文姓名", "真实姓名", "名字", "成员姓名", "用户姓名"),
    ),
    "unit": (
        *("unit", "department path", "department", "dept", "organization", "organisation", "org unit", "部门路径"),
        *(
            "部门全路径",
            "所属部门路径",
            "所属部门",
            "所在部门",
            "部门",
            "部门名称",
            "主部门",
            "所属组织",
            "组织",
            "组织机构",
        ),
        *("组织路径", "所属机构", "机构", "单位", "所属单位", "所在单位"),
    ),
    "kind": ("kind", "unit kind", "unit type", "type", "类型", "部门类型", "组织类型", "机构类型", "单位类型"),
    "title": (
        *("title", "job title", "position", "role", "职务", "职位", "职务名称", "职位名称", "岗位", "岗位名称", "头衔"),
        "职称",
    ),
    "email": (
        *("email", "e-mail", "mail", "email address", "work email", "邮箱", "电子邮箱", "电子邮件", "邮件", "邮箱地址"),
        *("工作邮箱", "企业邮箱", "公司邮箱", "邮件地址", "个人邮箱"),
    ),
    "phone": (
        *("phone", "mobile", "mobile phone", "mobile number", "cell phone", "phone number", "telephone", "tel"),
        *("手机", "手机号", "手机号码", "移动电话", "联系电话", "联系方式", "电话", "电话号码", "办公电话", "座机"),
    ),
    "further_units": (
        *(
            "further units",
            "other units",
            "other departments",
            "兼职部门",
            "兼任部门",
            "其他部门",
            "其它部门",
            "附属部门",
        ),
        *("兼职", "次要部门"),
    ),
    "password": ("password", "initial password", "first password", "密码", "初始密码", "登录密码", "初始登录密码"),
}
"""For each column its names; of two that are there the earlier one counts."""
REQUIRED = ("login", "name", "unit")
LOOKED_AT = 30
"""So many rows are looked at for the one that names the columns: titles and notes may stand above it."""


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
    while cells and not cells[-1]:
        cells = cells[:-1]
    found = [_known(cell) for cell in cells]
    best = {column: min(rank for name, rank in found if name == column) for column, _ in found}
    columns = tuple(name if best[name] == rank else "" for name, rank in found)
    passed_over = tuple(cell for cell, column in zip(cells, columns, strict=True) if cell and not column)
    twice = next((cell for n, cell in enumerate(cells) if columns[n] and columns[n] in columns[:n]), None)
    return Heading(at, columns, passed_over, twice)


RANKS = {head: (column, rank) for column, heads in HEADS.items() for rank, head in enumerate(heads)}


def _known(cell: str) -> tuple[str, int]:
    """The column a head names, and how early the name counts. What stands in brackets, and marks, say nothing."""
    plain = compatible(cell).casefold().replace("_", " ")
    plain = re.sub(r"\([^)]*\)|\[[^]]*]|【[^】]*】", "", plain)
    plain = " ".join(re.sub(r"[*:#\ufeff\"]", " ", plain).split())
    return RANKS.get(plain) or RANKS.get(plain.replace(" ", "")) or ("", 0)
