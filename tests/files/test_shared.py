"""Files of conversations: sent with a message, opened by who is in it, gone with what is taken back."""

from typing import Any

import httpx
import pytest

from bilin.core.checks import Examined
from bilin.core.ids import wall_ms
from bilin.core.settings import Settings, SiteSettings
from bilin.files.blobs.checks import look_at_store
from bilin.files.blobs.cipher import PIECE_BYTES
from bilin.files.blobs.store import Store
from bilin.files.blobs.sweep import GRACE_MS, MS_PER_DAY, sweep
from bilin.files.shared.download import SANDBOX, Part, RangeNotSatisfiable, part_of
from tests.authorization.rows import NOT_FOUND, SIGNED_IN, C, Row
from tests.convergence.crowd import Crowd
from tests.files.sender import BYTES, Sender, metadata
from tests.files.test_cipher import text
from tests.files.test_uploads import folder, names
from tests.identity.office import Office

ROUTES = [
    Row(
        "GET",
        C + "/files/{file:str}",
        (),
        "/api/conversations/{conversation}/files/12345",
        others=dict.fromkeys(SIGNED_IN, NOT_FOUND),
    ),
    Row(
        "POST",
        C + "/files/{file:str}/bring",
        (),
        "/api/conversations/{conversation}/files/12345/bring",
        others=dict.fromkeys(SIGNED_IN, NOT_FOUND),
    ),
    Row(
        "GET",
        C + "/files/{file:str}/preview/{size:str}",
        (),
        "/api/conversations/{conversation}/files/12345/preview/small",
        others=dict.fromkeys(SIGNED_IN, NOT_FOUND),
    ),
]


async def send_file(crowd: Crowd) -> None:
    """A message with a file, and perhaps words."""
    conversation, person = crowd.anywhere(), crowd.someone()
    if conversation is None:
        return
    browser, data = crowd.browsers[person], f"file {crowd.count}".encode()
    said = metadata(filename=f"第 {crowd.count} 份.txt")
    headers = {**BYTES, "upload-length": str(len(data)), "upload-metadata": said}
    answer = await browser.client.post("/api/files/uploads", headers=headers, content=data)
    assert answer.status_code == 201, answer.text
    body = {"content": {"blocks": [block(answer.json())]}}
    sent = await crowd.try_(person, "POST", f"/conversations/{conversation}/messages", body)
    if sent:
        crowd.messages.append((conversation, sent["id"], person))
        if crowd.dice.random() < 0.4:
            await crowd.try_(person, "POST", f"/conversations/{conversation}/messages/{sent['id']}/recall")


ACTIONS = [send_file] * 3


def block(upload: dict[str, Any], **other: Any) -> dict[str, Any]:
    """What a message says of a file."""
    kept = {name: upload[name] for name in ("name", "size", "media_type")}
    return {"type": "file", "file": upload["id"], **kept, **other}


def saying(*blocks: dict[str, Any]) -> dict[str, Any]:
    return {"content": {"blocks": list(blocks)}}


class Room:
    """A group of two, and a third person outside."""

    def __init__(self, office: Office, anna: Sender, ben: Sender, eve: Sender, group: str) -> None:
        self.office, self.anna, self.ben, self.eve, self.id = office, anna, ben, eve, group
        self.path = f"/conversations/{group}"

    async def send(self, data: bytes, name: str = "报告.txt", kind: str = "text/plain") -> tuple[str, str]:
        """Anna sends a file: its number, and its message."""
        upload = await self.anna.sent(data, name, kind)
        sent = await self.anna.browser.do("POST", f"{self.path}/messages", saying(block(upload)))
        return upload["id"], sent["id"]

    async def open(self, by: Sender, file: str, **headers: str) -> httpx.Response:
        return await by.ask("GET", f"/api{self.path}/files/{file}", None, **headers)


