"""Routes of reactions."""

from litestar import delete, put

from bilin.core.commands import Context, execute
from bilin.core.http import Change, answer, refuses
from bilin.core.ids import ConversationId, MessageId
from bilin.messaging.conversations.errors import ConversationNotFound
from bilin.messaging.messages.errors import MessageGone, MessageNotFound
from bilin.messaging.reactions.commands import SetReaction, set_reaction
from bilin.messaging.reactions.errors import TooManyReactions

PATH = "/api/conversations/{conversation:str}/messages/{message:str}/reactions/{emoji:str}"


@put(PATH, opt=refuses(ConversationNotFound, MessageNotFound, MessageGone, TooManyReactions), tags=["messages"])
async def react(conversation: ConversationId, message: MessageId, emoji: str, ctx: Context) -> Change:
    """Put my emoji under a message."""
    return answer(await execute(set_reaction, SetReaction(conversation, message, emoji, True), ctx))


@delete(PATH, status_code=200, opt=refuses(ConversationNotFound, MessageNotFound, MessageGone), tags=["messages"])
async def unreact(conversation: ConversationId, message: MessageId, emoji: str, ctx: Context) -> Change:
    """Take my emoji away."""
    return answer(await execute(set_reaction, SetReaction(conversation, message, emoji, False), ctx))


reaction_routes = [react, unreact]
