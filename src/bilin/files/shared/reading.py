"""A file of a conversation, for who is in it now."""

from typing import NamedTuple

from bilin.core.commands import Context
from bilin.core.database import Connection, reading
from bilin.core.errors import NotFound
from bilin.core.ids import ConversationId, Id
from bilin.core.registers import open_sealed
from bilin.core.scopes import in_effect
from bilin.core.site import Site
from bilin.files.blobs.catalogue import is_of_its_site
from bilin.files.shared.facts import file as file_table

SELECT = f"""
SELECT f.conversation, f.file, f.id, f.name, f.media_type, f.size, f.blob, f.key, b.name IS NOT NULL AS is_here
  FROM files.file f LEFT JOIN files.blob b ON b.name = f.blob AND {is_of_its_site("$3")}
 WHERE f.conversation = $1 AND f.file = $2 AND f.removed_id IS NULL AND f.id IS NOT NULL"""  # noqa: S608 (constants only)


class FileNotFound(NotFound):
    """It is not there, was taken back, or the person may not know of it."""

    code = "files.file_not_found"
    title = "There is no such file"
    hint = "It may have been taken back. Ask whoever sent it."


class SharedFile(NamedTuple):
    """What opening it takes."""

    conversation: ConversationId
    file: Id
    name: str
    media_type: str
    size: int
    blob: str
    key: bytes
    is_here: bool
    """Whether its bytes are in the catalogue of this site; false: another site has them."""


async def read_file(ctx: Context, conversation: ConversationId, file: Id) -> SharedFile:
    """Raises `FileNotFound`, also to who is not in the conversation (any more)."""
    async with reading(ctx.site.pool) as db, db.transaction(isolation="repeatable_read", readonly=True):
        if not await in_effect(db, [(ctx.person, conversation)]):
            raise FileNotFound
        found = await open_file(db, ctx.site, conversation, file)
    if found is None:
        raise FileNotFound
    return found


async def open_file(db: Connection, site: Site, conversation: ConversationId, file: Id) -> SharedFile | None:
    """For whoever may; None: it is not there, or was taken back."""
    row = await db.fetchrow(SELECT, conversation, file, site.number)
    if row is None:
        return None
    await site.keys.load(db, [row["name"], row["key"]])
    name = open_sealed(site.keys, file_table.c.name, row).decode()
    key = open_sealed(site.keys, file_table.c.key, row)
    place = ConversationId(row["conversation"]), Id(row["file"])
    return SharedFile(*place, name, row["media_type"], row["size"], row["blob"], key, row["is_here"])
