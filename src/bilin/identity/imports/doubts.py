"""Rows that can be imported, and look as if a spreadsheet had changed them: told before, not refused."""

from collections.abc import Iterator, Sequence

from bilin.core.database import Connection
from bilin.identity.imports.rows import ImportRow, PersonRow
from bilin.identity.queries import accounts_of_logins

SELECT_ALIKE = """
SELECT login FROM identity.account WHERE login ~ '^[0-9]+$' AND ltrim(login, '0') = ANY($1::text[]) ORDER BY login"""
EXACT_DIGITS = 15
"""Spreadsheets keep so many digits of a number and make the others 0."""


async def doubts_about(db: Connection, people: Sequence[PersonRow]) -> tuple[ImportRow, ...]:
    """Logins of new people: numbers that differ from one that is there by zeros in front, or end in rounded zeros."""
    numbers = [row for row in people if row.login.isascii() and row.login.isdigit()]
    present = await accounts_of_logins(db, [row.login for row in numbers])
    new = [row for row in numbers if row.login not in present]
    rows = await db.fetch(SELECT_ALIKE, [row.login.lstrip("0") for row in new])
    known: dict[str, str] = {row["login"].lstrip("0"): row["login"] for row in rows}
    return tuple(sorted([*_lost_zeros(new, known), *_rounded(new)], key=lambda each: each.line))


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
