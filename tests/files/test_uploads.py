"""Uploads by tus 1.0: resumable, of one person alone, with a length that is a promise."""

import asyncio
import base64
import errno
import hashlib
import os
import shutil
import zlib
from collections.abc import AsyncIterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from bilin.core.ids import wall_ms
from bilin.core.settings import Settings, SiteSettings
from bilin.files.blobs.cipher import PIECE_BYTES, piece_at
from bilin.files.uploads import keeping
from bilin.files.uploads.tus import PATH
from tests.authorization.rows import NOT_FOUND, SIGNED_IN, Row
from tests.files.sender import BYTES, TUS, Sender
from tests.files.test_cipher import text
from tests.identity.office import Office

MISSING = dict.fromkeys(SIGNED_IN, NOT_FOUND)
ROUTES = [
    Row("GET", PATH, SIGNED_IN),
    Row("GET", PATH + "/{upload:str}", (), PATH + "/12345", others=MISSING),
    Row("POST", PATH, (), others=dict.fromkeys(SIGNED_IN, 412)),  # without the version of the protocol
    Row("PATCH", PATH + "/{upload:str}", (), PATH + "/12345", others=dict.fromkeys(SIGNED_IN, 412)),
    Row("DELETE", PATH + "/{upload:str}", (), PATH + "/12345", others=MISSING),
]


def folder(settings: Settings) -> Path:
    return settings[SiteSettings].data_dir / "files"


def names(place: Path) -> list[str]:
    return sorted(each.name for each in place.rglob("*") if each.is_file())


async def test_a_file_comes_in_parts_and_goes_on_after_a_cut(anna: Sender, settings: Settings) -> None:
    data = text(3 * PIECE_BYTES + 1000)
    place = await anna.begun(len(data))
    assert await anna.offset(place) == 0
    at = 0
    for step in (10, PIECE_BYTES, 1, 2 * PIECE_BYTES - 11, 999):
        answer = await anna.append(place, at, data[at : at + step])
        at += step
        assert (answer.status_code, answer.headers["upload-offset"]) == (204, str(at))
        assert answer.headers["tus-resumable"] == "1.0.0"
        assert await anna.offset(place) == at
        (listed,) = await anna.uploads()
        assert (listed["received"], listed["has_ended"]) == (at, False)
    assert (await anna.append(place, at, data[at:])).status_code == 204
    (listed,) = await anna.uploads()
    assert listed["has_ended"]
    assert (listed["name"], listed["size"], listed["media_type"]) == ("报告.txt", len(data), "text/plain")
    assert listed["expires_ms"] > wall_ms()
    assert names(folder(settings) / "uploads") == []
    (blob,) = (folder(settings) / "blobs").rglob("??*/*")
    assert blob.name == hashlib.sha256(blob.read_bytes()).hexdigest()
    assert data[:64] not in blob.read_bytes()
    assert await anna.offset(place) == len(data)


@pytest.mark.parametrize("size", [0, 1, PIECE_BYTES, 2 * PIECE_BYTES])
async def test_files_of_any_size_end(anna: Sender, size: int) -> None:
    listed = await anna.sent(text(size))
    assert (listed["received"], listed["has_ended"]) == (size, True)


async def test_the_first_bytes_may_come_with_the_announcement(anna: Sender) -> None:
    headers = {**BYTES, "upload-length": "10"}
    answer = await anna.browser.client.post(PATH, headers=headers, content=b"01234")
    assert (answer.status_code, answer.headers["upload-offset"]) == (201, "5")
    assert (await anna.append(answer.headers["location"], 5, b"56789")).headers["upload-offset"] == "10"


async def test_a_piece_twice_or_out_of_order_changes_nothing(anna: Sender) -> None:
    place = await anna.begun(10)
    assert (await anna.append(place, 0, b"01234")).status_code == 204
    for offset in (0, 4, 6, 10):
        answer = await anna.append(place, offset, b"56789")
        assert (answer.status_code, answer.json()["code"]) == (409, "files.wrong_offset")
        assert answer.headers["upload-offset"] == "5"
    assert await anna.offset(place) == 5
    assert (await anna.append(place, 5, b"56789")).status_code == 204
    again = await anna.append(place, 5, b"56789")
    assert (again.status_code, again.headers["upload-offset"]) == (409, "10")


