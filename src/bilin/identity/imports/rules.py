"""Checking each row by itself, and the rows against each other."""

from collections.abc import Callable
from typing import TypeVar

from bilin.core.characters import fold
from bilin.identity.imports.reading import Cells, read_cells
from bilin.identity.imports.rows import KINDS, BadRow, FurtherPost, ImportedKind, Path, PersonRow, Table, UnitRow
from bilin.identity.logins import login as login_rule
from bilin.identity.passwords import Passwords
from bilin.org import MAX_POSTS, fields

MAX_DEPTH = 12
PATH_SEPARATOR = "/"
POST_SEPARATORS = (";", "；")

T = TypeVar("T")


class _Wrong(Exception):
    """A row that cannot be used; the message is the reason."""


def read_table(data: bytes, company: str, passwords: Passwords) -> Table:
    """All rows of a file, checked. Raises `NotATable` when it cannot be read at all."""
    units: list[UnitRow] = []
    people: dict[str, PersonRow] = {}
    bad: list[BadRow] = []
    for row in read_cells(data):
        if isinstance(row, BadRow):
            bad.append(row)
            continue
        line, cells = row
        try:
            unit, person = _read_row(line, cells, company, passwords)
            if person is not None:
                _refuse_second(person, people)
                people[person.login] = person
            units.append(unit)
        except _Wrong as reason:
            bad.append(BadRow(line, str(reason)))
    units, clashing = _without_clashes(units)
    lost = {each.line for each in clashing}
    kept = tuple(person for person in people.values() if person.line not in lost)
    return Table(tuple(units), kept, tuple(sorted([*bad, *clashing], key=lambda each: each.line)))


def _refuse_second(person: PersonRow, people: dict[str, PersonRow]) -> None:
    if (earlier := people.get(person.login)) is not None:
        raise _Wrong(f"login: {person.login!r} stands in line {earlier.line} already")


def _read_row(line: int, cells: Cells, company: str, passwords: Passwords) -> tuple[UnitRow, PersonRow | None]:
    path = _path(cells["unit"], company, "unit")
    unit = UnitRow(line, path, _kind(cells.get("kind", ""), path))
    if not cells["login"] and not cells["name"]:
        if any(cells.get(column) for column in ("title", "email", "phone", "further_units", "password")):
            raise _Wrong("login: is missing")
        return unit, None
    person = PersonRow(
        line=line,
        login=_by_rule("login", login_rule, cells["login"]),
        name=_by_rule("name", fields.person_name, cells["name"]),
        unit=path,
        title=_optional("title", fields.title, cells),
        email=_optional("email", fields.email, cells),
        phone=_optional("phone", fields.phone, cells),
        further=_further(cells["further_units"], company, path) if "further_units" in cells else None,
        password=_password(cells, company, passwords),
    )
    return unit, person


def _by_rule(column: str, rule: Callable[[str], T], text: str) -> T:
    try:
        return rule(text)
    except ValueError as reason:
        raise _Wrong(f"{column}: {text[:60]!r} {reason}") from reason


def _password(cells: Cells, company: str, passwords: Passwords) -> str | None:
    own = (company, cells["login"], cells["name"])
    return (
        _by_rule("password", lambda text: passwords.rule(text, own), cells["password"])
        if cells.get("password")
        else None
    )


def _optional(column: str, rule: Callable[[str], str], cells: Cells) -> str | None:
    return _by_rule(column, rule, cells[column]) if column in cells else None


def _path(text: str, company: str, column: str) -> Path:
    names = tuple(_by_rule(column, fields.unit_name, part) for part in text.split(PATH_SEPARATOR))
    if fold(names[0]) != fold(company):
        raise _Wrong(f"{column}: {names[0]!r} is not the company; paths begin with {company!r}")
    if len(names) > MAX_DEPTH:
        raise _Wrong(f"{column}: deeper than {MAX_DEPTH} units")
    return names


def _kind(text: str, path: Path) -> ImportedKind | None:
    if not text or (len(path) == 1 and text == "company"):
        return None
    for kind in KINDS:
        if text.casefold() == kind and len(path) > 1:
            return kind  # type: ignore[return-value]
    raise _Wrong(f"kind: {text[:60]!r} is none of {', '.join(KINDS)}")


def _further(text: str, company: str, main: Path) -> tuple[FurtherPost, ...]:
    for separator in POST_SEPARATORS[1:]:
        text = text.replace(separator, POST_SEPARATORS[0])
    posts: dict[Path, FurtherPost] = {}
    for part in filter(None, map(str.strip, text.split(POST_SEPARATORS[0]))):
        place, _, title = part.partition("=")
        path = _path(place, company, "further_units")
        key = tuple(map(fold, path))
        if key == tuple(map(fold, main)) or key in posts:
            raise _Wrong(f"further_units: {place.strip()!r} stands there twice")
        posts[key] = FurtherPost(path, _by_rule("further_units", fields.title, title))
    if len(posts) >= MAX_POSTS:
        raise _Wrong(f"further_units: at most {MAX_POSTS - 1}")
    return tuple(posts.values())


def _without_clashes(units: list[UnitRow]) -> tuple[list[UnitRow], list[BadRow]]:
    """A unit has one kind: rows that give it another one are bad."""
    first: dict[Path, UnitRow] = {}
    good: list[UnitRow] = []
    bad: list[BadRow] = []
    for unit in units:
        key = tuple(map(fold, unit.path))
        given = first.setdefault(key, unit) if unit.kind is not None else unit
        if given.kind != unit.kind:
            bad.append(BadRow(unit.line, f"kind: line {given.line} says this unit is a {given.kind}"))
        else:
            good.append(unit)
    return good, bad
