"""Checking each row by itself, and the rows against each other."""

import re
from collections.abc import Callable, Mapping
from typing import TypeVar

from bilin.core.characters import compatible, fold
from bilin.core.reasons import Reason, Wrong
from bilin.identity.imports.reading import Cells, Sheet
from bilin.identity.imports.rows import (
    KINDS,
    FurtherPost,
    ImportedKind,
    ImportRow,
    Path,
    PersonRow,
    RowCode,
    Table,
    UnitRow,
)
from bilin.identity.imports.units import key_of
from bilin.identity.logins import login as login_rule
from bilin.identity.password_rules import MIN_CHARS, check_password
from bilin.org import MAX_POSTS, fields

MAX_DEPTH = 12
PATH_SEPARATORS = re.compile(r"\s*[/\\>→／＼＞]\s*")
POST_SEPARATORS = re.compile(r"[;；]")
TITLE_SEPARATOR = re.compile(r"[=＝]")
KIND_NAMES: dict[str, ImportedKind] = {
    **dict.fromkeys(("branch", "分公司", "子公司", "分部", "分支机构", "分支", "办事处", "分行"), "branch"),
    **dict.fromkeys(("department", "dept", "部门", "部", "中心", "处", "科室", "事业部"), "department"),
    **dict.fromkeys(("team", "group", "小组", "组", "团队", "班组", "项目组"), "team"),
}
COMPANY_NAMES = ("company", "公司", "总公司", "集团", "总部")
CHANGED_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?e[+-]?\d+|\d+\.0+|\d{1,3}(?:,\d{3})+", re.IGNORECASE)
"""What a spreadsheet makes of a number it takes for one: 100000 → 1.00E+05, 20230001 → 20230001.0."""
SIGNED_NUMBER = re.compile(r"[+-]\d+(?:\.\d+)?")
"""Half of what was a login of figures with a sign between; a telephone number may begin so."""
_MONTH = (
    "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t|tember)?|oct(?:ober)?"
    "|nov(?:ember)?|dec(?:ember)?)"
)
CHANGED_VALUE = re.compile(
    rf"(?i:true|false|\d{{1,2}}[-/ ]{_MONTH}(?:[-/ ]\d{{2,4}})?|\d{{4}}[-/ ]{_MONTH}(?:[-/ ]\d{{1,2}})?)"
    rf"|(?=[A-Z])(?i:{_MONTH})[-/ ]\d{{2,4}}"
    r"|(?:19|20)\d\d[-/]\d{1,2}[-/]\d{1,2}(?:[ T].*)?|\d{1,2}[-/]\d{1,2}[-/](?:(?:19|20)\d\d|\d\d)(?:[ T].*)?"
    r"|\d{1,2}/\d{1,2}|\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?(?: ?[AP]M)?"
    r"|(?:\d{2,4}年)?\d{1,2}月(?:\d{1,2}[日号])?|(?:\d{2,4}年)?[一二三四五六七八九十]{1,2}月(?:[一二三四五六七八九十]{1,3}[日号])?"
)
"""What a spreadsheet makes of what it takes for a day, a time or a truth value: 3-1 → 1-Mar or 3月1日, true → TRUE."""
NO_VALUE = re.compile(
    r"(?i:#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|SPILL!|CALC!|BUSY!|BLOCKED!|FIELD!|#{2,}))"
    r"|NULL|null|(?i:[(<\[]null[)>\]])|\\N|(?i:N/A)|NaN|undefined"
)
"""What a spreadsheet shows for a formula that has no value, and for a number that is wider than its column; and what
databases and programs write where they have none."""
NUMBER = re.compile(r"[+-]?\d[\d.,]*")
"""As a name: what a lookup in a spreadsheet finds where nothing stands is 0."""
FORMULA = re.compile(r"=.*|[+\-@].*[(|!].*", re.DOTALL)
FORMULA_SIGNS = ("=", "+", "-", "@")
"""What the name of nobody begins with: a spreadsheet that opens a list of names would work it out."""

T = TypeVar("T")


class _Unusable(Exception):
    """A row that cannot be used; the message is the reason."""

    why: Reason | None = None

    def __init__(self, code: RowCode, column: str, text: str, /, **params: str | int) -> None:
        super().__init__(f"{column}: {text}")
        self.code, self.column, self.params = code, column, params

    @classmethod
    def by_rule(cls, column: str, value: str, wrong: Wrong) -> "_Unusable":
        """`value`: as it is shown; empty where it must not be."""
        text = f"{value!r} {wrong}" if value else str(wrong)
        unusable = cls("rule", column, text, value=value or "…", reason=str(wrong))
        unusable.why = wrong.reason
        return unusable

    def row(self, line: int) -> ImportRow:
        return ImportRow(line, str(self), self.code, self.column, self.params, self.why)