async def test_a_length_that_lies_is_held_to(anna: Sender, settings: Settings) -> None:
    place = await anna.begun(5)
    answer = await anna.append(place, 0, b"0123456789")
    assert (answer.status_code, answer.json()["code"]) == (413, "files.too_many_bytes")
    assert await anna.offset(place) == 0
    assert names(folder(settings) / "blobs") == []
    assert (await anna.append(place, 0, b"01234")).status_code == 204
    assert (await anna.append(place, 5, b"5")).status_code == 413


@pytest.mark.parametrize("length", [None, "", "-1", "1e3", "٣", "9" * 19, "1, 1"])
async def test_a_length_is_a_number(anna: Sender, length: str | None) -> None:
    headers = {name.encode(): value.encode() for name, value in TUS.items()}
    if length is not None:
        headers[b"upload-length"] = length.encode()
    answer = await anna.browser.client.post(PATH, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (400, "core.malformed")
    assert await anna.uploads() == []


async def test_who_does_not_speak_the_protocol_is_told(anna: Sender) -> None:
    place = await anna.begun(5)
    answer = await anna.ask("PATCH", place, b"01234", **{**BYTES, "tus-resumable": "0.2.2", "upload-offset": "0"})
    assert (answer.status_code, answer.headers["tus-version"]) == (412, "1.0.0")
    answer = await anna.ask("PATCH", place, b"01234", **{**TUS, "upload-offset": "0"})
    assert answer.status_code == 415
    answer = await anna.ask("OPTIONS", PATH, **TUS)
    assert answer.status_code == 204
    assert set(answer.headers["tus-extension"].split(",")) >= {"creation", "checksum", "expiration", "termination"}


@pytest.mark.parametrize(
    ("algorithm", "value"),
    [
        ("sha256", hashlib.sha256(b"01234").digest()),
        ("sha1", hashlib.sha1(b"01234", usedforsecurity=False).digest()),
        ("md5", hashlib.md5(b"01234", usedforsecurity=False).digest()),
        ("crc32", zlib.crc32(b"01234").to_bytes(4, "big")),
    ],
)
async def test_bytes_are_compared_with_their_checksum(anna: Sender, algorithm: str, value: bytes) -> None:
    place = await anna.begun(10)
    told = f"{algorithm} {base64.b64encode(value).decode()}"
    answer = await anna.append(place, 0, b"01235", upload_checksum=told)
    assert (answer.status_code, answer.json()["code"]) == (460, "files.checksum_wrong")
    assert await anna.offset(place) == 0
    assert (await anna.append(place, 0, b"01234", upload_checksum=told)).status_code == 204
    for wrong, status in (("sha0 aGk=", 422), ("sha1 %%", 400)):
        assert (await anna.append(place, 5, b"5", upload_checksum=wrong)).status_code == status
    assert await anna.offset(place) == 5


@pytest.mark.parametrize("said", ["filename %%%", "filename /w==", "filename YQ==,filename Yg==", "x" * 5000])
async def test_metadata_is_text_in_base64(anna: Sender, said: str) -> None:
    answer = await anna.browser.client.post(PATH, headers={**TUS, "upload-length": "1", "upload-metadata": said})
    assert answer.status_code == 400, answer.text


async def test_names_are_made_harmless(anna: Sender) -> None:
    for said in ("../../../etc/passwd", "发票\u202efdp.exe", "长" * 400 + ".pdf", ""):
        await anna.begun(1, said)
    passwd, reversed_, long, nameless = [each["name"] for each in await anna.uploads()]
    assert (passwd, reversed_, nameless) == ("passwd", "发票fdp.exe", "file")
    assert long.endswith("….pdf")
    assert len(long.encode()) <= 255


async def test_an_upload_is_nobody_elses(anna: Sender, ben: Sender) -> None:
    place = await anna.begun(10)
    assert (await ben.append(place, 0, b"x" * 10)).status_code == 404
    assert (await ben.browser.client.get(place)).status_code == 404
    assert (await ben.ask("DELETE", place, **TUS)).status_code == 404
    assert await ben.uploads() == []
    assert await anna.offset(place) == 0


async def test_given_up_it_is_gone(anna: Sender, settings: Settings) -> None:
    place = await anna.begun(10)
    await anna.append(place, 0, b"01234")
    assert (await anna.ask("DELETE", place, **TUS)).status_code == 204
    assert (await anna.ask("DELETE", place, **TUS)).status_code == 404
    assert (await anna.browser.client.get(place)).status_code == 404
    assert await anna.uploads() == []
    assert names(folder(settings) / "uploads") == []


async def test_it_expires(anna: Sender, office: Office) -> None:
    place = await anna.begun(10)
    async with office.site.pool.acquire() as db:
        await db.execute("UPDATE files.upload SET expires_ms = $1", wall_ms() - 1)
    assert (await anna.append(place, 0, b"x")).status_code == 404
    assert await anna.uploads() == []


async def test_the_same_content_is_kept_once(anna: Sender, ben: Sender, settings: Settings) -> None:
    one, two, other = await anna.sent(b"same"), await ben.sent(b"same", "b.txt"), await ben.sent(b"other")
    assert (one["has_ended"], two["has_ended"], other["has_ended"]) == (True, True, True)
    assert len(names(folder(settings) / "blobs")) == 2


async def test_what_was_lost_is_whole_again_when_it_is_sent_again(anna: Sender, settings: Settings) -> None:
    await anna.sent(b"same")
    (lost,) = (folder(settings) / "blobs").rglob("??*/*")
    lost.unlink()
    assert (await anna.sent(b"same"))["has_ended"]
    assert len(names(folder(settings) / "blobs")) == 1


async def test_limits_are_of_the_unit(anna: Sender, office: Office) -> None:
    async def set_policy(name: str, value: object) -> None:
        path = f"/policies/files.{name}/units/{office.company}"
        await anna.browser.do("PUT", path, {"value": value})
        await office.settle()

    await set_policy("largest_mb", 1)
    answer = await anna.begin(1_000_001)
    assert (answer.status_code, answer.json()["code"]) == (413, "files.too_large")
    await anna.begun(1_000_000)
    await set_policy("room_mb", 2)
    await anna.begun(1_000_000)
    answer = await anna.begin(1)
    assert (answer.status_code, answer.json()["code"]) == (403, "files.no_room_left")
    await set_policy("room_mb", 0)
    await set_policy("may_send_programs", False)
    assert (await anna.begin(1, "setup.exe")).json()["code"] == "files.program_forbidden"
    place = await anna.begun(4, "photo.jpg", "image/jpeg")
    answer = await anna.append(place, 0, b"MZ\x90\x00")
    assert (answer.status_code, answer.json()["code"]) == (403, "files.program_forbidden")
    assert (await anna.browser.client.get(place)).status_code == 404


async def test_nobody_has_more_than_so_many(anna: Sender, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "MAX_UPLOADS", 2)
    for _ in range(2):
        await anna.begun(1)
    answer = await anna.begin(1)
    assert (answer.status_code, answer.json()["code"]) == (409, "files.too_many_uploads")


async def test_what_lies_in_the_database_says_nothing(anna: Sender, office: Office) -> None:
    place = await anna.begun(100, "SECRET NAME.txt")
    await anna.append(place, 0, b"SECRET WORDS")
    async with office.site.pool.acquire() as db:
        (row,) = await db.fetch("SELECT * FROM files.upload")
    assert not any(b"SECRET" in value for value in row.values() if isinstance(value, bytes))


async def test_a_disk_that_is_full_is_told_and_takes_nothing_half(
    anna: Sender, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = text(3 * PIECE_BYTES)
    place = await anna.begun(len(data))
    assert (await anna.append(place, 0, data[: PIECE_BYTES + 10])).status_code == 204

    def full(descriptor: int, view: memoryview, at: int) -> int:
        if at > piece_at(1):
            raise OSError(errno.ENOSPC, "full")
        return pwrite(descriptor, view[:100], at)

    pwrite = os.pwrite
    with monkeypatch.context() as at_the_end:
        at_the_end.setattr(os, "pwrite", full)
        answer = await anna.append(place, PIECE_BYTES + 10, data[PIECE_BYTES + 10 :])
        assert (answer.status_code, answer.json()["code"]) == (507, "files.site_full")
        assert await anna.offset(place) == PIECE_BYTES + 10
    assert (await anna.append(place, PIECE_BYTES + 10, data[PIECE_BYTES + 10 :])).status_code == 204
    (listed,) = await anna.uploads()
    assert listed["has_ended"]


async def test_files_leave_room_to_the_database(anna: Sender, monkeypatch: pytest.MonkeyPatch) -> None:
    free = 1_000_000_010
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=free))
    assert (await anna.begin(11)).json()["code"] == "files.site_full"
    assert await anna.uploads() == []
    place = await anna.begun(10)
    free -= 1
    assert (await anna.append(place, 0, b"0123456789")).json()["code"] == "files.site_full"
    free += 1
    assert (await anna.append(place, 0, b"0123456789")).status_code == 204


