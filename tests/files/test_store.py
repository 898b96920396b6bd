"""Stores: what was put is read, whichever it is; what does not answer is told as such."""

import errno
import hashlib
import os
import shutil
from pathlib import Path

import pytest
from obstore.store import MemoryStore

from bilin.core.settings import load_settings
from bilin.files.blobs.folder import FolderStore
from bilin.files.blobs.objects import ObjectStore
from bilin.files.blobs.opening import open_store
from bilin.files.blobs.store import Store, StoreAway, path_of

DATA = b"sealed bytes " * 1_000
NAME = hashlib.sha256(DATA).hexdigest()


@pytest.fixture
def source(tmp_path: Path) -> Path:
    place = tmp_path / "source"
    place.write_bytes(DATA)
    return place


@pytest.fixture(params=["folder", "objects"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    return FolderStore(tmp_path / "blobs") if request.param == "folder" else ObjectStore(MemoryStore())


async def listed(store: Store) -> list[tuple[str, int]]:
    return [each async for page in store.listed() for each in page]


async def test_what_was_put_is_read_and_listed_until_it_is_deleted(store: Store, source: Path) -> None:
    assert await store.size(NAME) is None
    for _ in range(2):
        await store.put(NAME, source)
    assert source.read_bytes() == DATA
    source.unlink()
    assert await store.size(NAME) == len(DATA)
    assert await store.read(NAME, 0, len(DATA)) == DATA
    assert await store.read(NAME, 100, 113) == DATA[100:113]
    assert await listed(store) == [(NAME, len(DATA))]
    for _ in range(2):
        await store.delete(NAME)
    assert await store.size(NAME) is None
    assert await listed(store) == []
    with pytest.raises(FileNotFoundError):
        await store.read(NAME, 0, 1)


async def test_nobody_else_looks_into_the_folder(tmp_path: Path, source: Path) -> None:
    store = FolderStore(tmp_path / "blobs")
    await store.put(NAME, source)
    (tmp_path / "blobs" / "readme").write_text("nobody's business")
    assert [each.stat().st_mode & 0o077 for each in (tmp_path / "blobs", tmp_path / "blobs" / NAME[:2])] == [0, 0]
    assert await listed(store) == [(NAME, len(DATA))]


@pytest.mark.parametrize("name", ["", "../../etc/passwd", NAME[:-1], NAME.upper(), "x" * 64, f"{NAME[:-1]}/"])
async def test_a_name_is_one_of_a_blob(store: Store, name: str) -> None:
    with pytest.raises(ValueError, match="no name"):
        path_of(name)
    with pytest.raises((ValueError, StoreAway)):
        await store.read(name, 0, 1)


async def test_a_store_that_does_not_answer_is_told_as_such(tmp_path: Path, source: Path) -> None:
    settings = load_settings(
        {
            "BILIN_DATA_DIR": str(tmp_path),
            "BILIN_FILES_STORE": "s3://bucket/bilin",
            "BILIN_FILES_S3_ENDPOINT": "http://127.0.0.1:1",
            "BILIN_FILES_S3_ACCESS_KEY": "a",
            "BILIN_FILES_S3_SECRET_KEY": "b",
        }
    )
    store = open_store(settings)
    with pytest.raises(StoreAway):
        await store.read(NAME, 0, 1)
    with pytest.raises(StoreAway):
        await store.put(NAME, source)


async def test_between_file_systems_it_is_copied_and_nothing_half_is_a_blob(
    tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def on_another(*_: object) -> None:
        raise OSError(errno.EXDEV, "on another file system")

    def ends_early(_: Path, to: Path) -> None:
        to.write_bytes(DATA[:100])
        raise OSError(errno.ENOSPC, "full")

    store = FolderStore(tmp_path / "blobs")
    monkeypatch.setattr(os, "link", on_another)
    with monkeypatch.context() as full:
        full.setattr(shutil, "copyfile", ends_early)
        with pytest.raises(StoreAway):
            await store.put(NAME, source)
    assert await listed(store) == []
    await store.put(NAME, source)
    assert await store.read(NAME, 0, len(DATA)) == DATA
    assert [each.name for each in (tmp_path / "blobs").rglob("*") if each.is_file()] == [NAME]
    assert (tmp_path / "blobs" / path_of(NAME)).stat().st_mode & 0o077 == 0
