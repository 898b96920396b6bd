"""Mark a message for later, take the mark off, and see what I marked."""

from typing import Annotated

import msgspec
from litestar import delete, get, put
from litestar.params import Parameter

from bilin.core.commands import Context, execute
from bilin.core.database import reading
from bilin.core.http import Change, LargeAnswer, answer, refuses
from bilin.core.ids import ConversationId, Id, MessageId
from bilin.core.live import live
from bilin.core.log import Decision
from bilin.core.module import FIRST_QUESTIONS, Feature
from bilin.messaging.conversations.access import Right, access_conversation
from bilin.messaging.conversations.errors import ConversationNotFound
from bilin.messaging.messages.access import access_message
from bilin.messaging.messages.errors import MessageGone, MessageNotFound
from bilin.messaging.stars.facts import StarSet
from bilin.messaging.stars.facts import star as star_table
from bilin.messaging.stars.reading import Stars, read_stars

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
