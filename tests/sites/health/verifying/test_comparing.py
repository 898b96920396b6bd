"""The comparison finds the first row that differs, whatever differs, and asks little for it."""

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilin.core.digests import FIRST, LAST, Key, Part, Piece, Sum
from bilin.sites.health.verifying import comparing
from bilin.sites.health.verifying.comparing import FEW_ROWS, compare, differs

PART = Part("test.rows", ("row",), "", is_scoped=False)
Rows = dict[Key, int]


class Memory:
    """A place whose rows are in memory."""

    def __init__(self, rows: Rows) -> None:
        self.rows, self.questions = rows, 0

    def _within(self, start: Key, end: Key) -> list[tuple[Key, int]]:
        return sorted((key, value) for key, value in self.rows.items() if start <= key < end)

    async def pieces(self, part: Part, start: Key, end: Key, size: int, count: int) -> list[Piece]:
        rows = self._within(start, end)[: size * count + 1]
        cuts = [rows[at : at + size] for at in range(0, len(rows), size)]
        return [Piece(cut[0][0], _sum(cut)) for cut in cuts]

    async def sums(self, part: Part, bounds: Sequence[Key]) -> list[Sum]:
        self.questions += 1
        return [_sum(self._within(start, end)) for start, end in pairwise(bounds)]

    async def hashes(self, part: Part, start: Key, end: Key) -> list[tuple[Key, int]]:
        self.questions += 1
        return self._within(start, end)[: FEW_ROWS + 1]

    async def line(self, part: Part, key: Key) -> str | None:
        return str(self.rows[key]) if key in self.rows else None


def _sum(rows: Sequence[tuple[Key, int]]) -> Sum:
    joined = 0
    for key, value in rows:
        joined ^= hash((key.a, key.b, value))
    return Sum(len(rows), joined)


keys = st.builds(Key, st.integers(-3, 3), st.integers(-400, 400))
worlds = st.dictionaries(keys, st.integers(0, 3), max_size=600)


@given(worlds, st.dictionaries(keys, st.integers(4, 6) | st.none(), max_size=3), st.integers(1, 400))
async def test_the_first_difference_is_found(rows: Rows, changes: dict[Key, int | None], page: int) -> None:
    other = {key: value for key, value in (rows | changes).items() if value is not None}
    different = [key for key in rows.keys() | other.keys() if rows.get(key) != other.get(key)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(comparing, "PAGE_ROWS", page)
        found = await compare(Memory(rows), Memory(other), PART)
    assert found.key == min(different, default=None)
    if found.key is None:
        assert found.compared == len(rows)
    else:
        assert await differs(Memory(rows), Memory(other), PART, found.key)


@pytest.mark.parametrize("at", [0, 60_000, 149_999])
async def test_many_rows_take_few_questions(at: int) -> None:
    rows = {Key(number // 1000, number): number for number in range(150_000)}
    there = Memory(rows | {Key(at // 1000, at): -1})
    assert (await compare(Memory(rows), there, PART)).key == Key(at // 1000, at)
    assert there.questions <= 6


async def test_everything_may_be_missing() -> None:
    rows = {Key(0, number): number for number in range(1000)}
    assert (await compare(Memory({}), Memory(rows), PART)).key == Key(0, 0)
    assert (await compare(Memory(rows), Memory({}), PART)).key == Key(0, 0)
    assert (await compare(Memory({}), Memory({}), PART)).key is None


def test_the_next_key_is_the_next() -> None:
    assert Key(1, 2).next == Key(1, 3)
    assert Key(1, LAST.b).next == Key(2, FIRST.b)
    assert FIRST < Key(0, 0) < LAST == LAST.next
