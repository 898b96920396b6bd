"""What kind of file it is: by how it begins, and only then by what whoever sent it says. Both may lie."""

import re
from typing import Final

HEAD_BYTES: Final = 512
"""So much of a file is looked at."""
UNKNOWN: Final = "application/octet-stream"
MAX_TYPE_CHARS: Final = 100
TYPE = re.compile(r"[a-z]+/[a-z0-9][a-z0-9.+_-]*")
BEGINNINGS: Final = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"%PDF-", "application/pdf"),
    (b"OggS", "audio/ogg"),
    (b"fLaC", "audio/flac"),
    (b"ID3", "audio/mpeg"),
    (b"\x1aE\xdf\xa3", "video/webm"),
    (b"PK\x03\x04", "application/zip"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"\x1f\x8b", "application/gzip"),
)
RIFF: Final = {b"WEBP": "image/webp", b"WAVE": "audio/wav", b"AVI ": "video/x-msvideo"}
BRANDS: Final = {
    b"avif": "image/avif",
    b"heic": "image/heic",
    b"heix": "image/heic",
    b"mif1": "image/heif",
    b"M4A ": "audio/mp4",
    b"qt  ": "video/quicktime",
}
"""Of ISO base media files (ISO/IEC 14496-12, section 4.3); any other is a video."""
NEEDS_PROOF: Final = ("image/", "audio/", "video/", "application/pdf")
"""What is shown by its kind is only what begins like it."""
MAY_BE: Final = {
    "application/zip": re.compile(r"application/(vnd\.[a-z0-9.+-]+|epub\+zip|java-archive|x-zip-compressed|zip)"),
    "video/webm": re.compile(r"(audio|video)/(webm|x-matroska)"),
    "video/mp4": re.compile(r"(audio|video)/(mp4|x-m4v|x-m4a|3gpp)"),
    "audio/ogg": re.compile(r"(audio|video)/(ogg|opus)"),
}
"""Which kinds begin so as well: there what was said counts."""
SERVED: Final = frozenset(
    {
        "application/pdf",
        "audio/flac",
        "audio/mp4",
        "audio/mpeg",
        "audio/ogg",
        "audio/wav",
        "audio/webm",
        "image/avif",
        "image/gif",
        "image/heic",
        "image/heif",
        "image/jpeg",
        "image/png",
        "image/webp",
        "video/mp4",
        "video/ogg",
        "video/quicktime",
        "video/webm",
    }
)
"""What is told to browsers as what it is: none of it can hold a script that runs with an origin."""


def kind_of(said: str, head: bytes) -> str:
    """The media type that is stored: of what begins like something it is that, or what may begin so too. What claims to
    be a picture, sound, film or PDF and does not begin like one is unknown."""
    told = said.strip().lower().partition(";")[0].strip()
    told = told if len(told) <= MAX_TYPE_CHARS and TYPE.fullmatch(told) else UNKNOWN
    found = _found(head)
    if found is None:
        return UNKNOWN if told.startswith(NEEDS_PROOF) else told
    other = MAY_BE.get(found)
    return told if other is not None and other.fullmatch(told) else found


def served_as(kind: str) -> str:
    """What a browser is told."""
    return kind if kind in SERVED else UNKNOWN


def _found(head: bytes) -> str | None:
    if head[:4] == b"RIFF":
        return RIFF.get(head[8:12])
    if head[4:8] == b"ftyp":
        return BRANDS.get(head[8:12], "video/mp4")
    if len(head) > 2 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2:
        return "audio/mpeg"
    return next((kind for beginning, kind in BEGINNINGS if head.startswith(beginning)), None)
