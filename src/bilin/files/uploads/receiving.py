"""Taking the bytes of an upload, and ending it: nothing is acknowledged that is not on disk, and nothing ends that
cannot be read."""

import asyncio
import base64
import hashlib
import zlib
from collections.abc import AsyncIterable, AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import NamedTuple

import asyncpg

from bilin.core.commands import Context
from bilin.core.database import reading
from bilin.core.errors import Invalid, Malformed, Unavailable
from bilin.core.ids import ConversationId, Id, wall_ms
from bilin.core.policies import policy_of
from bilin.core.reasons import NotOneOf, TooLarge
from bilin.files.blobs.catalogue import Whole, take_in
from bilin.files.blobs.cipher import PieceDamaged, new_key
from bilin.files.blobs.looking import Looked
from bilin.files.blobs.room import on_disk, require_room
from bilin.files.blobs.store import Store
from bilin.files.errors import ChecksumWrong, FileTooLarge, ProgramForbidden, TooManyBytes, WrongOffset
from bilin.files.kinds import kind_of
from bilin.files.names import is_program
from bilin.files.previews.making import SHOWN, SMALL, Previews
from bilin.files.settings import LARGEST_FILE, MAY_SEND_PROGRAMS, MEGABYTE, ROOM_PER_PERSON, FilesSettings
from bilin.files.shared.reading import SharedFile
from bilin.files.uploads import keeping
from bilin.files.uploads.cleaning import without_told
from bilin.files.uploads.model import About, Upload
from bilin.files.uploads.writing import PieceWriter, begin, held, path_of, remove

WRITE_BYTES = 1 << 20
"""So much is gathered before it goes to a thread."""
MAX_CHECKED_BYTES = 16 << 20
"""A body with a checksum is in memory until that is proven: nothing of it is kept else."""
MS_PER_HOUR = 3_600_000
HASHES: dict[str, Callable[[bytes], bytes]] = {
    "sha256": lambda body: hashlib.sha256(body).digest(),
    "sha1": lambda body: hashlib.sha1(body, usedforsecurity=False).digest(),
    "md5": lambda body: hashlib.md5(body, usedforsecurity=False).digest(),
    "crc32": lambda body: zlib.crc32(body).to_bytes(4, "big"),
}
UPDATE_ENDED = "UPDATE files.upload SET received = size, rest = NULL, about = $2, blob = $3 WHERE id = $1"
ENDED = "The bytes are here; the file is not ready yet."


class Checksum(NamedTuple):
    """What a body has to be."""

    algorithm: str
    value: bytes


def checksum_of(header: str | None) -> Checksum | None:
    """`Upload-Checksum: sha256 …` (base64). Raises `Invalid` and `Malformed`."""
    if header is None:
        return None
    algorithm, _, value = header.partition(" ")
    if algorithm not in HASHES:
        raise Invalid(reasons={"Upload-Checksum": NotOneOf(values=", ".join(HASHES))})
    try:
        return Checksum(algorithm, base64.b64decode(value, validate=True))
    except ValueError as cause:
        raise Malformed("Upload-Checksum holds no base64.") from cause


async def begin_upload(ctx: Context, name: str, media_type: str, size: int) -> Upload:
    """Announce a file. Raises `FileTooLarge`, `NoRoomLeft`, `SiteFull`, `TooManyUploads` and `ProgramForbidden`."""
    largest_mb = policy_of(ctx, LARGEST_FILE)
    if size > largest_mb * MEGABYTE:
        raise FileTooLarge(largest_mb=largest_mb)
    if is_program(name, b"") and not policy_of(ctx, MAY_SEND_PROGRAMS):
        raise ProgramForbidden
    about = About(name, media_type, new_key())
    upload = Upload(Id(ctx.new_id()), ctx.person, size, 0, b"", about, _expires_ms(ctx), None)
    path = path_of(ctx.site.settings, upload.id)
    with on_disk():
        await asyncio.to_thread(begin, path)
    try:
        await require_room(path.parent, size, ctx.site.settings)
        await keeping.insert(ctx.site, upload, policy_of(ctx, ROOM_PER_PERSON))
    except BaseException:
        remove(path)
        raise
    return upload if size else await receive(ctx, upload.id, 0, _nothing())


async def receive(
    ctx: Context, upload: Id, offset: int, body: AsyncIterable[bytes], checksum: Checksum | None = None
) -> Upload:
    """Take what comes for an upload from this offset on, and end it with its last byte.

    Raises `UploadNotFound`, `UploadBusy`, `WrongOffset`, `TooManyBytes` (what fitted is kept), `ChecksumWrong` (nothing
    of it is), `SiteFull`, and `ProgramForbidden`. Of a body that breaks off everything that came is kept.
    """
    async with _writing(ctx, upload) as (found, writer):
        received = found.size if writer is None else writer.received
        if received != offset:
            raise WrongOffset(offset=received)
        if checksum is not None:
            body = _checked(body, checksum)
        if writer is None:
            async for some in body:
                if some:
                    raise TooManyBytes(size=found.size)
            return found
        folder = path_of(ctx.site.settings, upload).parent
        await require_room(folder, found.size - received, ctx.site.settings)
        try:
            with on_disk():
                await _take(ctx, found, writer, body)
        finally:
            found = await _told(ctx, found, writer)
        return await _ended(ctx, found, writer) if writer.is_whole else found


