"""A file of a conversation, for who is in it now."""

from typing import NamedTuple

import asyncpg

from bilin.core.commands import Context
from bilin.core.database import reading
from bilin.core.errors import NotFound
from bilin.core.ids import ConversationId, Id
from bilin.core.registers import open_sealed
from bilin.core.scopes import in_effect
from bilin.files.shared.facts import file as file_table

SELECT = """
SELECT conversation, file, id, name, media_type, size, blob, key FROM files.file
 WHERE conversation = $1 AND file = $2 AND removed_id IS NULL AND id IS NOT NULL"""


class FileNotFound(NotFound):
    """It is not there, was taken back, or the person may not know of it."""

    code = "files.file_not_found"
    title = "There is no such file"
    hint = "It may have been taken back. Ask whoever sent it."


class SharedFile(NamedTuple):
    """What opening it takes."""

    name: str
    media_type: str
    size: int
    blob: str
    key: bytes


async def read_file(ctx: Context, conversation: ConversationId, file: Id) -> SharedFile:
    """Raises `FileNotFound`, also to who is not in the conversation (any more)."""
    async with reading(ctx.site.pool) as db, db.transaction(isolation="repeatable_read", readonly=True):
        if not await in_effect(db, [(ctx.person, conversation)]):
            raise FileNotFound
        row = await db.fetchrow(SELECT, conversation, file)
        if row is None:
            raise FileNotFound
        await ctx.site.keys.load(db, [row["name"], row["key"]])
    return _opened(ctx, row)


def _opened(ctx: Context, row: asyncpg.Record) -> SharedFile:
    name = open_sealed(ctx.site.keys, file_table.c.name, row).decode()
    key = open_sealed(ctx.site.keys, file_table.c.key, row)
    return SharedFile(name, row["media_type"], row["size"], row["blob"], key)