@pytest.fixture
async def room(office: Office, anna: Sender, ben: Sender) -> Room:
    ids = [await office.hire(anna.browser, name, name) for name in ("carl", "eve")]
    carl, eve = [Sender(await office.sign_in(name)) for name in ("carl", "eve")]
    body = {"kind": "group", "title": "周会", "members": [ids[0]]}
    group = await anna.browser.do("POST", "/conversations", body)
    return Room(office, anna, carl, eve, str(group["id"]))


async def test_members_open_what_was_sent_and_nobody_else_learns_of_it(room: Room) -> None:
    data = text(2 * PIECE_BYTES + 5)
    file, message = await room.send(data)
    opened = await room.open(room.ben, file)
    assert (opened.status_code, opened.content) == (200, data)
    nothing = await room.open(room.ben, "12345")
    refused = await room.open(room.eve, file)
    assert (refused.status_code, refused.json()) == (404, nothing.json())
    shown = await room.ben.browser.get(f"{room.path}/messages")
    (said,) = [each for each in shown["messages"] if each["id"] == message]
    assert said["content"]["blocks"] == [
        {"type": "file", "file": file, "name": "报告.txt", "size": len(data), "media_type": "text/plain"}
    ]


async def test_a_file_is_sent_with_words_that_call_somebody(room: Room) -> None:
    upload, me = await room.anna.sent(b"hello"), room.office.boss_id
    called = {"type": "paragraph", "spans": [{"type": "mention", "person": me, "name": "A"}]}
    sent = await room.anna.browser.do("POST", f"{room.path}/messages", saying(called, block(upload)))
    shown = await room.ben.browser.get(f"{room.path}/messages")
    (said,) = [each for each in shown["messages"] if each["id"] == sent["id"]]
    assert [each["type"] for each in said["content"]["blocks"]] == ["paragraph", "file"]


async def test_any_part_is_handed_out(room: Room) -> None:
    data = text(18 * PIECE_BYTES + 3)
    file, _ = await room.send(data)
    size = len(data)
    for said, start, end in (
        ("bytes=0-0", 0, 1),
        ("bytes=65530-65545", 65_530, 65_546),
        (f"bytes={size - 1}-", size - 1, size),
        ("bytes=-5", size - 5, size),
        (f"bytes=1000000-{size * 9}", 1_000_000, size),
    ):
        answer = await room.open(room.ben, file, range=said)
        assert (answer.status_code, answer.content) == (206, data[start:end]), said
        assert answer.headers["content-range"] == f"bytes {start}-{end - 1}/{size}"
    assert (await room.open(room.ben, file, range=f"bytes={size}-")).status_code == 416
    whole = await room.open(room.ben, file, range="bytes=0-1", if_range='"other"')
    assert (whole.status_code, len(whole.content)) == (200, size)
    again = await room.open(room.ben, file, if_none_match=whole.headers["etag"])
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    ("size", "said", "part"),
    [
        (10, None, Part(0, 10, is_whole=True)),
        (10, "bytes=2-1", Part(0, 10, is_whole=True)),
        (10, "bytes=-", Part(0, 10, is_whole=True)),
        (10, "bytes=0-1,3-4", Part(0, 10, is_whole=True)),
        (10, "pages=1-2", Part(0, 10, is_whole=True)),
        (10, "bytes=-99", Part(0, 10, is_whole=False)),
        (0, None, Part(0, 0, is_whole=True)),
    ],
)
def test_a_range_is_read_as_it_should(size: int, said: str | None, part: Part) -> None:
    assert part_of(size, said) == part


@pytest.mark.parametrize(("size", "said"), [(10, "bytes=10-"), (10, "bytes=-0"), (0, "bytes=0-")])
def test_what_is_not_there_is_refused(size: int, said: str) -> None:
    with pytest.raises(RangeNotSatisfiable):
        part_of(size, said)


