"""Keep what I am writing, or give it up. When it is sent, sending ends it in the same commit (`SendMessage.draft`)."""

import msgspec
from litestar import delete, put

from bilin.core.commands import Context, execute
from bilin.core.database import reading
from bilin.core.http import Change, answer, refuses
from bilin.core.ids import ConversationId, MessageId
from bilin.core.log import Decision
from bilin.messaging.conversations.access import Right, access_conversation
from bilin.messaging.conversations.errors import ConversationNotFound
from bilin.messaging.drafts.facts import DraftSet
from bilin.messaging.messages.content import Content
from bilin.messaging.messages.content_rules import check_size

PATH = "/api/conversations/{conversation:int}/draft"
SELECT = "SELECT content IS NOT NULL FROM messaging.draft WHERE person = $1 AND conversation = $2"


class DraftBody(msgspec.Struct, frozen=True):
    """What I have written so far. As large as a message at most; blank: nothing is left of it."""

    content: Content
    reply_to: MessageId | None = None


class SetDraft(msgspec.Struct, frozen=True):
    """Keep a draft, or none."""

    conversation: ConversationId
    content: Content | None
    reply_to: MessageId | None = None


async def set_draft(command: SetDraft, ctx: Context) -> Decision | None:
    """Who may write in a conversation may begin to; a draft is given up also where one may no longer. None when there
    is none already."""
    content = command.content
    if content is not None and check_size(content).is_blank and command.reply_to is None:
        content = None
    if content is not None:
        view = await access_conversation(ctx, command.conversation, Right.TAKE_PART)
        return Decision([_draft(command, content, ctx)], view.expected)
    async with reading(ctx.site.pool) as db:
        is_there = await db.fetchval(SELECT, ctx.person, command.conversation)
    if is_there:
        return Decision([_draft(command, None, ctx)])
    await access_conversation(ctx, command.conversation, Right.TAKE_PART)
    return None


def _draft(command: SetDraft, content: Content | None, ctx: Context) -> DraftSet:
    reply_to = None if content is None else command.reply_to
    return DraftSet(person=ctx.person, conversation=command.conversation, content=content, reply_to=reply_to)


@put(PATH, opt=refuses(ConversationNotFound), tags=["messages"])
async def keep(conversation: ConversationId, data: DraftBody, ctx: Context) -> Change:
    """Keep what I am writing, on all my devices: the last one that wrote counts."""
    return answer(await execute(set_draft, SetDraft(conversation, data.content, data.reply_to), ctx))


@delete(PATH, status_code=200, opt=refuses(ConversationNotFound), tags=["messages"])
async def give_up(conversation: ConversationId, ctx: Context) -> Change:
    """Nothing is left of it."""
    return answer(await execute(set_draft, SetDraft(conversation, None), ctx))


draft_routes = [keep, give_up]