async def test_two_that_send_at_once_do_not_fill_the_disk_together(
    anna: Sender, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each alone found room enough; what the other takes meanwhile is noticed while the bytes come."""
    size = 8 << 20
    place = await anna.begun(size)
    free = iter([2_000_000_000] * 3)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=next(free, 1_000_000_000)))

    async def body() -> AsyncIterator[bytes]:
        for _ in range(8):
            yield bytes(1 << 20)

    answer = await anna.append(place, 0, body())
    assert (answer.status_code, answer.json()["code"]) == (507, "files.site_full")
    (half,) = (folder(settings) / "uploads").iterdir()
    assert 0 < half.stat().st_size < 4 << 20
    monkeypatch.undo()
    at = await anna.offset(place)
    assert 0 < at < 4 << 20
    assert (await anna.append(place, at, bytes(size - at))).status_code == 204


async def test_of_two_that_come_at_once_one_has_the_room(anna: Sender, office: Office) -> None:
    await anna.browser.do("PUT", f"/policies/files.room_mb/units/{office.company}", {"value": 1})
    await office.settle()
    answers = await asyncio.gather(*(anna.begin(600_000) for _ in range(4)))
    assert sorted(each.status_code for each in answers) == [201, 403, 403, 403]


@pytest.mark.parametrize(
    ("size", "more", "status"), [(0, {}, 413), (3, {}, 413), (10, {"upload-checksum": "sha1 AAAA"}, 460)]
)
async def test_what_lies_from_its_first_request_on_leaves_nothing(
    anna: Sender, settings: Settings, size: int, more: dict[str, str], status: int
) -> None:
    headers = {**BYTES, "upload-length": str(size), **more}
    answer = await anna.browser.client.post(PATH, headers=headers, content=b"0123456789")
    assert answer.status_code == status
    assert await anna.uploads() == []
    assert names(folder(settings) / "uploads") == []


async def test_two_requests_at_once_write_one_after_the_other(anna: Sender) -> None:
    """A piece that comes twice at once is taken once, and the other is told where it stands."""
    data = text(3 << 20)
    place = await anna.begun(len(data))
    answers = await asyncio.gather(*(anna.append(place, 0, data) for _ in range(3)))
    assert min(each.status_code for each in answers) == 204
    assert {each.status_code for each in answers} <= {204, 409, 423}
    (listed,) = await anna.uploads()
    assert listed["has_ended"]
