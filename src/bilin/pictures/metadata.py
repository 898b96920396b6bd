"""Taking out of a picture what it tells beside what it shows: where and when it was taken, with which device, by whom.

Nothing is decoded and nothing moves: what is told is written over with zeros where it stands, so the picture has the
same pixels, colours, size and length. Only how it is to be turned stays. What cannot be read to its end is cleaned as
far as it can be. Sources: JPEG (ITU T.81, annex B; Exif 2.32, section 4.5.4; XMP part 3), PNG (third edition), WebP
(RFC 9649), HEIF and AVIF (ISO/IEC 14496-12, 23008-12).
"""

import re
import struct
import zlib
from collections.abc import Callable
from typing import Final

from bilin.pictures.boxes import items_told

MAX_CLEANED_BYTES: Final = 50_000_000
"""Larger ones are no photos, and are left as they are: it happens in memory."""
EXIF: Final = b"Exif\0\0"
ORIENTATION: Final = 0x0112
SHORT: Final = 3
TOLD_BY_JPEG: Final = frozenset((0xE1, 0xED, 0xFE))
"""APP1 (Exif, XMP), APP13 (IPTC, with names of places), and comments."""
ALONE: Final = frozenset((0x01, *range(0xD0, 0xD8)))
"""Markers without a length."""
START_OF_SCAN, END = 0xDA, 0xD9
TOLD_BY_PNG: Final = frozenset((b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"))
EXIF_ITEM: Final = re.compile(rb".{4}(Exif\0\0)?(II\*\0|MM\0\*)", re.DOTALL)
"""An offset, then Exif as elsewhere."""
BLANK: Final = b"blNk"
"""A chunk that nobody knows, and that everybody passes over (PNG, section 5.4)."""
PNG_START: Final = 8
RIFF_START: Final = 12


def cleaned(kind: str, data: bytes) -> bytes | None:
    """The picture of this kind without what it tells, as long as it was; None: it tells nothing."""
    clean = CLEANERS.get(kind)
    if clean is None:
        return None
    picture = bytearray(data)
    clean(picture)
    return bytes(picture) if picture != data else None


def _blank(picture: bytearray, start: int, end: int, told: bytes = b"") -> None:
    """Zeros, behind what is told all the same, if that fits."""
    end = min(end, len(picture))
    told = told if len(told) <= end - start else b""
    picture[start:end] = told + bytes(max(0, end - start) - len(told))


def _turned(exif: bytes) -> bytes:
    """Exif that says how the picture is turned and nothing else. `exif`: from its byte order on."""
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(exif[:4])
    if order is None or len(exif) < 8:
        return _exif_of(1)
    (at,) = struct.unpack_from(order + "I", exif, 4)
    for entry in range(_count(exif, order, at)):
        place = at + 2 + entry * 12
        if place + 12 > len(exif):
            break
        tag, kind, count = struct.unpack_from(order + "HHI", exif, place)
        if (tag, kind, count) == (ORIENTATION, SHORT, 1):
            (turn,) = struct.unpack_from(order + "H", exif, place + 8)
            return _exif_of(turn if 1 <= turn <= 8 else 1)
    return _exif_of(1)


def _count(exif: bytes, order: str, at: int) -> int:
    return int(struct.unpack_from(order + "H", exif, at)[0]) if at + 2 <= len(exif) else 0


def _exif_of(turn: int) -> bytes:
    return b"MM\0*" + struct.pack(">IHHHIHHI", 8, 1, ORIENTATION, SHORT, 1, turn, 0, 0)


def _clean_jpeg(picture: bytearray) -> None:
    """Also what comes behind its end: other pictures, films and lists of them, each with Exif of its own."""
    at = 2
    while at + 4 <= len(picture) and picture[at] == 0xFF:
        marker = picture[at + 1]
        if marker == 0xFF:
            at += 1
        elif marker in ALONE:
            at += 2
        elif marker == END:
            break
        else:
            start, end = at + 4, at + 2 + int.from_bytes(picture[at + 2 : at + 4], "big")
            if marker in TOLD_BY_JPEG:
                told = bytes(picture[start:end])
                _blank(picture, start, end, EXIF + _turned(told[len(EXIF) :]) if told.startswith(EXIF) else b"")
            at = _behind_scan(picture, end) if marker == START_OF_SCAN else max(end, at + 2)
    if at + 2 <= len(picture) and picture[at : at + 2] == b"\xff\xd9":
        _blank(picture, at + 2, len(picture))


def _behind_scan(picture: bytearray, at: int) -> int:
    """Where the marker behind coded pixels stands: in them 0xFF is followed by 0, or by a restart."""
    while (at := picture.find(0xFF, at)) >= 0 and at + 1 < len(picture):
        if picture[at + 1] and picture[at + 1] not in ALONE:
            return at
        at += 2
    return len(picture)


def _clean_png(picture: bytearray) -> None:
    at = PNG_START
    while at + 12 <= len(picture):
        size, kind = int.from_bytes(picture[at : at + 4], "big"), bytes(picture[at + 4 : at + 8])
        start, end = at + 8, at + 8 + size
        if end + 4 > len(picture):
            return
        if kind in TOLD_BY_PNG:
            turned = _turned(bytes(picture[start:end])) if kind == b"eXIf" else b""
            picture[at + 4 : at + 8] = kind if 0 < len(turned) <= size else BLANK
            _blank(picture, start, end, turned)
            picture[end : end + 4] = zlib.crc32(picture[at + 4 : end]).to_bytes(4, "big")
        at = end + 4
        if kind == b"IEND":
            _blank(picture, at, len(picture))


def _clean_webp(picture: bytearray) -> None:
    behind = min(len(picture), 8 + int.from_bytes(picture[4:8], "little"))
    at = RIFF_START
    while at + 8 <= behind:
        kind, size = bytes(picture[at : at + 4]), int.from_bytes(picture[at + 4 : at + 8], "little")
        start, end = at + 8, min(at + 8 + size, behind)
        if kind == b"EXIF":
            told = bytes(picture[start:end]).removeprefix(EXIF)
            _blank(picture, start, end, _turned(told))
        elif kind == b"XMP ":
            _blank(picture, start, end)
        at = end + size % 2
    _blank(picture, behind, len(picture))


def _clean_boxes(picture: bytearray) -> None:
    """How it is turned stands elsewhere (`irot`, `imir`)."""
    for start, end in items_told(bytes(picture)):
        is_exif = EXIF_ITEM.match(picture, start, end) is not None
        _blank(picture, start, end, bytes(4) + _exif_of(1) if is_exif else b"")


CLEANERS: Final[dict[str, Callable[[bytearray], None]]] = {
    "image/jpeg": _clean_jpeg,
    "image/png": _clean_png,
    "image/webp": _clean_webp,
    "image/heic": _clean_boxes,
    "image/heif": _clean_boxes,
    "image/avif": _clean_boxes,
}
