"""Previews, made by the process itself: whatever it is fed it ends, with an answer."""

import io
from typing import Any

import pytest
from PIL import Image

from bilin.files.previews.looking import Looker
from bilin.pictures import NO_LOCK, TOO_LARGE, UNREADABLE, Made
from tests.pictures.samples import KINDS, PLACE, drawn, photo, png


async def made(data: bytes, side: int = 64) -> Made:
    found = await Looker().look(data, side)
    assert found is not None
    assert found.trouble != NO_LOCK
    return found


@pytest.mark.parametrize("kind", [*KINDS, "GIF"])
async def test_a_preview_is_small_upright_and_tells_nothing(kind: str) -> None:
    plain = io.BytesIO()
    drawn().save(plain, kind)
    for data, is_turned in ((plain.getvalue(), False), *([(photo(kind), True)] if kind in KINDS else [])):
        found = await made(data)
        assert not found.trouble
        with Image.open(io.BytesIO(found.preview)) as preview:
            assert preview.format == "WEBP"
            tall = is_turned and kind != "AVIF" and kind != "HEIF"  # these say it in another way, and are read upright
            upright = (40, 64) if tall or preview.height > preview.width else (64, 40)
            assert preview.size == upright
            assert not preview.getexif()
            assert "xmp" not in preview.info
            corner: Any = preview.convert("RGB").getpixel((preview.width - 4, 4))
        assert PLACE not in found.preview
        if tall:  # turned to the right: what was at the top left is at the top right
            assert corner[0] > 180 > 90 > corner[1]


@pytest.mark.parametrize(
    ("data", "trouble"),
    [
        (b"", UNREADABLE),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", UNREADABLE),
        (b"<html>", UNREADABLE),
        (b"\x89PNG\r\n\x1a\n", UNREADABLE),
        (b"\xff\xd8\xff/*<script>*/", UNREADABLE),
        (png(60_000, 60_000), TOO_LARGE),
        (png(30_000, 30_000), TOO_LARGE),
        (png(1, 50_000), TOO_LARGE),
        (png(9_000, 9_000), UNREADABLE),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n", UNREADABLE),
        (photo("JPEG")[:3_000], UNREADABLE),
    ],
)
async def test_bombs_and_what_is_no_picture_are_refused(data: bytes, trouble: str) -> None:
    assert (await made(data)).trouble == trouble


async def test_a_picture_of_many_colours_still_fits(monkeypatch: pytest.MonkeyPatch) -> None:
    written = io.BytesIO()
    Image.effect_noise((1_600, 1_600), 100).convert("RGB").save(written, "JPEG", quality=95)
    found = await made(written.getvalue(), 2_048)
    assert (found.width, found.height) == (1_600, 1_600)
    assert 0 < len(found.preview) <= 500_000
