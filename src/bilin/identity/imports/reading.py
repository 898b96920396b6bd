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
from bilin.identity.imports.columns import HEADS, LOOKED_AT, Heading, find_heading
from bilin.identity.imports.rows import ImportRow

MAX_ROWS = 100_000
MAX_CELL_CHARS = 2000
SEPARATORS = (",", "\t", ";", "；", "，", "|")
Cells = dict[str, str]


class NotATable(BilinError):
    """The file as a whole cannot be read as the table that is described in the documentation."""

    code = "identity.import_not_a_table"
    status = 422
    title = "The file is not a table that can be imported"
    hint = "docs/administrators/import.md describes the file, with an example."
    why: Literal["encoding", "empty", "twice", "columns", "rows", "quotes"]
    column: str | None = None
    missing: Sequence[str] | None = None
    limit: int | None = None
    line: int | None = None


def decode(data: bytes) -> str:
    """The text of a file in UTF-8 (with or without a mark), UTF-16, or GB 18030."""
    for encoding in _encodings(data):
        try:
            return data.decode(encoding).replace("\0", "") if encoding.startswith("utf-16") else data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise NotATable("The file is neither UTF-8 nor GBK.", why="encoding")


def _encodings(data: bytes) -> Sequence[str]:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return ["utf-16"]
    head = data[:400]
    if head[:4] != b"PK\x03\x04" and 0 < head.count(0) < len(
        head
    ):  # UTF-16 without a mark: a NUL beside each ASCII letter
        return ["utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be"]
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
            names = [f"{column} ({HEADS[column][-1]})" for column in missing]
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
    return stripped[1:] if re.fullmatch(r"'[\d+=@-].*", stripped, re.DOTALL) else stripped
