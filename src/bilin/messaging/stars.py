"""Messages that somebody marked for later: nobody else's business, on all their devices and at their home."""

from typing import Annotated

import msgspec
import sqlalchemy as sa
from litestar import delete, get, put
from litestar.params import Parameter

from bilin.core.commands import Context, execute
from bilin.core.database import reading
from bilin.core.events import PersonalEvent, event
from bilin.core.http import Change, LargeAnswer, answer, refuses
from bilin.core.ids import ConversationId, Id, MessageId
from bilin.core.live import live
from bilin.core.log import Decision
from bilin.core.module import FIRST_QUESTIONS, Feature
from bilin.core.registers import register
from bilin.core.tables import PERSONAL, metadata
from bilin.messaging.conversations.access import Right, access_conversation
from bilin.messaging.conversations.errors import ConversationNotFound
from bilin.messaging.messages.access import access_message
from bilin.messaging.messages.errors import MessageGone, MessageNotFound
from bilin.messaging.messages.model import Message
from bilin.messaging.messages.placing import load_bodies
from bilin.messaging.messages.rows import COLUMNS, QUOTED, SHOWN, message_of

star_table = sa.Table(
    "star",
    metadata,
    sa.Column("person", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("message", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("conversation", sa.BigInteger, nullable=False),
    sa.Column("present", sa.Boolean, nullable=False),
    sa.Column("id", sa.BigInteger, nullable=False),
    sa.Index("star_list", "person", "id", postgresql_where=sa.text("present")),
    schema="messaging",
    info=PERSONAL,
)
stars = register(star_table, ("person", "message"), ("conversation", "present"))


@event("messaging.star_set", version=1, writes=[stars()], believed="oneself", stays=True)
class StarSet(PersonalEvent, frozen=True, kw_only=True):
    """A person marked a message for later, or took the mark off."""

    conversation: ConversationId
    message: MessageId
    present: bool


SELECT_STARS = f"""
SELECT s.id AS star_id, s.conversation AS star_conversation, s.message AS star_message, {SHOWN}
  FROM (SELECT * FROM messaging.star WHERE person = $1 AND present AND id < $2 ORDER BY id DESC LIMIT $3) s
  LEFT JOIN messaging.member me ON me.person = s.person AND me.conversation = s.conversation AND me.present
  LEFT JOIN LATERAL (SELECT {COLUMNS} FROM messaging.message m
                      WHERE m.conversation = me.conversation AND m.id = s.message AND m.kind = 1) m ON true {QUOTED}
 ORDER BY s.id DESC"""  # noqa: S608 (constants only)


class Star(msgspec.Struct, frozen=True):
    """A message that I marked."""

    id: Id
    """The event that marked it; its id is the time."""
    conversation: ConversationId
    message: MessageId
    shown: Message | None
    """Null when I am no longer in the conversation: it can no longer be read."""


class Stars(msgspec.Struct, frozen=True):
    """A page of what I marked, the last marked first."""

    stars: list[Star]
    more: bool


async def read_stars(ctx: Context, before: int, limit: int) -> Stars:
    """What I marked before an event, at most `limit`."""
    async with reading(ctx.site.pool) as db:
        rows = await db.fetch(SELECT_STARS, ctx.person, before, limit + 1)
        shown = rows[:limit]
        await load_bodies(db, ctx.site.keys, [row for row in shown if row["id"] is not None])
    stars = [
        Star(
            Id(row["star_id"]),
            ConversationId(row["star_conversation"]),
            MessageId(row["star_message"]),
            None if row["id"] is None else message_of(ctx.site.keys, row),
        )
        for row in shown
    ]
    return Stars(stars, len(rows) > limit)


PATH = "/api/conversations/{conversation:str}/messages/{message:str}/star"
SELECT = "SELECT conversation, present FROM messaging.star WHERE person = $1 AND message = $2"
NEWEST = Id((1 << 63) - 1)
MAX_LIMIT = 100


class SetStar(msgspec.Struct, frozen=True):
    """Have a message marked, or not."""

    conversation: ConversationId
    message: MessageId
    present: bool


async def set_star(command: SetStar, ctx: Context) -> Decision | None:
    """Whoever may read a message may mark it; a mark is taken off also where it can no longer be read. None when it is
    so already."""
    async with reading(ctx.site.pool) as db:
        row = await db.fetchrow(SELECT, ctx.person, command.message)
    is_there = row is not None and row["present"] and row["conversation"] == command.conversation
    if not command.present and is_there:
        return Decision([_star(command, ctx)])
    view = await access_conversation(ctx, command.conversation, Right.TAKE_PART)
    message = await access_message(ctx, view, command.message)
    if not command.present or is_there:
        return None
    if not message.is_text or message.is_recalled:
        raise MessageGone
    return Decision([_star(command, ctx)], view.expected)


def _star(command: SetStar, ctx: Context) -> StarSet:
    about = command.conversation, command.message
    return StarSet(person=ctx.person, conversation=about[0], message=about[1], present=command.present)


@put(PATH, opt=refuses(ConversationNotFound, MessageNotFound, MessageGone), tags=["messages"])
async def star(conversation: ConversationId, message: MessageId, ctx: Context) -> Change:
    """Mark a message for later, for me alone."""
    return answer(await execute(set_star, SetStar(conversation, message, True), ctx))


@delete(PATH, status_code=200, opt=refuses(ConversationNotFound, MessageNotFound, MessageGone), tags=["messages"])
async def unstar(conversation: ConversationId, message: MessageId, ctx: Context) -> Change:
    """Take the mark off."""
    return answer(await execute(set_star, SetStar(conversation, message, False), ctx))


@get("/api/stars", response_class=LargeAnswer, tags=["messages"], **live(StarSet.TYPE.name))
async def starred(
    ctx: Context, before: Id = NEWEST, limit: Annotated[int, Parameter(ge=1, le=MAX_LIMIT)] = 50
) -> Stars:
    """What I marked, the last marked first; `before` is the `id` of the last one of the page before."""
    return await read_stars(ctx, before, limit)


feature = Feature(
    name="stars", none=FIRST_QUESTIONS, events=(StarSet,), tables=(star_table,), routes=[star, unstar, starred]
)
