"""Put an emoji under a message, or take it away."""

import msgspec

from bilin.core.commands import Context
from bilin.core.database import reading
from bilin.core.ids import ConversationId, MessageId
from bilin.core.log import Decision
from bilin.messaging.conversations.access import Right, access_conversation
from bilin.messaging.messages.access import access_message
from bilin.messaging.messages.errors import MessageGone
from bilin.messaging.reactions.errors import TooManyReactions
from bilin.messaging.reactions.events import ReactionSet
from bilin.messaging.reactions.rules import MAX_EMOJI_PER_MESSAGE, check_emoji

SELECT = """
SELECT bool_or(person = $3 AND emoji = $4) AS mine, bool_or(emoji = $4) AS known, count(DISTINCT emoji) AS kinds
  FROM messaging.reaction WHERE conversation = $1 AND message = $2 AND present"""


class SetReaction(msgspec.Struct, frozen=True):
    """Have my emoji under a message, or not."""

    conversation: ConversationId
    message: MessageId
    emoji: str
    present: bool


async def set_reaction(command: SetReaction, ctx: Context) -> Decision | None:
    """Every member may. None when it is so already."""
    view = await access_conversation(ctx, command.conversation, Right.TAKE_PART)
    message = await access_message(ctx, view, command.message)
    if not message.is_text or message.is_recalled:
        raise MessageGone
    emoji = check_emoji(command.emoji)
    async with reading(ctx.site.pool) as db:
        now = await db.fetchrow(SELECT, view.id, message.id, ctx.person, emoji)
    if now is not None and bool(now["mine"]) == command.present:
        return None
    if command.present and now is not None and not now["known"] and now["kinds"] >= MAX_EMOJI_PER_MESSAGE:
        raise TooManyReactions(limit=MAX_EMOJI_PER_MESSAGE)
    reaction = ReactionSet(conversation=view.id, message=message.id, emoji=emoji, present=command.present)
    return Decision([reaction], (*view.expected, message.expected))
