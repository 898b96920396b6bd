"""From the bytes of a CSV file to cells by column: encodings and separators as spreadsheet programs write them.

Excel in China saves CSV in GBK; GB 18030 (of which GBK is a part) reads that, and UTF-8 is tried first because text in
one of them is hardly ever valid in the other.
"""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Literal

from bilin.core.errors import BilinError
from bilin.identity.imports.columns import LOOKED_AT, USUAL, Heading, find_heading
from bilin.identity.imports.rows import ImportRow

MAX_ROWS = 100_000
MAX_CELL_CHARS = 2000
WORKBOOKS = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\x09\x08\x10\x00")
"""What files of spreadsheet programs begin with: .xlsx, .ods and .numbers (ZIP), .xls (OLE, BIFF)."""
WEB_PAGE = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|head|meta|table|\?xml|style)\b", re.IGNORECASE)
"""What HR systems often call .xls: a web page with a table, or XML."""
NO_TEXT = (b"%PDF-", b"{\\rtf", b"\x1f\x8b", b"\x89PNG", b"Rar!")
AS_CSV = "Open it in Excel or WPS, choose Save as, then CSV UTF-8 (*.csv), and import that file."
NO_TEXT_SAID = f"The file holds something else than text. {AS_CSV}"
UTF16_SHARE = 20
"""Of UTF-16 without a mark at least one byte of so many is the NUL beside an ASCII sign, such as a comma."""
SEPARATORS = (",", "\t", ";", "；", "，", "|")
Cells = dict[str, str]


class NotATable(BilinError):
    """The file as a whole cannot be read as the table that is described in the documentation."""

    code = "identity.import_not_a_table"
    status = 422
    title = "The file is not a table that can be imported"
    hint = "docs/administrators/import.md describes the file, with an example."
    why: Literal["workbook", "no_text", "encoding", "empty", "twice", "columns", "rows", "quotes"]
    column: str | None = None
    missing: Sequence[str] | None = None
    limit: int | None = None
    line: int | None = None


def decode(data: bytes) -> str:
    """The text of a file in UTF-8 (with or without a mark), UTF-16, or GB 18030."""
    if data.startswith(WORKBOOKS) or WEB_PAGE.match(data):
        raise NotATable(f"The file is a workbook, not CSV. {AS_CSV}", why="workbook")
    if data.startswith(NO_TEXT):
        raise NotATable(NO_TEXT_SAID, why="no_text")
    for encoding in _encodings(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding.startswith("utf-16"):
            text = text.replace("\0", "")
        if "\0" in text:
            raise NotATable(NO_TEXT_SAID, why="no_text")
        return text
    why: Literal["no_text", "encoding"] = "no_text" if b"\0" in data else "encoding"
    raise NotATable(NO_TEXT_SAID if why == "no_text" else "The file is neither UTF-8 nor GBK.", why=why)


def _encodings(data: bytes) -> Sequence[str]:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return ["utf-16"]
    even, odd = data[:400:2].count(0), data[1:400:2].count(0)
    if min(even, odd) == 0 and max(even, odd) * UTF16_SHARE > len(data[:400]):
        return ["utf-16-le" if odd > even else "utf-16-be"]
    return ["utf-8-sig", "gb18030"]


class Sheet:
    """A file as a table: its heading, and each row that is not empty below it."""

    def __init__(self, data: bytes) -> None:
        """Raises `NotATable`."""
        self._text = decode(data)
        if not self._text.strip():
            raise NotATable("The file is empty.", why="empty")
        self._separator, self.heading = self._find()
        if self.heading.twice is not None:
            raise NotATable(f"A column is there twice: {self.heading.twice}.", why="twice", column=self.heading.twice)
        if missing := self.heading.missing:
            names = [f"{column} ({USUAL[column]})" for column in missing]
            raise NotATable(f"No row names the columns; missing: {', '.join(names)}.", why="columns", missing=missing)

    def cells(self) -> Iterator[tuple[int, Cells] | ImportRow]:
        """Each row, with the line it begins on. Raises `NotATable`."""
        below = islice(self._rows(self._separator, strict=True), self.heading.at + 1, None)
        for number, (line, cells) in enumerate(below):
            if number >= MAX_ROWS:
                raise NotATable(f"More than {MAX_ROWS} rows; split the file.", why="rows", limit=MAX_ROWS)
            yield self._row(line, cells)

    def _find(self) -> tuple[str, Heading]:
        """The separator with which a row names the most columns."""
        found = []
        for separator in SEPARATORS:
            first = [cells for _, cells in islice(self._rows(separator, strict=False), LOOKED_AT)]
            if first:
                found.append((separator, find_heading(first)))
        if not found:
            raise NotATable("The file is empty.", why="empty")
        return max(found, key=lambda each: (-len(each[1].missing), sum(map(bool, each[1].columns))))

    def _rows(self, separator: str, *, strict: bool) -> Iterator[tuple[int, list[str]]]:
        reader = csv.reader(io.StringIO(self._text, newline=""), delimiter=separator, strict=strict)
        begins = 1
        try:
            for cells in reader:
                line, begins = begins, reader.line_num + 1
                plain = [_plain(cell) for cell in cells]
                if any(plain):
                    yield line, plain
        except csv.Error as cause:
            if strict:
                raise NotATable(f"Line {begins}: {cause}.", why="quotes", line=begins) from cause

    def _row(self, line: int, cells: list[str]) -> tuple[int, Cells] | ImportRow:
        columns = self.heading.columns
        if any(cells[len(columns) :]):
            facts: dict[str, str | int] = {"cells": len(cells), "columns": len(columns)}
            text = f"has {len(cells)} cells, the first row names {len(columns)} columns"
            return ImportRow(line, text, "too_many_cells", params=facts)
        if any(len(cell) > MAX_CELL_CHARS for cell in cells):
            text = f"a cell has more than {MAX_CELL_CHARS} characters"
            return ImportRow(line, text, "cell_too_long", params={"limit": MAX_CELL_CHARS})
        padded = [*cells, *[""] * (len(columns) - len(cells))]
        return line, {column: cell for column, cell in zip(columns, padded, strict=False) if column}


def _plain(cell: str) -> str:
    """A cell as it shows: without blanks, and without what keeps a spreadsheet from reading it as a number."""
    stripped = cell.strip().strip("\ufeff")
    as_text = re.fullmatch(r'="(.*)"', stripped, re.DOTALL)
    if as_text:
        return as_text[1].strip()
    return stripped[1:] if re.fullmatch(r"'\s*[\d+=@＝＋－＠﹦﹣﹢﹫-].*", stripped, re.DOTALL) else stripped
