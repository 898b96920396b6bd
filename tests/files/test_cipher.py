"""Pieces of a file: every range opens to what it was, and nothing that was touched opens at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilin.files.blobs.cipher import (
    HEADER_BYTES,
    PIECE_BYTES,
    SEALED_PIECE_BYTES,
    Cipher,
    PieceDamaged,
    new_header,
    new_key,
    piece_at,
    pieces_of,
    sealed_size,
    span_of,
)

KEY, HEADER = new_key(), new_header()
AROUND_BORDERS = [0, 1, PIECE_BYTES - 1, PIECE_BYTES, PIECE_BYTES + 1, 2 * PIECE_BYTES, 3 * PIECE_BYTES + 17]
sizes = st.sampled_from(AROUND_BORDERS) | st.integers(0, 4 * PIECE_BYTES)


def text(size: int) -> bytes:
    """Bytes in which every place is told from every other near it."""
    return (b"".join(number.to_bytes(4, "big") for number in range(size // 4 + 1)))[:size]


def seal(plain: bytes, key: bytes = KEY, header: bytes = HEADER) -> bytes:
    cipher = Cipher(key, header, len(plain))
    pieces = [plain[at * PIECE_BYTES : (at + 1) * PIECE_BYTES] for at in range(pieces_of(len(plain)))]
    return header + b"".join(cipher.seal(number, piece) for number, piece in enumerate(pieces))


def open_range(sealed: bytes, size: int, start: int, end: int) -> bytes:
    span = span_of(size, start, end)
    cipher = Cipher(KEY, sealed[:HEADER_BYTES], size)
    plain = cipher.open_all(span.first, span.end, sealed[span.sealed_start : span.sealed_end])
    return plain[span.skip : span.skip + end - start]


@given(sizes, st.data())
def test_any_range_opens_to_what_it_was(size: int, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, size))
    end = data.draw(st.integers(start, size))
    plain = text(size)
    sealed = seal(plain)
    assert len(sealed) == sealed_size(size)
    assert open_range(sealed, size, start, end) == plain[start:end]
    assert open_range(sealed, size, 0, size) == plain


@given(sizes, st.data())
def test_no_changed_bit_opens(size: int, data: st.DataObject) -> None:
    sealed = bytearray(seal(text(size)))
    sealed[data.draw(st.integers(0, len(sealed) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(PieceDamaged):
        open_range(bytes(sealed), size, 0, size)


@given(st.sampled_from(AROUND_BORDERS[1:]), st.data())
def test_what_is_cut_off_does_not_open_as_less(size: int, data: st.DataObject) -> None:
    """Neither as the size it had nor as any that would fit what is left."""
    sealed = seal(text(size))
    left = sealed[: data.draw(st.integers(HEADER_BYTES, len(sealed) - 1))]
    smaller = data.draw(st.integers(0, size - 1))
    for told in (size, smaller, max(0, len(left) - HEADER_BYTES - 16 * pieces_of(size))):
        with pytest.raises(PieceDamaged):
            open_range(left, told, 0, told)


def test_pieces_stay_where_they_are_and_in_their_file() -> None:
    size = 3 * PIECE_BYTES
    sealed = seal(text(size))
    pieces = [sealed[piece_at(number) : piece_at(number) + SEALED_PIECE_BYTES] for number in range(3)]
    cipher = Cipher(KEY, HEADER, size)
    for stands, piece in ((1, 0), (0, 1), (2, 1), (1, 2)):
        with pytest.raises(PieceDamaged):
            cipher.open(stands, pieces[piece])
    for other in (Cipher(new_key(), HEADER, size), Cipher(KEY, new_header(), size), Cipher(KEY, HEADER, size + 1)):
        with pytest.raises(PieceDamaged):
            other.open(2, pieces[2])


def test_the_same_is_never_sealed_the_same() -> None:
    one, other = seal(text(5), new_key(), new_header()), seal(text(5), new_key(), new_header())
    assert one[HEADER_BYTES:] != other[HEADER_BYTES:]


@pytest.mark.parametrize(("number", "plain"), [(0, b"four"), (1, b"x"), (-1, b""), (0, b"")])
def test_a_piece_has_its_length_and_number(number: int, plain: bytes) -> None:
    with pytest.raises(ValueError, match="piece"):
        Cipher(KEY, HEADER, 3).seal(number, plain)


def test_a_key_header_and_size_are_what_they_must_be() -> None:
    for key, header, size in ((b"short", HEADER, 1), (KEY, b"short", 1), (KEY, HEADER, -1), (KEY, HEADER, 1 << 60)):
        with pytest.raises(ValueError, match="32 bytes"):
            Cipher(key, header, size)