@pytest.mark.parametrize(
    ("name", "kind", "data"),
    [
        ("page.html", "text/html", b"<script>alert(1)</script>"),
        ("logo.svg", "image/svg+xml", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        ("photo.png", "image/png", b"<html><script>alert(1)</script>"),
        ("both.jpg", "image/jpeg", b"\xff\xd8\xff/*<script>alert(1)</script>*/"),
        ('a"b\r\nset-cookie: x=y.txt', "text/plain", b"hello"),
    ],
)
async def test_nothing_that_was_sent_runs_as_ours(room: Room, name: str, kind: str, data: bytes) -> None:
    file, _ = await room.send(data, name, kind)
    answer = await room.open(room.ben, file)
    assert answer.content == data
    assert answer.headers["content-type"] in ("application/octet-stream", "image/jpeg")
    assert answer.headers["content-disposition"].startswith("attachment; ")
    assert answer.headers["content-security-policy"] == SANDBOX
    assert "set-cookie" not in answer.headers
    assert "\n" not in answer.headers["content-disposition"]


async def test_an_empty_file_is_one(room: Room) -> None:
    file, _ = await room.send(b"")
    answer = await room.open(room.ben, file)
    assert (answer.status_code, answer.content) == (200, b"")


async def test_a_message_shows_what_was_uploaded_and_nothing_else(room: Room) -> None:
    upload = await room.anna.sent(b"hello")
    place = f"{room.path}/messages"
    for wrong in ({"name": "工资.txt"}, {"size": 6}, {"media_type": "image/png"}):
        assert await room.anna.browser.refused("POST", place, saying(block(upload, **wrong))) == (422, "core.invalid")
    unended = (await room.anna.begun(10)).rpartition("/")[2]
    half = {**upload, "id": unended, "size": 10}
    assert await room.anna.browser.refused("POST", place, saying(block(half))) == (409, "files.upload_not_ended")
    others = saying(block(upload))
    assert await room.ben.browser.refused("POST", place, others) == (404, "files.upload_not_found")
    twice = saying(block(upload), block(upload))
    assert await room.anna.browser.refused("POST", place, twice) == (422, "core.invalid")
    await room.anna.browser.do("POST", place, saying(block(upload)))
    assert await room.anna.browser.refused("POST", place, saying(block(upload))) == (409, "files.sent_already")


async def test_one_upload_goes_to_several_conversations(room: Room) -> None:
    other = await room.anna.browser.do("POST", "/conversations", {"kind": "group", "title": "二", "members": []})
    upload = await room.anna.sent(b"hello")
    for path in (room.path, f"/conversations/{other['id']}"):
        await room.anna.browser.do("POST", f"{path}/messages", saying(block(upload)))
    await room.anna.ask("DELETE", f"/api/files/uploads/{upload['id']}", origin="http://bilin.test")
    assert (await room.open(room.ben, upload["id"])).content == b"hello"


async def test_what_is_taken_back_is_gone(room: Room, settings: Settings) -> None:
    file, message = await room.send(b"secret")
    await room.anna.browser.do("POST", f"{room.path}/messages/{message}/recall")
    assert (await room.open(room.anna, file)).status_code == 404
    site = room.office.site
    for days in (0, 4):  # the upload is a reference until it expires
        await sweep(site, wall_ms() + days * MS_PER_DAY, site.get(Store))
        assert len(names(folder(settings) / "blobs")) == (0 if days else 1)
    async with site.pool.acquire() as db:
        (row,) = await db.fetch("SELECT name, key FROM files.file")
    assert tuple(row) == (None, None)


async def test_who_was_removed_opens_nothing_any_more(room: Room) -> None:
    file, _ = await room.send(b"for members")
    assert (await room.open(room.ben, file)).status_code == 200
    (carl,) = [each["person"] for each in await members(room) if each["role"] == "member"]
    await room.anna.browser.do("DELETE", f"{room.path}/members/{carl}")
    for headers in ({}, {"range": "bytes=0-1"}, {"if_none_match": "*"}):
        assert (await room.open(room.ben, file, **headers)).status_code == 404
    assert await room.ben.browser.refused("POST", f"{room.path}/files/{file}/bring") == (404, "files.file_not_found")


async def members(room: Room) -> list[dict[str, Any]]:
    page = await room.anna.browser.get(f"{room.path}")
    found: list[dict[str, Any]] = page["members"]
    return found


async def test_what_expired_a_moment_ago_may_be_in_a_message_on_its_way(room: Room) -> None:
    upload = await room.anna.sent(b"just in time")
    site = room.office.site
    async with site.pool.acquire() as db:
        await db.execute("UPDATE files.blob SET id = 1")
        await db.execute("UPDATE files.upload SET expires_ms = $1", wall_ms() - 1)
    assert await sweep(site, wall_ms(), site.get(Store)) == 0
    assert await sweep(site, wall_ms() + GRACE_MS, site.get(Store)) == 1
    assert await room.anna.browser.refused("POST", f"{room.path}/messages", saying(block(upload))) == (
        404,
        "files.upload_not_found",
    )


async def test_an_edit_may_take_files_away_and_bring_none(room: Room) -> None:
    one, two = await room.anna.sent(b"one"), await room.anna.sent(b"two")
    place = f"{room.path}/messages"
    sent = await room.anna.browser.do("POST", place, saying(block(one), block(two)))
    three = await room.anna.sent(b"three")
    edit = f"{place}/{sent['id']}"
    assert await room.anna.browser.refused("PATCH", edit, saying(block(one), block(three))) == (422, "core.invalid")
    await room.anna.browser.do("PATCH", edit, saying(block(two)))
    assert (await room.open(room.ben, one["id"])).status_code == 404
    assert (await room.open(room.ben, two["id"])).content == b"two"


async def test_the_sweep_takes_nothing_that_somebody_can_open(room: Room, settings: Settings) -> None:
    file, _ = await room.send(b"stays")
    await room.anna.sent(b"goes")
    unended = await room.anna.begun(10)
    site = room.office.site
    assert await sweep(site, wall_ms(), site.get(Store)) == 0
    assert len(names(folder(settings) / "blobs")) == 2
    assert await room.anna.offset(unended) == 0
    assert await sweep(site, wall_ms() + 4 * MS_PER_DAY, site.get(Store)) == 1
    assert len(names(folder(settings) / "blobs")) == 1
    assert names(folder(settings) / "uploads") == []
    assert (await room.open(room.ben, file)).content == b"stays"
    assert await sweep(site, wall_ms() + 400 * MS_PER_DAY, site.get(Store)) == 0


async def test_what_is_missing_or_damaged_is_told_as_such(room: Room, settings: Settings) -> None:
    async def look() -> list[str]:
        examined = Examined(settings, settings[SiteSettings].data_dir, room.office.site.pool)
        return [each.health async for each in look_at_store(examined)]

    data = text(3 * PIECE_BYTES)
    file, _ = await room.send(data)
    assert await look() == ["well"]
    (blob,) = (folder(settings) / "blobs").rglob("??*/*")
    sealed = blob.read_bytes()
    blob.write_bytes(sealed[:100] + b"x" + sealed[101:])
    answer = await room.open(room.ben, file)
    assert (answer.status_code, answer.json()["code"]) == (503, "files.bytes_missing")
    part = await room.open(room.ben, file, range=f"bytes={PIECE_BYTES}-")
    assert part.content == data[PIECE_BYTES:]
    blob.write_bytes(sealed[:-1])
    assert await look() == ["broken"]
    blob.unlink()
    assert (await room.open(room.ben, file)).status_code == 503
    other = blob.with_name(f"{blob.name[:2]}{'0' * 62}")
    other.write_bytes(b"x")
    assert await look() == ["broken", "warning"]


async def test_rows_and_log_say_nothing(room: Room) -> None:
    await room.send(b"x", "SECRET NAME.txt")
    async with room.office.site.pool.acquire() as db:
        rows = [*await db.fetch("SELECT * FROM files.file"), *await db.fetch("SELECT * FROM core.log")]
    assert not any(b"SECRET" in value for row in rows for value in row.values() if isinstance(value, bytes))
