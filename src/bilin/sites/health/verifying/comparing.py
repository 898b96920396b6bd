"""Finding the first row that differs between two places: sums of pages, then of pieces of the page that differs.

As in Merkle trees (Merkle, 1987), with pieces cut where this site's rows lie, so that no tree has to be kept.
A million equal rows take some twenty questions of a few bytes.
"""

from collections.abc import Sequence
from typing import Protocol

import msgspec

from bilin.core.digests import FIRST, LAST, Key, Part, Piece, Sum

PAGE_ROWS = 50_000
PIECES = 64
FEW_ROWS = 64
"""A piece of so many rows is compared row by row."""


class There(Protocol):
    """The other place."""

    async def sums(self, part: Part, bounds: Sequence[Key]) -> Sequence[Sum]:
        """The sum of each range between these keys."""

    async def hashes(self, part: Part, start: Key, end: Key) -> Sequence[tuple[Key, int]]:
        """The first rows of a range, at most `FEW_ROWS` and one."""

    async def line(self, part: Part, key: Key) -> str | None:
        """What a row says."""


class Here(There, Protocol):
    """This place, which also says where to cut."""

    async def pieces(self, part: Part, start: Key, end: Key, size: int, count: int) -> list[Piece]:
        """`count` pieces of `size` rows from a key on, and the first row after them."""


class Found(msgspec.Struct, frozen=True):
    """How many rows were found equal, and the first that is not."""

    compared: int
    key: Key | None


async def compare(here: Here, there: There, part: Part, start: Key = FIRST) -> Found:
    """Compare a part from a key on, through its first difference."""
    compared = 0
    while start < LAST:
        pieces = await here.pieces(part, start, LAST, PAGE_ROWS, 1)
        mine = pieces[0].sum if pieces else Sum(0, 0)
        end = pieces[1].first if len(pieces) > 1 else LAST
        (theirs,) = await there.sums(part, (start, end))
        if mine != theirs and (key := await _descend(here, there, part, (start, end), mine.count)) is not None:
            return Found(compared, key)
        compared += mine.count
        start = end
    return Found(compared, None)


async def differs(here: There, there: There, part: Part, key: Key) -> bool:
    """Whether one row differs, at this moment."""
    (mine,), (theirs,) = await here.sums(part, (key, key.next)), await there.sums(part, (key, key.next))
    return mine != theirs


async def _descend(here: Here, there: There, part: Part, within: tuple[Key, Key], count: int) -> Key | None:
    """The first row that differs within a range, of which `count` rows are here. None when it is equal by now."""
    if count <= FEW_ROWS:
        return _first(await here.hashes(part, *within), await there.hashes(part, *within))
    start, end = within
    size = -(-count // PIECES)
    pieces = (await here.pieces(part, start, end, size, PIECES))[:PIECES]
    if not pieces:  # they went meanwhile
        return _first((), await there.hashes(part, start, end))
    bounds = [start, *(piece.first for piece in pieces[1:]), end]
    theirs = await there.sums(part, bounds)
    for number, (piece, other) in enumerate(zip(pieces, theirs, strict=True)):
        if piece.sum != other:
            return await _descend(here, there, part, (bounds[number], bounds[number + 1]), min(piece.sum.count, size))
    return None


def _first(mine: Sequence[tuple[Key, int]], theirs: Sequence[tuple[Key, int]]) -> Key | None:
    for one, other in zip(mine, theirs, strict=False):
        if one != other:
            return min(one[0], other[0])
    shorter = min(len(mine), len(theirs))
    rest = [*mine[shorter:], *theirs[shorter:]]
    return rest[0][0] if rest else None
