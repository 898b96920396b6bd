"""Conversations as one member sees them, and who is in them."""

import asyncio
from collections.abc import Sequence

import asyncpg
import msgspec

from bilin.core.commands import Context
from bilin.core.crypto import Keyring
from bilin.core.database import Connection, snapshot
from bilin.core.ids import ConversationId, Id, MessageId, PersonId
from bilin.messaging.conversations.elsewhere import sites_elsewhere
from bilin.messaging.conversations.errors import ConversationNotFound
from bilin.messaging.conversations.model import Conversation
from bilin.messaging.conversations.tables import DIRECT
from bilin.messaging.drafts.facts import DRAFTED, draft_of
from bilin.messaging.flags import Flag, flags_of
from bilin.messaging.members.model import Member
from bilin.messaging.members.reading import members_after, role_of
from bilin.messaging.messages.bodies import open_title
from bilin.messaging.messages.placing import load_bodies, load_titles
from bilin.messaging.messages.rows import COLUMNS, QUOTED, SHOWN, message_of

YIELD_EVERY = 100
"""How many conversations are opened before other requests get their turn."""
MENTION = """CASE WHEN me.mention_seq > me.read_seq THEN coalesce((
         SELECT max(t.seq) FROM messaging.message t
          WHERE t.conversation = me.conversation AND t.seq > me.read_seq AND t.seq <= me.mention_seq
            AND t.kind = 1 AND t.recalled_id IS NULL AND (t.mentions_all OR t.mentions IS NOT NULL)
            AND (t.mentions_all OR me.person = ANY(t.mentions)) AND t.sender <> me.person AND t.id > me.began
            AND (t.still IS NULL OR t.still_all OR me.person = ANY(t.still))), 0) ELSE 0 END"""
"""The newest text not read that calls me. `member.mention_seq` is the highest that ever did: a recall, or an edit that
names me no more, takes the call back."""
RECALLED = """CASE WHEN me.read_seq < c.last_seq THEN ARRAY(
         SELECT t.seq FROM messaging.message t
          WHERE t.conversation = me.conversation AND t.seq > me.read_seq AND t.kind = 1 AND t.recalled_id IS NOT NULL
          ORDER BY t.seq) ELSE '{}' END"""
LISTED = f"""(c.kind <> {DIRECT} OR c.last_seq > 0 OR me.pinned_id + me.muted_id + me.hidden_id > 0 OR EXISTS (
       SELECT FROM messaging.draft w
        WHERE w.person = me.person AND w.conversation = me.conversation AND w.content IS NOT NULL))"""
"""A direct conversation is there from when one of the two opened it, and is listed once something was said in it, or
to who began to."""
SELECT = f"""
SELECT c.id AS c_id, c.kind AS c_kind, c.created, c.title, c.title_id, c.owner, c.members, c.last_seq,
       me.is_admin, me.peer, me.read_seq, {MENTION} AS mention_seq, {RECALLED} AS recalled_seqs, me.muted, me.pinned,
       me.hidden AND me.hidden_id > c.last_text AS hidden, me.unread, me.began,
       ARRAY(SELECT k.through FROM messaging.read_mark k
              WHERE k.conversation = me.conversation AND k.person = me.person) AS marks,
       {DRAFTED}, {SHOWN}
  FROM messaging.member me JOIN messaging.conversation c ON c.id = me.conversation
  LEFT JOIN messaging.draft d ON d.person = me.person AND d.conversation = me.conversation AND d.content IS NOT NULL
  LEFT JOIN LATERAL (SELECT {COLUMNS} FROM messaging.message m
                      WHERE m.conversation = me.conversation AND m.kind <> 0 ORDER BY m.id DESC LIMIT 1) m ON true
  {QUOTED}
 WHERE me.person = $1 AND me.present AND c.created <> 0"""  # noqa: S608 (constants only)
