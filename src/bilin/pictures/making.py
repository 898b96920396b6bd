"""The process that looks at a picture: `python -m bilin.pictures.making PIXELS`, a picture on its standard input, its
preview on its standard output.

Decoders are large, written in C, and fed by strangers. So they run here: loaded first, then locked in (`lock`), with
limits of memory and time, and only then is a byte of the picture read. The process makes one picture and ends.
"""

import io
import sys
from contextlib import suppress
from typing import Any, Final

import msgspec
from PIL import Image, ImageCms, ImageOps

from bilin.pictures.lock import CannotLock, limit, lock
from bilin.pictures.model import NO_LOCK, TOO_LARGE, UNREADABLE, Made

MEMORY: Final = 1 << 30
SECONDS: Final = 20
MAX_PIXELS: Final = 100_000_000
MAX_SIDE: Final = 30_000
MAX_PREVIEW_BYTES: Final = 500_000
"""One answer between sites."""
QUALITIES: Final = (82, 60)
ORIENTATION: Final = 0x0112
FORMATS: Final = ("JPEG", "PNG", "WEBP", "GIF", "AVIF", "HEIF")


def main() -> None:
    """Answer, whatever happens."""
    try:
        _load()
        limit(MEMORY, SECONDS)
        lock()
    except CannotLock:
        made = Made(NO_LOCK)
    else:
        made = _made(sys.stdin.buffer.read(), int(sys.argv[1]))
    sys.stdout.buffer.write(msgspec.msgpack.encode(made))
    sys.stdout.buffer.flush()


def _load() -> None:
    """All that is needed, before no file can be opened any more."""
    with suppress(ImportError):  # an extra
        from pillow_heif import options, register_heif_opener

        options.DECODE_THREADS = 1
        register_heif_opener()
    Image.init()
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    for format_ in ("JPEG", "PNG", "WEBP", "AVIF"):  # decoders look at the machine when they are used first
        sample = io.BytesIO()
        with suppress(OSError, KeyError):
            Image.new("RGB", (2, 2)).save(sample, format_)
            Image.open(sample).load()
    ImageCms.createProfile("sRGB")


def _made(data: bytes, side: int) -> Made:
    try:
        picture: Any = Image.open(io.BytesIO(data), formats=[each for each in FORMATS if each in Image.OPEN])
        if picture.width * picture.height > MAX_PIXELS or max(picture.size) > MAX_SIDE:
            return Made(TOO_LARGE)
        is_on_its_side = picture.getexif().get(ORIENTATION, 1) >= 5
        width, height = reversed(picture.size) if is_on_its_side else picture.size
        return Made("", width, height, _written(_upright(picture, side)))
    except (Image.DecompressionBombError, MemoryError):
        return Made(TOO_LARGE)
    except Exception:  # whatever a decoder raises, and they raise anything
        return Made(UNREADABLE)


def _upright(picture: Any, side: int) -> Any:
    """Small, turned as it says, in the colours of the web."""
    profile = picture.info.get("icc_profile")
    has_alpha = picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info
    if picture.mode == "P":
        picture = picture.convert("RGBA" if has_alpha else "RGB")
    picture.thumbnail((side, side), Image.Resampling.LANCZOS, reducing_gap=2.0)
    picture = ImageOps.exif_transpose(picture)
    if profile and picture.mode in ("RGB", "CMYK", "L"):
        with suppress(ImageCms.PyCMSError, OSError, ValueError):
            own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            picture = ImageCms.profileToProfile(picture, own, ImageCms.createProfile("sRGB"), outputMode="RGB")
    return picture.convert("RGBA" if has_alpha else "RGB")


def _written(picture: Any) -> bytes:
    """As WebP, smaller until it is small enough."""
    while True:
        for quality in QUALITIES:
            written = io.BytesIO()
            picture.save(written, "WEBP", quality=quality, method=3, exif=b"", icc_profile=None)
            if len(written.getvalue()) <= MAX_PREVIEW_BYTES:
                return written.getvalue()
        picture = picture.resize((max(1, picture.width // 2), max(1, picture.height // 2)))


if __name__ == "__main__":
    main()
