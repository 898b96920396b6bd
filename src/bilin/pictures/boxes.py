"""Where in a HEIF or AVIF its Exif and XMP stand (ISO/IEC 14496-12, sections 4.2 and 8.11; 23008-12, annex A)."""

from collections.abc import Iterator
from typing import Final, NamedTuple

TOLD: Final = frozenset((b"Exif", b"mime", b"uri "))
MAX_ITEMS: Final = 10_000


class Box(NamedTuple):
    """A box, from its content on."""

    kind: bytes
    start: int
    end: int


def items_told(data: bytes) -> Iterator[tuple[int, int]]:
    """The stretches (from, up to) of what a picture tells beside what it shows."""
    for meta in _boxes(data, 0, len(data)):
        if meta.kind != b"meta":
            continue
        inside = {box.kind: box for box in _boxes(data, meta.start + 4, meta.end)}
        if b"iinf" in inside and b"iloc" in inside:
            told = set(_told(data, inside[b"iinf"]))
            base = inside[b"idat"].start if b"idat" in inside else 0
            for item, start, end in _extents(data, inside[b"iloc"], base):
                if item in told:
                    yield start, end


def _boxes(data: bytes, at: int, end: int) -> Iterator[Box]:
    while at + 8 <= end:
        size, kind, head = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8], 8
        if size == 1:
            size, head = int.from_bytes(data[at + 8 : at + 16], "big"), 16
        behind = end if size == 0 else at + size
        if behind > end or behind < at + head:
            return
        yield Box(kind, at + head, behind)
        at = behind


def _told(data: bytes, iinf: Box) -> Iterator[int]:
    """The numbers of items that are Exif or XMP."""
    first = iinf.start + (6 if data[iinf.start] == 0 else 8)
    for entry in _boxes(data, first, iinf.end):
        version = data[entry.start]
        if entry.kind != b"infe" or version < 2:
            continue
        wide = 2 if version == 2 else 4
        number = int.from_bytes(data[entry.start + 4 : entry.start + 4 + wide], "big")
        kind = entry.start + 4 + wide + 2
        if data[kind : kind + 4] in TOLD:
            yield number


class _Numbers:
    """Reads numbers one after another."""

    def __init__(self, data: bytes, at: int) -> None:
        self._data, self._at = data, at

    def next(self, size: int) -> int:
        self._at += size
        return int.from_bytes(self._data[self._at - size : self._at], "big")


def _extents(data: bytes, iloc: Box, idat: int) -> Iterator[tuple[int, int, int]]:
    """(item, from, up to) of all items, as far as they stand in this file."""
    read = _Numbers(data, iloc.start)
    version = read.next(4) >> 24
    sizes, more = read.next(1), read.next(1)
    offset_size, length_size, base_size = sizes >> 4, sizes & 15, more >> 4
    index_size = more & 15 if version in (1, 2) else 0
    wide = 2 if version < 2 else 4
    for _ in range(min(read.next(wide), MAX_ITEMS)):
        item = read.next(wide)
        method = read.next(2) & 15 if version in (1, 2) else 0
        read.next(2)
        base = read.next(base_size) + (idat if method == 1 else 0)
        for _ in range(min(read.next(2), MAX_ITEMS)):
            read.next(index_size)
            start = base + read.next(offset_size)
            end = start + read.next(length_size)
            if method <= 1 and start < end <= len(data):
                yield item, start, end
