"""Routes of conversations themselves."""

import msgspec
from litestar import get, patch, post
from litestar.params import Parameter

from bilin.core.budgets import cost
from bilin.core.commands import Context, execute, made
from bilin.core.http import Change, LargeAnswer, answer, refuses
from bilin.core.ids import ConversationId, Id, PersonId
from bilin.messaging.conversations.commands.begin import BeginDirect, begin_direct
from bilin.messaging.conversations.commands.create import CreateGroup, create_group
from bilin.messaging.conversations.commands.rename import RenameConversation, rename_conversation
from bilin.messaging.conversations.errors import ConversationNotFound, NotInDirect, RoleNeeded
from bilin.messaging.conversations.model import Conversation, direct_id
from bilin.messaging.conversations.queries import ConversationPage, read_conversation
from bilin.messaging.members.errors import GroupFull, GroupsForbidden, PersonUnknown
from bilin.messaging.members.reading import MAX_MEMBERS
from bilin.sites import Stays


class GroupBody(msgspec.Struct, frozen=True, tag="group", tag_field="kind"):
    """A group to make."""

    title: str
    members: tuple[PersonId, ...]


class DirectBody(msgspec.Struct, frozen=True, tag="direct", tag_field="kind"):
    """A direct conversation to have."""

    person: PersonId


class TitleBody(msgspec.Struct, frozen=True):
    """A new title."""

    title: str


class Begun(msgspec.Struct, frozen=True):
    """A conversation that was made, or was there already."""

    id: Id
    pos: int
    conversation: Conversation


@post(
    "/api/conversations",
    opt=cost(5) | refuses(PersonUnknown, GroupFull, GroupsForbidden, Stays, ConversationNotFound),
    tags=["conversations"],
)
async def create(data: GroupBody | DirectBody, ctx: Context) -> Begun:
    """Make a group, or have the direct conversation with somebody."""
    if isinstance(data, DirectBody):
        await execute(begin_direct, BeginDirect(data.person), ctx)
        conversation = direct_id(ctx.person, data.person)
    else:
        receipt = await execute(create_group, CreateGroup(data.title, data.members), ctx)
        conversation = ConversationId(made(receipt).id)
    page = await read_conversation(ctx, conversation, limit=1)
    return Begun(conversation, page.pos, page.conversation)


@get(
    "/api/conversations/{conversation:str}",
    response_class=LargeAnswer,
    opt=refuses(ConversationNotFound),
    tags=["conversations"],
)
async def show(
    conversation: ConversationId, ctx: Context, limit: int | None = Parameter(default=None, ge=1, le=MAX_MEMBERS)
) -> ConversationPage:
    """A conversation of mine with its members: the first so many by id, or, without `limit`, all."""
    return await read_conversation(ctx, conversation, limit)


@patch(
    "/api/conversations/{conversation:str}",
    opt=refuses(ConversationNotFound, NotInDirect, RoleNeeded),
    tags=["conversations"],
)
async def rename(conversation: ConversationId, data: TitleBody, ctx: Context) -> Change:
    """Give a group a new title."""
    return answer(await execute(rename_conversation, RenameConversation(conversation, data.title), ctx))


conversation_routes = [create, show, rename]
