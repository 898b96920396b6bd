"""`bilin org`"""

import csv
import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

from cyclopts import App, Parameter
from rich.console import Console

from bilin.app.configuration import read_configuration
from bilin.app.local_server import ServerRefused, post_locally
from bilin.core.errors import BilinError
from bilin.core.settings import Settings

org = App(name="org", help="The units and people of the company.")


class FileUnusable(BilinError):
    """A file named on the command line cannot be read or made."""

    code = "app.file_unusable"
    title = "A file cannot be used"
    hint = "Name another file; --passwords says where generated passwords go, which must be a new file."


BadRows = Sequence[dict[str, Any]]
EXIT_BAD_ROWS = 2
FORMULA = re.compile(r"\s*[=+\-@＝＋－＠﹦﹣﹢﹫]|[\t\r\n]")
"""Spreadsheets take blanks away before a formula, and East Asian ones know its signs in every width."""
LIKE_A_NUMBER = re.compile(r"\d[\d.,]*(?:e[+-]?\d+)?", re.IGNORECASE)


@org.command(name="import")
def import_(
    file: Annotated[Path, Parameter(help="CSV file: UTF-8 or GBK; docs/administrators/import.md describes it.")],
    *,
    dry_run: Annotated[bool, Parameter(help="Check everything and say what would happen.", negative=())] = False,
    skip_bad_rows: Annotated[bool, Parameter(help="Import the good rows beside bad ones.", negative=())] = False,
    passwords: Annotated[Path | None, Parameter(help="Where to write generated passwords (a new file, 0600).")] = None,
    config: Annotated[Path | None, Parameter(help="TOML file with the settings.")] = None,
) -> None:
    """Import units and people from a CSV file into the running server.

    Everything is checked first: of a file with bad rows nothing is imported. Importing the same file again changes
    nothing. People who have the login already are changed to what the file says; their password stays.
    """
    settings = read_configuration(config)
    data = _read(file)
    target = passwords or file.with_name(f"{file.stem}.passwords.csv")
    handle = None if dry_run else _create(target)
    outcome: dict[str, Any] | None = None
    try:
        outcome = _send(settings, data, dry_run=dry_run, skip_bad_rows=skip_bad_rows)
    finally:
        generated = (
            [(*pair, name) for pair, name in zip(outcome["passwords"], outcome["names"], strict=True)]
            if outcome
            else []
        )
        if handle is not None:
            _write_passwords(handle, target, generated)
    _tell(outcome, target)


def _send(settings: Settings, data: bytes, *, dry_run: bool, skip_bad_rows: bool) -> dict[str, Any]:
    query = {"dry_run": str(dry_run).lower(), "skip_bad_rows": str(skip_bad_rows).lower()}
    try:
        answer: dict[str, Any] = post_locally(settings, "/api/org/import", data, "text/csv", query)
    except ServerRefused as refused:
        if refused.code == "identity.import_refused":
            _tell_bad(refused.details["rows"], refused.details["total"])
            print(refused.detail, refused.hint, sep="\n", file=sys.stderr)
            sys.exit(EXIT_BAD_ROWS)
        raise
    return answer


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as cause:
        raise FileUnusable(f"{file} cannot be read: {cause.strerror}.") from cause


def _create(target: Path) -> int:
    """Made before anything is imported: passwords that could not be written down would be lost."""
    try:
        return os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as cause:
        raise FileUnusable(f"{target}, for generated passwords, cannot be made: {cause.strerror}.") from cause


def _write_passwords(handle: int, target: Path, generated: Sequence[Sequence[str]]) -> None:
    with os.fdopen(handle, "w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([("login", "password", "name"), *(map(_text_cell, row) for row in generated)])
    if not generated:
        target.unlink()


def _text_cell(text: str) -> str:
    """A cell that a spreadsheet leaves as it is: zeros in front stay, and nothing is a formula."""
    if LIKE_A_NUMBER.fullmatch(text):
        return f'="{text}"'
    return f"'{text}" if FORMULA.match(text) else text


def _tell(outcome: dict[str, Any], target: Path) -> None:
    console = Console(highlight=False)
    _tell_bad(outcome["bad_rows"], len(outcome["bad_rows"]))
    for row in outcome["warnings"]:
        print(f"line {row['line']}: look at this: {row['reason']}", file=sys.stderr)
    if outcome["passed_over"]:
        print(f"Columns that nothing was read from: {', '.join(outcome['passed_over'])}", file=sys.stderr)
    verb = "would be" if outcome["dry_run"] else "were"
    console.print(f"Units:  {outcome['units_added']} {verb} added, {outcome['units_changed']} changed")
    console.print(
        f"People: {outcome['people_added']} {verb} added, {outcome['people_changed']} changed, "
        f"{outcome['people_unchanged']} are as the file says"
    )
    if outcome["passwords"]:
        console.print(f"Generated passwords: {target} (only you can read it; hand them out, then delete it)")


def _tell_bad(rows: BadRows, total: int) -> None:
    for row in rows:
        print(f"line {row['line']}: {row['reason']}", file=sys.stderr)
    if total > len(rows):
        print(f"… and {total - len(rows)} more", file=sys.stderr)