def read_table(data: bytes, company: str, password_chars: Mapping[Path, int]) -> Table:
    """All rows of a file, checked; `password_chars`: the fewest that a password has, by the folded path of each unit.

    Raises `NotATable` when it cannot be read at all.
    """
    units: list[UnitRow] = []
    people: dict[str, PersonRow] = {}
    bad: list[ImportRow] = []
    sheet = Sheet(data)
    for row in sheet.cells():
        if isinstance(row, ImportRow):
            bad.append(row)
            continue
        line, cells = row
        try:
            unit, person = _read_row(line, cells, company, password_chars)
            if person is not None:
                _refuse_second(person, people)
                people[person.login] = person
            units.append(unit)
        except _Unusable as wrong:
            bad.append(wrong.row(line))
    units, clashing = _without_clashes(units)
    lost = {each.line for each in clashing}
    kept = tuple(person for person in people.values() if person.line not in lost)
    told = tuple(sorted([*bad, *clashing], key=lambda each: each.line))
    return Table(tuple(units), kept, told, sheet.heading.passed_over)


def _refuse_second(person: PersonRow, people: dict[str, PersonRow]) -> None:
    if (earlier := people.get(person.login)) is not None:
        reason = f"{person.login!r} stands in line {earlier.line} already"
        raise _Unusable("stands_already", "login", reason, value=person.login, line=earlier.line)


def _read_row(
    line: int, cells: Cells, company: str, password_chars: Mapping[Path, int]
) -> tuple[UnitRow, PersonRow | None]:
    for column, text in cells.items():
        if column != "password":
            _refuse_no_text(column, text)
    cells = _posts_apart(cells, company)
    path = _path(cells["unit"], company, "unit")
    unit = UnitRow(line, path, _kind(cells.get("kind", ""), path))
    if not cells["login"] and not cells["name"]:
        if any(cells.get(column) for column in ("title", "email", "phone", "further_units", "password")):
            raise _Unusable("missing", "login", "is missing")
        return unit, None
    for column in ("login", "name", "phone"):
        _refuse_changed(column, cells.get(column, ""))
    person = PersonRow(
        line=line,
        login=_by_rule("login", login_rule, cells["login"]),
        name=_by_rule("name", fields.person_name, cells["name"]),
        unit=path,
        title=_optional("title", fields.title, cells),
        email=_optional("email", fields.email, cells),
        phone=_optional("phone", fields.phone, cells),
        further=_further(cells["further_units"], company, path) if "further_units" in cells else None,
        password=_password(cells, company, _nearest(password_chars, path)),
    )
    return unit, person


def _posts_apart(cells: Cells, company: str) -> Cells:
    """Several paths in the cell of one unit, as exports of chat systems have them: the first is the main unit."""
    first, *others = POST_SEPARATORS.split(cells["unit"])
    paths = [other.strip() for other in others if other.strip()]
    if not all(fold(PATH_SEPARATORS.split(path)[0]) == fold(company) for path in paths):
        return cells
    further = ";".join(filter(None, (*paths, cells.get("further_units", ""))))
    return {**cells, "unit": first, **({"further_units": further} if paths else {})}


def _refuse_no_text(column: str, text: str) -> None:
    """A cell of any column that nobody wrote: what a program shows instead of a value, or a formula."""
    plain = compatible(text)
    if NO_VALUE.fullmatch(plain) or (column == "name" and NUMBER.fullmatch(plain)):
        raise _no_value(column, text)
    if FORMULA.fullmatch(plain) or (column == "name" and plain.startswith(FORMULA_SIGNS)):
        raise _Unusable("formula", column, f"{text[:60]!r} is a formula", value=text[:60])


def _no_value(column: str, text: str) -> _Unusable:
    reason = f"{text[:60]!r} is what programs write where they have no value"
    return _Unusable("failed_cell", column, reason, value=text[:60])


def _refuse_changed(column: str, text: str) -> None:
    plain = compatible(text)
    if CHANGED_NUMBER.fullmatch(plain) or (column == "login" and SIGNED_NUMBER.fullmatch(plain)):
        reason = f"{text[:60]!r} looks like a number that a spreadsheet changed"
        raise _Unusable("changed_number", column, reason, value=text[:60])
    if CHANGED_VALUE.fullmatch(plain):
        reason = f"{text[:60]!r} looks like a date or a truth value that a spreadsheet made"
        raise _Unusable("changed_value", column, reason, value=text[:60])


