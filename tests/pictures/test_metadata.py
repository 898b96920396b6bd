"""Pictures lose what they tell, and nothing of what they show."""

import io
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageOps

from bilin.pictures import cleaned
from tests.pictures.samples import KINDS, MAKER, ORIENTATION, PLACE, drawn, photo, png, told

WORDS = PLACE, MAKER.encode(), PLACE[:8]


def shown(data: bytes) -> bytes:
    """The pixels, as they are to be seen."""
    with Image.open(io.BytesIO(data)) as picture:
        return ImageOps.exif_transpose(picture).convert("RGB").tobytes()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("turn", [1, 3, 6, 8])
def test_it_tells_nothing_and_shows_the_same(kind: str, turn: int) -> None:
    data = photo(kind, turn)
    assert PLACE in data
    clean = cleaned(KINDS[kind], data)
    assert clean is not None
    assert len(clean) == len(data)
    assert not [word for word in WORDS if word in clean]
    assert shown(clean) == shown(data)
    with Image.open(io.BytesIO(clean)) as picture:
        assert set(picture.getexif()) <= {ORIENTATION}
        assert not picture.getexif().get_ifd(0x8825)
    assert cleaned(KINDS[kind], clean) in (None, clean)


@pytest.mark.parametrize("kind", KINDS)
def test_what_tells_nothing_stays_as_it_is(kind: str) -> None:
    written = io.BytesIO()
    drawn().save(written, kind)
    assert cleaned(KINDS[kind], written.getvalue()) is None


def test_what_comes_behind_the_end_goes(  # a second picture, or the film of a motion photo
) -> None:
    second = photo("JPEG")
    for kind in ("JPEG", "PNG", "WEBP"):
        plain = io.BytesIO()
        drawn().save(plain, kind)
        clean = cleaned(KINDS[kind], plain.getvalue() + second)
        assert clean is not None
        assert clean[: len(plain.getvalue())] == plain.getvalue()
        assert not clean[len(plain.getvalue()) :].strip(b"\0")


def test_comments_and_the_names_of_places_in_iptc_go() -> None:
    plain = io.BytesIO()
    drawn().save(plain, "JPEG", comment=PLACE)
    data = plain.getvalue()
    iptc = b"\xff\xed" + (2 + len(PLACE)).to_bytes(2, "big") + PLACE
    clean = cleaned("image/jpeg", data[:2] + iptc + data[2:])
    assert clean is not None
    assert PLACE not in clean
    assert shown(clean) == shown(data)


def test_texts_of_a_png_go_and_its_sums_are_right() -> None:
    said = PLACE + b"\0" + PLACE
    chunk = len(said).to_bytes(4, "big") + b"tEXt" + said + zlib.crc32(b"tEXt" + said).to_bytes(4, "big")
    plain = io.BytesIO()
    drawn().save(plain, "PNG")
    data = plain.getvalue()
    clean = cleaned("image/png", data[:33] + chunk + data[33:])
    assert clean is not None
    assert PLACE not in clean
    with Image.open(io.BytesIO(clean)) as picture:
        picture.verify()


@given(st.sampled_from(sorted(KINDS)), st.integers(0, 4_000), st.binary(max_size=40), st.integers(0, 10_000))
def test_whatever_is_broken_is_read_to_its_end_or_left(kind: str, at: int, noise: bytes, cut: int) -> None:
    data = BROKEN[kind]
    data = (data[:at] + noise + data[at + len(noise) :])[: len(data) - cut]
    clean = cleaned(KINDS[kind], data)
    assert clean is None or len(clean) == len(data)


BROKEN = {kind: photo(kind, size=(32, 20)) for kind in KINDS}


@given(st.sampled_from([*KINDS.values(), "image/gif", "text/plain"]), st.binary(max_size=200))
def test_what_is_no_picture_is_left(kind: str, data: bytes) -> None:
    clean = cleaned(kind, data)
    assert clean is None or len(clean) == len(data)


def test_exif_alone_is_read_in_both_orders() -> None:
    assert cleaned("image/png", png(1, 1)) is None
    assert told(6)[:6] == b"Exif\0\0"
