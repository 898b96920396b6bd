"""Handing out the bytes of a file: any range (RFC 9110, section 14), opened as they go, never as something that runs.

Whatever a file is taken for, it is a download without an origin: `attachment`, `nosniff` (on every answer), a sandbox,
and only media types that hold no script (docs/decisions/0059).
"""

import asyncio
import re
from collections.abc import AsyncIterator
from typing import NamedTuple
from urllib.parse import quote

from bilin.core.errors import BilinError
from bilin.files.blobs.cipher import HEADER_BYTES, Cipher, PieceDamaged, piece_at, sealed_size, span_of
from bilin.files.blobs.store import Store
from bilin.files.errors import BytesMissing
from bilin.files.kinds import served_as
from bilin.files.shared.reading import SharedFile

WINDOW_PIECES = 16
"""So many are read and opened at a time: one MiB."""
RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")
SANDBOX = "sandbox; default-src 'none'; frame-ancestors 'none'"


class RangeNotSatisfiable(BilinError):
    """The file has no such bytes."""

    code = "files.no_such_range"
    status = 416
    title = "The file has no such part"
    hint = "Ask for a range within its size."
    size: int


class Part(NamedTuple):
    """The bytes from `start` up to, not including, `end`."""

    start: int
    end: int
    is_whole: bool


def part_of(size: int, header: str | None) -> Part:
    """What a `Range` header asks for; the whole file where it asks for several parts, or for nothing that is known.
    Raises `RangeNotSatisfiable`."""
    found = RANGE.fullmatch(header.replace(" ", "")) if header else None
    if found is None or found[1] == found[2] == "" or (found[1] and found[2] and int(found[2]) < int(found[1])):
        return Part(0, size, is_whole=True)
    first = int(found[1]) if found[1] else max(0, size - int(found[2]))
    end = min(size, int(found[2]) + 1) if found[1] and found[2] else size
    if first >= size or (not found[1] and int(found[2]) == 0):
        raise RangeNotSatisfiable(size=size)
    return Part(first, end, is_whole=False)


def headers_of(file: SharedFile, part: Part) -> dict[str, str]:
    """Of the answer. The name is told as RFC 6266 has it; what old programs get of it has ASCII alone."""
    plain = re.sub(r"[^A-Za-z0-9 ._()-]", "_", file.name)
    name = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(file.name, safe='')}"
    headers = {
        "content-type": served_as(file.media_type),
        "content-length": str(part.end - part.start),
        "content-disposition": name,
        "content-security-policy": SANDBOX,
        "accept-ranges": "bytes",
        "etag": etag_of(file),
        "cache-control": "private, no-cache",
    }
    if not part.is_whole:
        headers["content-range"] = f"bytes {part.start}-{part.end - 1}/{file.size}"
    return headers


def etag_of(file: SharedFile) -> str:
    """The same bytes, the same tag."""
    return f'"{file.blob}"'


async def opened(store: Store, file: SharedFile, part: Part) -> AsyncIterator[bytes]:
    """The bytes of a part, proven, window by window. The first is opened before this returns, so that what is not there
    or damaged is told as such. Raises `BytesMissing` and `StoreAway`."""
    try:
        header = await store.read(file.blob, 0, HEADER_BYTES)
        cipher = Cipher(file.key, header, file.size)
    except (FileNotFoundError, ValueError) as cause:
        raise BytesMissing from cause
    windows = _windows(store, cipher, file, part)
    try:
        first = await anext(windows)
    except StopAsyncIteration:
        return _empty()
    return _chained(first, windows)


async def _windows(store: Store, cipher: Cipher, file: SharedFile, part: Part) -> AsyncIterator[bytes]:
    span = span_of(file.size, part.start, part.end)
    skip, left = span.skip, part.end - part.start
    for first in range(span.first, span.end, WINDOW_PIECES):
        behind = min(first + WINDOW_PIECES, span.end)
        end = min(piece_at(behind), sealed_size(file.size))
        try:
            sealed = await store.read(file.blob, piece_at(first), end)
            plain = await asyncio.to_thread(cipher.open_all, first, behind, sealed)
        except (FileNotFoundError, PieceDamaged) as cause:
            raise BytesMissing from cause
        wanted = plain[skip : skip + left]
        skip, left = 0, left - len(wanted)
        if wanted:
            yield wanted


async def _chained(first: bytes, rest: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    yield first
    async for each in rest:
        yield each


async def _empty() -> AsyncIterator[bytes]:
    for _ in ():
        yield b""
