"""Digests of state: hashes over the rows that must be equal at two sites, so that few bytes tell whether they are.

What is compared is said where the table is: a *part* gives a line of text for each key, and nothing that is local to a
site.

    sa.Table("post", metadata, …, info=compared("org.posts", person="person", unit="unit"))

All columns are, so that new ones are as well, but those whose `info` is `LOCAL` or `NOT_COMPARED`, and those that lie
sealed, with keys of each site's own (`noticed`: whether they are there). Of what is `HASHED` only a hash is shown.

Keys are two 64-bit numbers, compared in order. Everything here is asked of a range of keys, and bounded: hash a page,
hash the same range at the other site, and go down into the pieces of a page that differs.
"""

from collections.abc import Sequence

import msgspec
import sqlalchemy as sa

from bilin.core.codec import Int64
from bilin.core.database import Connection
from bilin.core.registers import is_sealed

MAX_ROWS = 100_000
"""The most rows that one question makes the database look at."""


class Key(msgspec.Struct, frozen=True, array_like=True, order=True):
    """Names a row of a part: its own id, or the id of what it belongs to and its own."""

    a: Int64
    b: Int64

    @property
    def next(self) -> "Key":
        """The key right after it; the last is its own."""
        if self.b < LAST.b:
            return Key(self.a, self.b + 1)
        return Key(self.a + 1, FIRST.b) if self.a < LAST.a else LAST


FIRST = Key(-(1 << 63), -(1 << 63))
LAST = Key((1 << 63) - 1, (1 << 63) - 1)
"""Behind every key: ids are given by clocks, and derived ones are below zero."""


class Sum(msgspec.Struct, frozen=True, array_like=True):
    """Rows of a range, and their hashes joined by XOR: the same whatever order they are read in."""

    count: int
    hash: int


class Piece(msgspec.Struct, frozen=True):
    """Some rows that stand beside each other, from a key on."""

    first: Key
    sum: Sum


class Part(msgspec.Struct, frozen=True):
    """One registered query."""

    name: str
    """`module.things`"""
    key: tuple[str, ...]
    """What the numbers of a key name: one word or two."""
    query: str
    """Columns a, b (bigint) and line (jsonb). Scoped: `$5` are the scopes that both sites have."""
    is_scoped: bool

    @property
    def module(self) -> str:
        return self.name.partition(".")[0]

    def named(self, key: Key) -> str:
        """A row in words: `messaging.members conversation 17 person 4`."""
        numbers = zip(self.key, (key.a, key.b), strict=False)
        return " ".join([self.name, *(f"{word} {number}" for word, number in numbers)])


PARTS: dict[str, Part] = {}
"""Every part, in the order of the manifests; filled by `bilin.core.house`."""
NOT_COMPARED = {"compared": False}
"""`info=NOT_COMPARED` on a column: equal in the end, but at times, or since some release, not yet; or worked out by the
program, and the next version may do it otherwise."""
HASHED = {"hashed": True}
"""`info=HASHED` on a column: a hash of it is compared, so that nothing shows it."""

HASH = "('x' || encode(substr(sha256(convert_to(a || ' ' || b || ' ' || line::text, 'UTF8')), 1, 8), 'hex'))::bit(64)"
RANGE = "(a, b) >= ($1::bigint, $2::bigint) AND (a, b) < ($3::bigint, $4::bigint)"
IN_ORDER = "SELECT a, b, {hash} AS hash FROM ({query}) AS part WHERE {range} ORDER BY a, b LIMIT {limit:d}"
SUM = "SELECT count(*) AS count, coalesce(bit_xor(hash::bigint), 0) AS hash FROM ({rows}) AS rows"
PIECES = """
SELECT (array_agg(a ORDER BY a, b))[1] AS a, (array_agg(b ORDER BY a, b))[1] AS b,
       count(*) AS count, bit_xor(hash::bigint) AS hash
  FROM (SELECT *, (row_number() OVER (ORDER BY a, b) - 1) / {size:d} AS piece FROM ({rows}) AS rows) AS cut
 GROUP BY piece ORDER BY piece"""
LINE = "SELECT line::text FROM ({query}) AS part WHERE {range}"


