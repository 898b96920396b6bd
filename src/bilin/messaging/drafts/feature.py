"""Keep what I am writing, or give it up. When it is sent, sending ends it in the same commit (`SendMessage.draft`)."""

import msgspec
from litestar import delete, put

from bilin.core.codec import from_json
from bilin.core.commands import Context, execute
from bilin.core.database import reading, versions
from bilin.core.errors import Conflict
from bilin.core.http import Change, answer, refuses
from bilin.core.ids import ConversationId, Id, MessageId
from bilin.core.log import Decision, Expect
from bilin.core.module import FIRST_QUESTIONS, Feature
from bilin.messaging.conversations.access import Right, access_conversation
from bilin.messaging.conversations.errors import ConversationNotFound
from bilin.messaging.drafts.facts import DRAFTED, DraftSet, draft_entity, draft_of
from bilin.messaging.drafts.facts import draft as draft_table
from bilin.messaging.drafts.model import Draft
from bilin.messaging.messages.content import Content
from bilin.messaging.messages.content_rules import check_size

PATH = "/api/conversations/{conversation:str}/draft"
SELECT = f"SELECT {DRAFTED} FROM messaging.draft d WHERE person = $1 AND conversation = $2"  # noqa: S608 (constants only)


class DraftChangedMeanwhile(Conflict):
    """The draft to go on from is no longer the one that was seen: it was written on elsewhere."""

    code = "messaging.draft_changed_meanwhile"
    title = "The draft was changed meanwhile, perhaps on another device"
    hint = "Show both; to put yours in the other's place send it again with `based_on` = details.version."
    version: Id


class DraftBody(msgspec.Struct, frozen=True):
    """What I have written so far. As large as a message at most; blank: nothing is left of it."""

    content: Content
    reply_to: MessageId | None = None
    based_on: Id | msgspec.UnsetType | None = msgspec.UNSET
    """The draft that I went on from, null for none. Left out: whatever is there."""


class SetDraft(msgspec.Struct, frozen=True):
    """Keep a draft, or none."""

    conversation: ConversationId
    content: Content | None
    reply_to: MessageId | None = None
    based_on: Id | msgspec.UnsetType | None = msgspec.UNSET


async def set_draft(command: SetDraft, ctx: Context) -> Decision | None:
    """Who may write in a conversation may begin to; a draft is given up also where one may no longer. None when it is
    so already, and where another one is there than was given up. Raises `DraftChangedMeanwhile`."""
    content = command.content
    expected: tuple[Expect, ...] = ()
    if content is not None and check_size(content).is_blank and command.reply_to is None:
        content = None
    if content is not None:
        expected = (await access_conversation(ctx, command.conversation, Right.TAKE_PART)).expected
    there, version = await _there(command, ctx)
    if content is None and there is None:
        await access_conversation(ctx, command.conversation, Right.TAKE_PART)
        return None
    if there is not None and _is_other(command, there):
        if content is None or _says(there, command):
            return None
        raise DraftChangedMeanwhile(version=there.id)
    reply_to = None if content is None else command.reply_to
    follows = None if there is None else there.id
    drafted = DraftSet(
        person=ctx.person, conversation=command.conversation, content=content, reply_to=reply_to, follows=follows
    )
    return Decision([drafted], (*expected, version))


async def _there(command: SetDraft, ctx: Context) -> tuple[Draft | None, Expect]:
    """What is kept now, and that it is still so when the decision enters the log."""
    entity = draft_entity(ctx.person, command.conversation)
    async with reading(ctx.site.pool) as db:
        version = (await versions(db, [entity]))[entity]
        row = await db.fetchrow(SELECT, ctx.person, command.conversation)
        await ctx.site.keys.load(db, [row["draft_content"]] if row else [])
    return None if row is None else draft_of(ctx.site.keys, row), Expect(entity, version)


def _is_other(command: SetDraft, there: Draft) -> bool:
    return command.based_on is not msgspec.UNSET and command.based_on != there.id


def _says(there: Draft, command: SetDraft) -> bool:
    return there.reply_to == command.reply_to and from_json(there.content, Content) == command.content


@put(PATH, opt=refuses(ConversationNotFound, DraftChangedMeanwhile), tags=["messages"])
async def keep(conversation: ConversationId, data: DraftBody, ctx: Context) -> Change:
    """Keep what I am writing, on all my devices."""
    command = SetDraft(conversation, data.content, data.reply_to, data.based_on)
    return answer(await execute(set_draft, command, ctx))


@delete(PATH, status_code=200, opt=refuses(ConversationNotFound), tags=["messages"])
async def give_up(conversation: ConversationId, ctx: Context, based_on: Id | None = None) -> Change:
    """Nothing is left of it. `based_on`: only where it is this one."""
    given = msgspec.UNSET if based_on is None else based_on
    return answer(await execute(set_draft, SetDraft(conversation, None, based_on=given), ctx))


feature = Feature(
    name="drafts", none=FIRST_QUESTIONS, events=(DraftSet,), tables=(draft_table,), routes=[keep, give_up]
)