def _by_rule(column: str, rule: Callable[[str], T], text: str) -> T:
    try:
        return rule(text)
    except Wrong as wrong:
        if not text:
            raise _Unusable("missing", column, "is missing") from wrong
        raise _Unusable.by_rule(column, text[:60], wrong) from wrong


def _nearest(password_chars: Mapping[Path, int], path: Path) -> int:
    """What holds in a unit; in one that is still to be made, what holds where it will be."""
    known = (key_of(path[:depth]) for depth in range(len(path), 0, -1))
    return next((password_chars[key] for key in known if key in password_chars), MIN_CHARS)


def _password(cells: Cells, company: str, least: int) -> str | None:
    text = cells.get("password")
    if not text:
        return None
    try:
        return check_password(text, (company, cells["login"], cells["name"]), least)
    except Wrong as wrong:  # not shown: it may be right but for a letter
        raise _Unusable.by_rule("password", "", wrong) from wrong


def _optional(column: str, rule: Callable[[str], str], cells: Cells) -> str | None:
    return _by_rule(column, rule, cells[column]) if column in cells else None


def _path(text: str, company: str, column: str) -> Path:
    parts = PATH_SEPARATORS.split(text.strip(" /\\>→／＼＞"))
    if len(parts) > 1 and not all(parts):
        level = parts.index("") + 1
        reason = f"level {level} of {text[:200]!r} is empty"
        raise _Unusable("empty_level", column, reason, value=text[:200], level=level)
    rests = (text[found.end() :] for found in PATH_SEPARATORS.finditer(text))  # of #N/A a part is one already
    for part in (*parts, *rests):
        if part == "0" or NO_VALUE.fullmatch(compatible(part)):
            raise _no_value(column, part)
    names = tuple(_by_rule(column, fields.unit_name, part) for part in parts)
    if fold(names[0]) != fold(company):
        reason = f"{names[0]!r} is not the company; paths begin with {company!r}"
        raise _Unusable("not_the_company", column, reason, value=names[0], company=company)
    if len(names) > MAX_DEPTH:
        raise _Unusable("too_deep", column, f"deeper than {MAX_DEPTH} units", limit=MAX_DEPTH)
    return names


def _kind(text: str, path: Path) -> ImportedKind | None:
    plain = compatible(text).casefold().strip()
    if not plain or (len(path) == 1 and plain in COMPANY_NAMES):
        return None
    kind = KIND_NAMES.get(plain)
    if kind is not None and len(path) > 1:
        return kind
    raise _Unusable("unknown_kind", "kind", f"{text[:60]!r} is none of {', '.join(KINDS)}", value=text[:60])


def _further(text: str, company: str, main: Path) -> tuple[FurtherPost, ...]:
    posts: dict[Path, FurtherPost] = {}
    for part in filter(None, map(str.strip, POST_SEPARATORS.split(text))):
        place, *titles = TITLE_SEPARATOR.split(part, 1)
        path = _path(place, company, "further_units")
        key = tuple(map(fold, path))
        if key == tuple(map(fold, main)) or key in posts:
            reason = f"{place.strip()!r} stands there twice"
            raise _Unusable("twice", "further_units", reason, value=place.strip())
        posts[key] = FurtherPost(path, _by_rule("further_units", fields.title, "".join(titles)))
    if len(posts) >= MAX_POSTS:
        raise _Unusable("too_many", "further_units", f"at most {MAX_POSTS - 1}", limit=MAX_POSTS - 1)
    return tuple(posts.values())


def _without_clashes(units: list[UnitRow]) -> tuple[list[UnitRow], list[ImportRow]]:
    """A unit has one kind: rows that give it another one are bad."""
    first: dict[Path, UnitRow] = {}
    good: list[UnitRow] = []
    bad: list[ImportRow] = []
    for unit in units:
        key = tuple(map(fold, unit.path))
        given = first.setdefault(key, unit) if unit.kind is not None else unit
        if given.kind != unit.kind:
            reason = f"line {given.line} says this unit is a {given.kind}"
            bad.append(_Unusable("other_kind", "kind", reason, line=given.line, kind=str(given.kind)).row(unit.line))
        else:
            good.append(unit)
    return good, bad
