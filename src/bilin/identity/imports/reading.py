"""From the bytes of a CSV file to cells by column: encodings and separators as spreadsheet programs write them.

Excel in China saves CSV in GBK; GB 18030 (of which GBK is a part) reads that, and UTF-8 is tried first because text in
one of them is hardly ever valid in the other.
"""

import csv
import io
from collections.abc import Iterator

from bilin.core.errors import BilinError
from bilin.identity.imports.rows import BadRow

MAX_ROWS = 100_000
MAX_CELL_CHARS = 2000
SEPARATORS = ",;\t"
COLUMNS = {
    "login": ("login", "登录名", "账号", "工号"),
    "name": ("name", "姓名", "名字"),
    "unit": ("unit", "部门", "组织"),
    "kind": ("kind", "类型"),
    "title": ("title", "职位", "职务"),
    "email": ("email", "邮箱", "电子邮箱"),
    "phone": ("phone", "电话", "手机", "手机号"),
    "further_units": ("further_units", "兼职部门", "其他部门"),
    "password": ("password", "密码", "初始密码"),
}
REQUIRED = ("login", "name", "unit")
Cells = dict[str, str]


class NotATable(BilinError):
    """The file as a whole cannot be read as the table that is described in the documentation."""

    code = "identity.import_not_a_table"
    status = 422
    title = "The file is not a table that can be imported"
    hint = "docs/administrators/import.md describes the file, with an example."


def decode(data: bytes) -> str:
    """The text of a file in UTF-8 (with or without a mark), UTF-16 with a mark, or GB 18030."""
    encodings = ["utf-16"] if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise NotATable("The file is neither UTF-8 nor GBK.")


def read_cells(data: bytes) -> Iterator[tuple[int, Cells] | BadRow]:
    """Each row that is not empty, with the line it begins on. Raises `NotATable`."""
    text = decode(data)
    if not text.strip():
        raise NotATable("The file is empty.")
    first = text.lstrip().splitlines()[0]
    separator = max(SEPARATORS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    columns: list[str] | None = None
    begins = 1
    rows = 0
    try:
        for cells in reader:
            line, begins = begins, reader.line_num + 1
            stripped = [cell.strip() for cell in cells]
            if not any(stripped):
                continue
            if columns is None:
                columns = _columns(stripped)
                continue
            rows += 1
            if rows > MAX_ROWS:
                raise NotATable(f"More than {MAX_ROWS} rows; split the file.")
            yield _row(line, columns, stripped)
    except csv.Error as cause:
        raise NotATable(f"Line {reader.line_num}: {cause}.") from cause


def _row(line: int, columns: list[str], cells: list[str]) -> tuple[int, Cells] | BadRow:
    if any(cells[len(columns) :]):
        return BadRow(line, f"has {len(cells)} cells, the first row names {len(columns)} columns")
    if any(len(cell) > MAX_CELL_CHARS for cell in cells):
        return BadRow(line, f"a cell has more than {MAX_CELL_CHARS} characters")
    padded = [*cells, *[""] * (len(columns) - len(cells))]
    return line, dict(zip(columns, padded, strict=False))


def _columns(heading: list[str]) -> list[str]:
    known = {name: column for column, names in COLUMNS.items() for name in names}
    while heading and not heading[-1]:
        heading = heading[:-1]
    columns = [known.get(name.casefold().replace(" ", "_"), "") for name in heading]
    if "" in columns:
        unknown = heading[columns.index("")]
        raise NotATable(f"There is no column {unknown!r}; the columns are {', '.join(COLUMNS)}.")
    if len(columns) != len(set(columns)):
        raise NotATable("A column is there twice.")
    if missing := [column for column in REQUIRED if column not in columns]:
        raise NotATable(f"The first row must name the columns; missing: {', '.join(missing)}.")
    return columns