async def look(ctx: Context, upload: Id) -> Upload:
    """How far an upload came. One whose end was cut short ends now. Raises `UploadNotFound` and `UploadBusy`."""
    async with _writing(ctx, upload) as (found, writer):
        if writer is None:
            return found
        found = replace(found, received=writer.received)
        return await _ended(ctx, found, writer) if writer.is_whole else found


async def give_up(ctx: Context, upload: Id) -> None:
    """Let it be gone. Raises `UploadNotFound` and `UploadBusy`."""
    async with _writing(ctx, upload) as (found, _):
        await keeping.delete(ctx.site, ctx.person, found.id)
        remove(path_of(ctx.site.settings, found.id))


@asynccontextmanager
async def _writing(ctx: Context, upload: Id) -> AsyncIterator[tuple[Upload, PieceWriter | None]]:
    """An upload for this request alone, as it is on disk; without a writer when it has ended."""
    found = await keeping.load(ctx.site, ctx.person, upload, wall_ms())
    if found.blob is not None:
        yield found, None
        return
    with held(path_of(ctx.site.settings, upload)) as descriptor:
        found = await keeping.load(ctx.site, ctx.person, upload, wall_ms())
        if found.blob is not None:
            yield found, None
            return
        told = found.about.key, found.size, found.received, found.rest
        yield found, await asyncio.to_thread(PieceWriter, descriptor, *told)


async def _take(ctx: Context, upload: Upload, writer: PieceWriter, body: AsyncIterable[bytes]) -> None:
    """The room on the disk is looked at all the time: others send at once, and each alone may have had enough of it."""
    room, folder = upload.size - writer.received, path_of(ctx.site.settings, upload.id).parent
    gathered: list[bytes] = []
    waiting = 0
    try:
        async for some in body:
            if len(some) > room:
                raise TooManyBytes(size=upload.size)
            room, waiting = room - len(some), waiting + len(some)
            gathered.append(some)
            if waiting >= WRITE_BYTES:
                data, gathered, waiting = b"".join(gathered), [], 0
                await require_room(folder, len(data), ctx.site.settings)
                await asyncio.to_thread(writer.write, data)
    finally:
        await asyncio.to_thread(writer.write, b"".join(gathered))


async def _checked(body: AsyncIterable[bytes], checksum: Checksum) -> AsyncIterator[bytes]:
    """The whole body, once it is proven."""
    data = bytearray()
    async for some in body:
        data += some
        if len(data) > MAX_CHECKED_BYTES:
            raise Invalid(reasons={"Upload-Checksum": TooLarge(most=MAX_CHECKED_BYTES)})
    if HASHES[checksum.algorithm](bytes(data)) != checksum.value:
        raise ChecksumWrong
    yield bytes(data)


async def _told(ctx: Context, upload: Upload, writer: PieceWriter) -> Upload:
    """How far it came, on disk and in its row."""
    await asyncio.to_thread(writer.sync)
    expires_ms = _expires_ms(ctx)
    await keeping.save(ctx.site, upload, writer.received, writer.rest, expires_ms)
    return replace(upload, received=writer.received, rest=writer.rest, expires_ms=expires_ms)


async def _ended(ctx: Context, upload: Upload, writer: PieceWriter) -> Upload:
    """All of it is there: look whether it can be read and may be sent, and give it its blob."""
    site, path = ctx.site, path_of(ctx.site.settings, upload.id)
    try:
        looked = await asyncio.to_thread(writer.look)
    except PieceDamaged as cause:
        raise Unavailable(ENDED) from cause
    await _judge(ctx, upload, looked)
    about = About(upload.about.name, kind_of(upload.about.media_type, looked.head), b"")
    whole = Whole(looked.name, looked.digest, upload.size, upload.about.key, path)
    with on_disk():
        whole = await asyncio.to_thread(without_told, about.media_type, whole, writer)
    ended = replace(upload, about=about, rest=b"")
    sealed = keeping.seal_about(site.keys, ended)
    while True:
        blob = await take_in(site.pool, site.keys, site.get(Store), whole, site.clock.next())
        try:
            async with reading(site.pool) as db:
                await db.execute(UPDATE_ENDED, upload.id, sealed, blob)
        except asyncpg.ForeignKeyViolationError:
            continue  # the same content was here, and has just been swept
        remove(path)
        remove(whole.source)
        return _shown(ctx, replace(ended, blob=blob), whole.name, whole.key)


def _shown(ctx: Context, upload: Upload, name: str, key: bytes) -> Upload:
    """Who is sent it sees it at once: its preview is made meanwhile. Where the content was here already, under another
    name, it has one."""
    about = upload.about
    if about.media_type in SHOWN and upload.blob == name:
        nowhere = ConversationId(0)
        file = SharedFile(nowhere, upload.id, about.name, about.media_type, upload.size, name, key, is_here=True)
        ctx.site.get(Previews).begin(file, SMALL)
    return upload


async def _judge(ctx: Context, upload: Upload, looked: Looked) -> None:
    if is_program(upload.about.name, looked.head) and not policy_of(ctx, MAY_SEND_PROGRAMS):
        await keeping.delete(ctx.site, ctx.person, upload.id)
        remove(path_of(ctx.site.settings, upload.id))
        raise ProgramForbidden


def _expires_ms(ctx: Context) -> int:
    return wall_ms() + ctx.site.settings[FilesSettings].unsent_hours * MS_PER_HOUR


async def _nothing() -> AsyncIterator[bytes]:
    for _ in ():
        yield b""
