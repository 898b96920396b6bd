"""The file of an upload: whatever way its bytes come, and wherever a crash cuts it off."""

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilin.files.blobs.cipher import PIECE_BYTES, PieceDamaged, new_key, piece_at, sealed_size
from bilin.files.errors import UploadBusy, UploadNotFound
from bilin.files.uploads.writing import PieceWriter, begin, held, remove
from tests.files.test_cipher import text

KEY = new_key()
lengths = st.lists(st.sampled_from([0, 1, 7, PIECE_BYTES - 1, PIECE_BYTES, PIECE_BYTES + 1, 200_000]), max_size=6)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "uploads" / "1"


def cut(plain: bytes, lengths: Sequence[int]) -> list[bytes]:
    parts, at = [], 0
    for length in lengths:
        parts.append(plain[at : at + length])
        at += length
    return [*parts, plain[at:]]


@given(lengths, st.integers(0, 300), st.randoms(use_true_random=False))
def test_bytes_come_in_any_parts_over_any_number_of_requests(
    tmp_path_factory: pytest.TempPathFactory, lengths: list[int], more: int, dice: Random
) -> None:
    place = tmp_path_factory.mktemp("uploads") / "1"
    plain = text(sum(lengths) + more)
    begin(place)
    received, rest = 0, b""
    for part in cut(plain, lengths):
        with held(place) as descriptor:
            writer = PieceWriter(descriptor, KEY, len(plain), received, rest)
            assert writer.received == received
            writer.write(part)
            if dice.random() < 0.8:
                received, rest = writer.received, writer.rest
            else:  # it was not told of: the pieces on disk count all the same, and the rest comes again
                received = writer.received - len(writer.rest)
                lost, rest = writer.rest, b""
                again = PieceWriter(descriptor, KEY, len(plain), received, rest)
                assert again.received == received
                again.write(lost)
                received, rest = again.received, again.rest
    with held(place) as descriptor:
        writer = PieceWriter(descriptor, KEY, len(plain), received, rest)
        if not plain:
            writer.write(b"")
        assert writer.is_whole
        looked = writer.look()
        sealed = os.pread(descriptor, 10_000_000, 0)
    assert looked.digest == hashlib.sha256(plain).digest()
    assert looked.head == plain[:512]
    assert looked.name == hashlib.sha256(sealed).hexdigest()
    assert len(sealed) == sealed_size(len(plain))


def test_pieces_that_a_crash_left_count_and_half_ones_do_not(place: Path) -> None:
    plain = text(4 * PIECE_BYTES)
    begin(place)
    with held(place) as descriptor:
        PieceWriter(descriptor, KEY, len(plain), 0, b"").write(plain[: 3 * PIECE_BYTES])
        os.ftruncate(descriptor, piece_at(3) - 5)
        for told, rest in ((0, b""), (100, plain[:100]), (3 * PIECE_BYTES, b"")):
            writer = PieceWriter(descriptor, KEY, len(plain), told, rest)
            assert (writer.received, writer.rest) == (2 * PIECE_BYTES, b"")
        writer.write(plain[2 * PIECE_BYTES :])
        assert writer.look().digest == hashlib.sha256(plain).digest()


def test_what_was_touched_on_disk_is_noticed_before_it_ends(place: Path) -> None:
    begin(place)
    with held(place) as descriptor:
        writer = PieceWriter(descriptor, KEY, 10, 0, b"")
        writer.write(text(10))
        os.pwrite(descriptor, b"x", piece_at(0) + 3)
        with pytest.raises(PieceDamaged):
            writer.look()


def test_one_request_at_a_time(place: Path) -> None:
    begin(place)
    with held(place), pytest.raises(UploadBusy), held(place):
        pass
    with held(place):
        pass
    remove(place)
    remove(place)
    with pytest.raises(UploadNotFound), held(place):
        pass


def test_what_lies_there_says_nothing(place: Path) -> None:
    begin(place)
    with held(place) as descriptor:
        writer = PieceWriter(descriptor, KEY, 200_000, 0, b"")
        writer.write(b"SECRET WORDS " * 8_000)
    assert b"SECRET" not in place.read_bytes()
    assert place.stat().st_mode & 0o077 == 0
    assert place.parent.stat().st_mode & 0o077 == 0
