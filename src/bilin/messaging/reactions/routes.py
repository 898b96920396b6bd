"""Routes of reactions."""

from typing import Any

from litestar import delete, put

from bilin.core.commands import Context, execute
from bilin.core.http import answer
from bilin.core.ids import ConversationId, MessageId
from bilin.messaging.reactions.commands import SetReaction, set_reaction

PATH = "/api/conversations/{conversation:int}/messages/{message:int}/reactions/{emoji:str}"


@put(PATH, tags=["messages"])
async def react(conversation: ConversationId, message: MessageId, emoji: str, ctx: Context) -> dict[str, Any]:
    """Put my emoji under a message."""
    return answer(await execute(set_reaction, SetReaction(conversation, message, emoji, True), ctx))


@delete(PATH, status_code=200, tags=["messages"])
async def unreact(conversation: ConversationId, message: MessageId, emoji: str, ctx: Context) -> dict[str, Any]:
    """Take my emoji away."""
    return answer(await execute(set_reaction, SetReaction(conversation, message, emoji, False), ctx))


reaction_routes = [react, unreact]