SELECT_ONE = f"{SELECT} AND me.conversation = $2"
SELECT_LISTED = f"{SELECT} AND {LISTED}"
SELECT_PAGE = f"{SELECT_LISTED} AND me.conversation = ANY($2::bigint[])"
SELECT_PAGE_IDS = f"""
SELECT me.conversation FROM messaging.member me JOIN messaging.conversation c ON c.id = me.conversation
 WHERE me.person = $1 AND me.present AND c.created <> 0 AND {LISTED}
   AND ($2::bigint IS NULL OR me.conversation > $2) ORDER BY me.conversation LIMIT $3"""  # noqa: S608 (constants)


class ConversationPage(msgspec.Struct, frozen=True):
    """A conversation, its members, and by its name where each flag is that members set on messages (`pins`), the last
    set first. `next`: after whom the next page of members begins; null: these are all."""

    pos: int
    conversation: Conversation
    members: list[Member]
    flags: dict[str, list[Flag]]
    next: PersonId | None


async def read_conversation(ctx: Context, conversation: ConversationId, limit: int | None = None) -> ConversationPage:
    """A conversation of mine with the first of its members, or all. Raises `ConversationNotFound`."""
    async with snapshot(ctx.site.pool) as (db, pos):
        rows = await db.fetch(SELECT_ONE, ctx.person, conversation)
        if not rows:
            raise ConversationNotFound
        (mine,) = await open_conversations(ctx, db, pos, rows)
        members, further = await members_after(db, conversation, None, limit)
        flags = await flags_of(db, conversation, ctx.person)
    return ConversationPage(pos, mine, members, flags, further)


async def conversations_of(
    ctx: Context, db: Connection, pos: int, after: ConversationId | None, limit: int | None
) -> tuple[list[Conversation], ConversationId | None]:
    """A page of the conversations of who asks, by id, and after which the next begins; all without a limit. The client
    sorts them by the last message."""
    if limit is None and after is None:
        return await open_conversations(ctx, db, pos, await db.fetch(SELECT_LISTED, ctx.person)), None
    beyond = None if limit is None else limit + 1
    ids = [row["conversation"] for row in await db.fetch(SELECT_PAGE_IDS, ctx.person, after, beyond)]
    page = ids[:limit]
    mine = await open_conversations(ctx, db, pos, await db.fetch(SELECT_PAGE, ctx.person, page))
    return mine, ConversationId(page[-1]) if len(ids) > len(page) else None


async def open_conversations(
    ctx: Context, db: Connection, pos: int, rows: Sequence[asyncpg.Record]
) -> list[Conversation]:
    """Open titles and last messages; there may be thousands, so others get their turn in between."""
    keys = ctx.site.keys
    sites = await sites_elsewhere(ctx.site, db, pos, [row["c_id"] for row in rows])
    await load_titles(db, keys, rows)
    await load_bodies(db, keys, rows)
    await keys.load(db, [row["draft_content"] for row in rows])
    opened: list[Conversation] = []
    for number, row in enumerate(rows, 1):
        opened.append(_conversation(keys, ctx.person, row, sorted(sites.get(row["c_id"], ()))))
        if number % YIELD_EVERY == 0:
            await asyncio.sleep(0)
    return opened


def _conversation(keys: Keyring, person: PersonId, row: asyncpg.Record, sites: list[int]) -> Conversation:
    title = "" if row["title"] is None else open_title(keys, row["c_id"], row["title_id"], row["title"])
    return Conversation(
        id=ConversationId(row["c_id"]),
        kind="direct" if row["c_kind"] == DIRECT else "group",
        title=title,
        peer=None if row["peer"] is None else PersonId(row["peer"]),
        members=row["members"],
        my_role=role_of(is_owner=row["owner"] == person, is_admin=row["is_admin"]),
        last_seq=row["last_seq"],
        read_seq=row["read_seq"],
        mention_seq=row["mention_seq"],
        recalled_seqs=row["recalled_seqs"],
        last_message=None if row["id"] is None else message_of(keys, row),
        muted=row["muted"],
        pinned=row["pinned"],
        hidden=row["hidden"],
        unread=row["unread"],
        created=Id(row["created"]),
        joined=Id(row["began"]),
        marks=_marks(row),
        sites=sites,
        draft=draft_of(keys, row),
    )


def _marks(row: asyncpg.Record) -> list[MessageId]:
    return [MessageId(mark) for mark in row["marks"]]
