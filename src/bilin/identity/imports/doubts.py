"""Rows that can be imported, and look as if a spreadsheet had changed them, or as if somebody or something were there
already under a name that looks the same: told before, not refused."""

from collections.abc import Iterator, Sequence

from bilin.core.characters import alike
from bilin.core.database import Connection
from bilin.identity.imports.rows import ImportRow, PersonRow, Table
from bilin.identity.imports.units import UnitPlan, key_of, wanted_units
from bilin.identity.queries import accounts_of_logins
from bilin.org import TreeUnit, names_in

SELECT_ALIKE = """
SELECT login FROM identity.account WHERE login ~ '^[0-9]+$' AND ltrim(login, '0') = ANY($1::text[]) ORDER BY login"""
EXACT_DIGITS = 15
"""Spreadsheets keep so many digits of a number and make the others 0."""


async def doubts_about(
    db: Connection, table: Table, plan: UnitPlan, units: Sequence[TreeUnit]
) -> tuple[ImportRow, ...]:
    """Of new people their logins, and names; of new units their names. `units`: those that are there."""
    present = await accounts_of_logins(db, [row.login for row in table.people])
    new = [row for row in table.people if row.login not in present]
    told = [*await _logins(db, new), *_alike_units(table, plan, units), *await _alike_people(db, new, plan, units)]
    return tuple(sorted(told, key=lambda each: each.line))


async def _logins(db: Connection, people: Sequence[PersonRow]) -> list[ImportRow]:
    """Numbers that differ from one that is there by zeros in front, or end in rounded zeros."""
    new = [row for row in people if row.login.isascii() and row.login.isdigit()]
    rows = await db.fetch(SELECT_ALIKE, [row.login.lstrip("0") for row in new])
    known: dict[str, str] = {row["login"].lstrip("0"): row["login"] for row in rows}
    return [*_lost_zeros(new, known), *_rounded(new)]


def _lost_zeros(new: Sequence[PersonRow], known: dict[str, str]) -> Iterator[ImportRow]:
    in_file: dict[str, str] = {}
    for row in new:
        short = row.login.lstrip("0")
        alike = known.get(short) or in_file.setdefault(short, row.login)
        if alike != row.login:
            reason = f"login: {row.login!r} is new while there is {alike!r}: a spreadsheet may have taken zeros away"
            yield ImportRow(row.line, reason, "zeros", "login", {"value": row.login, "other": alike})


def _rounded(new: Sequence[PersonRow]) -> Iterator[ImportRow]:
    for row in new:
        if len(row.login) > EXACT_DIGITS and not row.login[EXACT_DIGITS:].strip("0"):
            reason = f"login: {row.login!r} may have been rounded: spreadsheets keep {EXACT_DIGITS} digits of a number"
            yield ImportRow(row.line, reason, "rounded", "login", {"value": row.login, "digits": EXACT_DIGITS})


def _alike_units(table: Table, plan: UnitPlan, units: Sequence[TreeUnit]) -> Iterator[ImportRow]:
    """财务 部 beside 财务部: two units below one, whose names differ by what one hardly sees."""
    ids = {unit: key for key, unit in plan.places.items()}
    names = {ids[unit.id]: unit.name for unit in units if unit.id in ids}
    looks = {(key[:-1], alike(name)): key for key, name in names.items()}
    for row in wanted_units(table):
        for depth in range(2, len(row.path) + 1):
            key, name = key_of(row.path[:depth]), row.path[depth - 1]
            first = looks.setdefault((key[:-1], alike(name)), key)
            if names.setdefault(key, name) is name and first != key:
                yield _alike(row.line, "unit", name, names[first])


async def _alike_people(
    db: Connection, new: Sequence[PersonRow], plan: UnitPlan, units: Sequence[TreeUnit]
) -> list[ImportRow]:
    """王 伟 beside 王伟 in one unit. Two of exactly one name are two people."""
    there = {unit.id for unit in units}
    places = {row.login: plan.places[key_of(row.unit)] for row in new}
    looks: dict[tuple[int, str], str] = {}
    for unit, name in await names_in(db, sorted(there.intersection(places.values()))):
        looks.setdefault((unit, alike(name)), name)
    told = []
    for row in new:
        first = looks.setdefault((places[row.login], alike(row.name)), row.name)
        if first != row.name:
            told.append(_alike(row.line, "name", row.name, first))
    return told


def _alike(line: int, column: str, name: str, other: str) -> ImportRow:
    reason = f"{column}: {name!r} looks like {other!r}, and is another: they differ by blanks, width or case"
    return ImportRow(line, reason, "alike", column, {"value": name, "other": other})
