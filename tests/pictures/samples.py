"""Pictures as phones make them, and as attackers do."""

import io
import struct
import zlib
from typing import Any

from PIL import Image
from pillow_heif import register_heif_opener

register_heif_opener()
PLACE = b"N31 14 E121 29 Shanghai"
MAKER = "SECRET CAMERA"
GPS, ORIENTATION, MAKE, DESCRIPTION = 0x8825, 0x0112, 0x010F, 0x010E
KINDS = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "AVIF": "image/avif", "HEIF": "image/heif"}


def drawn(width: int = 320, height: int = 200) -> Image.Image:
    """Four corners of different colours, and something between them."""
    picture = Image.linear_gradient("L").resize((width, height)).convert("RGB")
    for at, colour in (((0, 0), "red"), ((1, 0), "lime"), ((0, 1), "blue"), ((1, 1), "white")):
        left, top = at[0] * (width - width // 4), at[1] * (height - height // 4)
        picture.paste(colour, (left, top, left + width // 4, top + height // 4))
    return picture


def told(turn: int = 6) -> bytes:
    """Exif with a place, a camera, and how the picture is turned."""
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKE], exif[DESCRIPTION] = turn, MAKER, PLACE.decode()
    exif.get_ifd(GPS).update({1: "N", 2: (31.0, 14.0, 0.0), 3: "E", 4: (121.0, 29.0, 0.0)})
    return exif.tobytes()


def photo(kind: str, turn: int = 6, size: tuple[int, int] = (320, 200)) -> bytes:
    """As a phone sends it: turned, with Exif and XMP that say where."""
    written = io.BytesIO()
    more: dict[str, Any] = {"exif": told(turn), "quality": 90}
    if kind in ("JPEG", "WEBP", "HEIF", "PNG"):
        more["xmp"] = b"<x:xmpmeta>" + PLACE + b"</x:xmpmeta>"
    drawn(*size).save(written, kind, **more)
    return written.getvalue()


def png(width: int, height: int, body: bytes = b"\0" * 1_000) -> bytes:
    """A PNG that says to be of this size, whatever is in it."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(body)) + chunk(b"IEND", b"")
