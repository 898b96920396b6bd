"""Pictures of conversations: shown small, upright, and without what they tell."""

import asyncio
import io
import os
import signal
from pathlib import Path

import httpx
import pytest
from PIL import Image

from bilin.core.ids import wall_ms
from bilin.core.settings import Settings
from bilin.files.blobs.store import Store
from bilin.files.blobs.sweep import MS_PER_DAY, sweep
from bilin.files.previews.making import Previews
from bilin.files.shared.download import SANDBOX
from tests.files.test_shared import Room, room
from tests.files.test_uploads import folder, names
from tests.pictures.samples import KINDS, MAKER, PLACE, photo, png

__all__ = ["room"]


async def preview(room: Room, file: str, size: str = "small", **headers: str) -> httpx.Response:
    return await room.ben.ask("GET", f"/api{room.path}/files/{file}/preview/{size}", None, **headers)


@pytest.mark.parametrize("kind", KINDS)
async def test_what_others_get_tells_no_place(room: Room, kind: str) -> None:
    data = photo(kind, size=(900, 600))
    file, _ = await room.send(data, "照片.jpg", KINDS[kind])
    opened = (await room.open(room.ben, file)).content
    assert len(opened) == len(data)
    for size, longest in (("small", 640), ("large", 900)):
        answer = await preview(room, file, size)
        assert (answer.status_code, answer.headers["content-type"]) == (200, "image/webp")
        assert answer.headers["content-security-policy"] == SANDBOX
        with Image.open(io.BytesIO(answer.content)) as shown:
            assert max(shown.size) == longest
        for told in (PLACE, MAKER.encode()):
            assert told in data
            assert told not in opened
            assert told not in answer.content
    again = await preview(room, file, "small", if_none_match=(await preview(room, file)).headers["etag"])
    assert again.status_code == 304


async def test_who_may_not_open_the_picture_sees_no_preview(room: Room) -> None:
    file, message = await room.send(photo("JPEG"), "照片.jpg", "image/jpeg")
    refused = await room.eve.ask("GET", f"/api{room.path}/files/{file}/preview/small")
    assert (refused.status_code, refused.json()["code"]) == (404, "files.file_not_found")
    assert (await preview(room, file, "huge")).status_code == 404
    await room.anna.browser.do("POST", f"{room.path}/messages/{message}/recall")
    assert (await preview(room, file)).status_code == 404


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (png(60_000, 60_000), "files.picture_too_large"),
        (b"\xff\xd8\xff<script>alert(1)</script>", "files.picture_unreadable"),
        (b"plain words", "files.picture_unreadable"),
    ],
)
async def test_what_cannot_be_shown_says_so_and_downloads(room: Room, data: bytes, code: str) -> None:
    file, _ = await room.send(data, "bild.png", "image/png")
    for _ in range(2):
        assert (await preview(room, file)).json()["code"] == code
    assert (await room.open(room.ben, file)).content == data


async def test_a_process_that_is_killed_leaves_the_file_usable(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    begin = asyncio.create_subprocess_exec

    async def killed(*arguments: str, **more: object) -> asyncio.subprocess.Process:
        process = await begin(*arguments, **more)  # type: ignore[arg-type]
        os.kill(process.pid, signal.SIGKILL)
        return process

    data = photo("JPEG")
    with monkeypatch.context() as away:
        away.setattr(asyncio, "create_subprocess_exec", killed)
        file, _ = await room.send(data, "照片.jpg", "image/jpeg")
        assert (await preview(room, file)).json()["code"] == "files.previews_away"
    assert len((await room.open(room.ben, file)).content) == len(data)
    assert (await preview(room, file)).status_code == 200


async def test_it_is_made_once_and_while_nobody_asks(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    file, _ = await room.send(photo("JPEG"), "照片.jpg", "image/jpeg")
    previews = room.office.site.get(Previews)
    assert (await preview(room, file)).status_code == 200

    async def none(*_: object) -> None:
        raise AssertionError("looked at again")

    monkeypatch.setattr(previews, "_made", none)
    answers = await asyncio.gather(*(preview(room, file) for _ in range(3)))
    assert {each.status_code for each in answers} == {200}


async def test_previews_go_with_their_picture_and_not_before(room: Room, settings: Settings) -> None:
    file, message = await room.send(photo("JPEG"), "照片.jpg", "image/jpeg")
    site = room.office.site
    assert (await preview(room, file)).status_code == 200
    await sweep(site, wall_ms() + 9 * MS_PER_DAY, site.get(Store))
    assert len(names(folder(settings) / "blobs")) == 2
    assert (await preview(room, file)).status_code == 200
    await room.anna.browser.do("POST", f"{room.path}/messages/{message}/recall")
    await sweep(site, wall_ms() + 9 * MS_PER_DAY, site.get(Store))
    assert names(folder(settings) / "blobs") == []


async def test_nothing_of_a_picture_is_left_beside_the_store(room: Room, settings: Settings) -> None:
    await room.send(photo("PNG"), "照片.png", "image/png")
    await asyncio.gather(*room.office.site.get(Previews)._running.values())
    left: list[Path] = [each for each in (folder(settings) / "uploads").iterdir() if each.is_file()]
    assert left == []
