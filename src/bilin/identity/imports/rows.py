"""The rows of an import, and what is wrong with those that cannot be used."""

from typing import Literal, get_args

import msgspec

from bilin.core.reasons import Reason

ImportedKind = Literal["branch", "department", "team"]
KINDS: tuple[str, ...] = get_args(ImportedKind)
Path = tuple[str, ...]
"""The names of units from the company down."""


RowCode = Literal[
    "too_many_cells",
    "cell_too_long",
    "missing",
    "stands_already",
    "not_the_company",
    "too_deep",
    "unknown_kind",
    "other_kind",
    "twice",
    "too_many",
    "changed_number",
    "changed_value",
    "failed_cell",
    "formula",
    "empty_level",
    "alike",
    "zeros",
    "rounded",
    "rule",
]
"""What may be wrong with a row, or looks so."""


class ImportRow(msgspec.Struct, frozen=True):
    """A row that cannot be imported, or one to look at twice. `line` counts from 1, as editors and spreadsheets do."""

    line: int
    reason: str
    """In English, for the command line; clients word `code` with `params`."""
    code: RowCode
    column: str = ""
    params: dict[str, str | int] = {}
    why: Reason | None = None
    """Of the code `rule`: what the rule of the column says."""


class UnitRow(msgspec.Struct, frozen=True):
    """A unit the file names: in a row of its own, or where somebody works."""

    line: int
    path: Path
    kind: ImportedKind | None = None


class FurtherPost(msgspec.Struct, frozen=True):
    """A further unit of a person, with the title there."""

    path: Path
    title: str


class PersonRow(msgspec.Struct, frozen=True):
    """A person as the file says they should be. None: the file has no such column, so what there is stays."""

    line: int
    login: str
    name: str
    unit: Path
    title: str | None
    email: str | None
    phone: str | None
    further: tuple[FurtherPost, ...] | None
    password: str | None
    """Used for new people only: nobody's own password is overwritten."""


class FieldChange(msgspec.Struct, frozen=True):
    """What a field is now, and what it will be; units as paths."""

    field: str
    old: str
    new: str


class ImportChange(msgspec.Struct, frozen=True):
    """A unit or a person that an import adds or changes."""

    what: Literal["unit", "person"]
    fate: Literal["added", "changed"]
    name: str
    """The person's present name, or the path of the unit."""
    login: str = ""
    unit: str = ""
    """Where a new person will work, as a path."""
    fields: tuple[FieldChange, ...] = ()


class Table(msgspec.Struct, frozen=True):
    """A file that was read: rows that can be used, and those that cannot."""

    units: tuple[UnitRow, ...]
    people: tuple[PersonRow, ...]
    bad: tuple[ImportRow, ...]
    passed_over: tuple[str, ...] = ()
    """The names of columns that nothing is read from."""


class ImportOutcome(msgspec.Struct, frozen=True):
    """What an import did, or would do."""

    rows: int
    units_added: int
    units_changed: int
    people_added: int
    people_changed: int
    people_unchanged: int
    bad_rows: tuple[ImportRow, ...]
    passwords: tuple[tuple[str, str], ...]
    """Login and generated password of each new person for whom the file had none. They are told this once."""
    names: tuple[str, ...]
    """The name of each of these people, in the same order."""
    passed_over: tuple[str, ...]
    """Columns of the file that nothing was read from."""
    warnings: tuple[ImportRow, ...]
    """Rows that can be imported, and should be looked at before."""
    changes: tuple[ImportChange, ...]
    """Of a dry run: whatever changes, those first that are here already, then those that are new."""
    dry_run: bool
