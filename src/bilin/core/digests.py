"""Digests of state: hashes over the rows that must be equal at two sites, so that few bytes tell whether they are.

A feature declares *parts*: named queries that give a line of text for each key, and nothing that is local to a site.

    part("org.posts", ("person", "unit"), rows(post, "person", "unit"))

Keys are two 64-bit numbers, compared in order. Everything here is asked of a range of keys, and bounded: hash a page,
hash the same range at the other site, and go down into the pieces of a page that differs.
"""

from collections.abc import Sequence

import msgspec
import sqlalchemy as sa

from bilin.core.codec import Int64
from bilin.core.database import Connection

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


def part(name: str, key: tuple[str, ...], query: str, *, is_scoped: bool = False) -> Part:
    """A part, for the manifest of its feature."""
    return Part(name, key, query, is_scoped)


def rows(table: sa.Table, a: str, b: str = "0", *, but: Sequence[str] = (), plus: str = "", scope: str = "") -> str:
    """The query of a part whose lines are the rows of a table: all columns `but` these, so that new ones are compared
    as well; `plus` is a jsonb object that is added, and `scope` the column that names the scope."""
    names = [column.name for column in table.columns if column.name not in but]
    said = ", ".join(f"'{name}', r.{name}" for name in names)
    line = f"jsonb_build_object({said})" + (f" || {plus}" if plus else "")
    where = f" WHERE {scope} = ANY($5::bigint[])" if scope else ""
    return f"SELECT {a}::bigint AS a, {b}::bigint AS b, {line} AS line FROM {table.fullname} AS r{where}"  # noqa: S608


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
