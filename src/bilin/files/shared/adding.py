"""From an upload to a file of a conversation: in the same decision as the message that shows it."""

from collections.abc import Sequence
from typing import NamedTuple

from bilin.core.commands import Context
from bilin.core.database import reading
from bilin.core.errors import Conflict, Invalid
from bilin.core.ids import ConversationId, Id, wall_ms
from bilin.core.reasons import Reason, TooMany
from bilin.files.blobs.catalogue import kept
from bilin.files.errors import BytesMissing
from bilin.files.shared.facts import FileAdded, FileRemoved
from bilin.files.uploads import keeping
from bilin.files.uploads.model import Upload

MAX_FILES = 50
"""Of one message."""
SELECT_THERE = "SELECT file FROM files.file WHERE conversation = $1 AND file = ANY($2::bigint[])"
SELECT_PRESENT = f"{SELECT_THERE} AND id IS NOT NULL AND removed_id IS NULL"


class Shown(NamedTuple):
    """What a message says of a file."""

    file: Id
    name: str
    size: int
    media_type: str


class UploadNotEnded(Conflict):
    """Some of its bytes are missing."""

    code = "files.upload_not_ended"
    title = "This file is still on its way"
    hint = "Wait until all of it is here, then send it."


class SentAlready(Conflict):
    """It is in this conversation, with another message."""

    code = "files.sent_already"
    title = "This file was sent here already"
    hint = "Answer that message, or upload it again."


class NotAsUploaded(Reason, frozen=True, tag="not_as_uploaded"):
    """What a message says of a file is not what was uploaded."""

    text = "not the name, size and type of what was uploaded"


async def add_files(ctx: Context, conversation: ConversationId, shown: Sequence[Shown]) -> list[FileAdded]:
    """The facts of files that a message brings: uploads of who sends it, that ended and are as it says.

    Raises `UploadNotFound`, `UploadNotEnded`, `SentAlready`, `BytesMissing`, and `Invalid`.
    """
    if len(shown) > MAX_FILES or len({each.file for each in shown}) != len(shown):
        raise Invalid(reasons={"content.blocks.file": TooMany(most=MAX_FILES)})
    found = [await _ended(ctx, each) for each in shown]
    async with reading(ctx.site.pool) as db:
        if await db.fetchval(SELECT_THERE, conversation, [each.file for each in shown]) is not None:
            raise SentAlready
    return [await _fact(ctx, conversation, each) for each in found]


async def remove_files(ctx: Context, conversation: ConversationId, files: Sequence[Id]) -> list[FileRemoved]:
    """The ends of those that are there."""
    if not files:  # most messages: nothing is asked for them
        return []
    async with reading(ctx.site.pool) as db:
        rows = await db.fetch(SELECT_PRESENT, conversation, list(files))
    return [FileRemoved(conversation=conversation, file=Id(row["file"])) for row in rows]


async def _ended(ctx: Context, shown: Shown) -> Upload:
    upload = await keeping.load(ctx.site, ctx.person, shown.file, wall_ms())
    if upload.blob is None:
        raise UploadNotEnded
    if (upload.about.name, upload.size, upload.about.media_type) != shown[1:]:
        raise Invalid(reasons={"content.blocks.file": NotAsUploaded()})
    return upload


async def _fact(ctx: Context, conversation: ConversationId, upload: Upload) -> FileAdded:
    async with reading(ctx.site.pool) as db:
        blob = await kept(db, ctx.site.keys, upload.blob or "")
    if blob is None:
        raise BytesMissing
    about = upload.about
    return FileAdded(
        conversation=conversation,
        file=upload.id,
        name=about.name,
        media_type=about.media_type,
        size=upload.size,
        blob=upload.blob or "",
        key=blob.key,
    )