def compared(name: str, *, is_scoped: bool = False, **key: str) -> dict[str, object]:
    """`info` of a table whose rows must be equal at two sites: the name of its part, and word=column of its key, one or
    two numbers. Scoped: the first of them is the scope. Rows of one key are compared as one line."""
    return {"part": (name, key, is_scoped)}


def noticed(name: str) -> dict[str, str]:
    """Added to the `info` of a sealed column: whether it holds something is compared, under this name."""
    return {"noticed": name}


def part_of(table: sa.Table) -> Part | None:
    """What a table is compared as; None: it is not."""
    return _part(table) if "part" in table.info else None


def is_compared(column: "sa.Column[object]") -> bool:
    """Whether what stands in a column of a part is shown in its lines."""
    return not (column.info.get("local") or column.info.get("compared") is False or is_sealed(column))


def _part(table: sa.Table) -> Part:
    name, key, is_scoped = table.info["part"]
    a, b = [*key.values(), "0"][:2]
    further = [each.name for each in table.primary_key if each.name not in key.values()]
    line, end = _line(table), f" WHERE {a} = ANY($5::bigint[])" if is_scoped else ""
    if further:
        own = ", ".join(each.name for each in table.columns if is_compared(each) and each.name not in key.values())
        order = ", ".join(
            f'{each} COLLATE "C"' if isinstance(table.c[each].type, sa.Text) else each for each in further
        )
        line = f"jsonb_agg(jsonb_build_array({own}) ORDER BY {order})"
        end += f" GROUP BY {', '.join(key.values())}"
    query = f"SELECT {a}::bigint AS a, {b}::bigint AS b, {line} AS line FROM {table.fullname} AS r{end}"  # noqa: S608
    return Part(name, tuple(key), query, is_scoped)


def _line(table: sa.Table) -> str:
    said = [f"'{each.name}', {_shown(each)}" for each in table.columns if is_compared(each)]
    there = [f"'{name}', r.{each.name} IS NOT NULL" for each in table.columns if (name := each.info.get("noticed"))]
    return f"jsonb_build_object({', '.join([*said, *there])})"


def _shown(column: "sa.Column[object]") -> str:
    name = f"r.{column.name}"
    return f"encode(sha256(convert_to({name}, 'UTF8')), 'hex')" if column.info.get("hashed") else name


class Reader:
    """Reads parts on one connection; scoped ones as far as they belong to the scopes given."""

    def __init__(self, db: Connection, scopes: Sequence[int]) -> None:
        self._db, self._scopes = db, list(scopes)

    async def pieces(self, part: Part, start: Key, end: Key, size: int, count: int) -> list[Piece]:
        """At most `count` pieces of `size` rows from a key on, and then the beginning of what comes after them."""
        statement = PIECES.format(rows=_rows(part, min(size * count, MAX_ROWS) + 1), size=size)
        rows = await self._db.fetch(statement, *self._arguments(part, start, end))
        return [Piece(Key(row["a"], row["b"]), Sum(row["count"], row["hash"])) for row in rows]

    async def sum(self, part: Part, start: Key, end: Key) -> Sum:
        """All rows of a range; of too many the first ones, which is enough to differ from few."""
        statement = SUM.format(rows=_rows(part, MAX_ROWS))
        (row,) = await self._db.fetch(statement, *self._arguments(part, start, end))
        return Sum(row["count"], row["hash"])

    async def hashes(self, part: Part, start: Key, end: Key, limit: int) -> list[tuple[Key, int]]:
        """The first rows of a range, one by one."""
        rows = await self._db.fetch(
            f"SELECT a, b, hash::bigint FROM ({_rows(part, limit)}) AS rows ORDER BY a, b",  # noqa: S608 (of our own)
            *self._arguments(part, start, end),
        )
        return [(Key(row["a"], row["b"]), row["hash"]) for row in rows]

    async def line(self, part: Part, key: Key) -> str | None:
        """What a row says; None when there is none."""
        found: str | None = await self._db.fetchval(
            LINE.format(query=part.query, range=RANGE), *self._arguments(part, key, key.next)
        )
        return found

    def _arguments(self, part: Part, start: Key, end: Key) -> list[object]:
        return [start.a, start.b, end.a, end.b, *([self._scopes] if part.is_scoped else [])]


def _rows(part: Part, limit: int) -> str:
    return IN_ORDER.format(hash=HASH, query=part.query, range=RANGE, limit=limit)
