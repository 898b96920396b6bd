"""The door to one message of a conversation that the person was let into before."""

from dataclasses import dataclass

from bilin.core.codec import from_json
from bilin.core.commands import Context
from bilin.core.database import reading, versions
from bilin.core.ids import Id, MessageId, PersonId, time_ms
from bilin.core.log import Expect
from bilin.messaging.conversations.views import ConversationView
from bilin.messaging.messages.bodies import TextBody, open_body
from bilin.messaging.messages.content import Content
from bilin.messaging.messages.errors import MessageGone, MessageNotFound
from bilin.messaging.messages.placing import load_bodies
from bilin.messaging.messages.tables import TEXT

SELECT = """
SELECT conversation, id, sender, kind, recalled_id, body, body_id, NULL::bytea AS quote, reply_to FROM messaging.message
 WHERE conversation = $1 AND id = $2 AND kind <> 0"""


@dataclass(frozen=True, slots=True)
class MessageView:
    """A message as far as decisions depend on it."""

    id: MessageId
    sender: PersonId
    is_text: bool
    is_recalled: bool
    version: Id
    """The event that brought its words: the message itself, or its last edit."""
    content: Content | None
    expected: Expect
    """Goes into decisions that rest on the message not being edited or recalled."""

    def age_s(self, ctx: Context) -> float:
        """How long ago it was sent, by the clock of this site, in seconds."""
        return (time_ms(ctx.new_id()) - time_ms(self.id)) / 1000

    def require_words(self) -> Content:
        """What it says. Raises `MessageGone` when it was recalled, or is a notice."""
        if self.content is None:
            raise MessageGone
        return self.content


async def access_message(ctx: Context, conversation: ConversationView, message: MessageId) -> MessageView:
    """A message of this conversation. Raises `MessageNotFound`."""
    async with reading(ctx.site.pool) as db:
        version = (await versions(db, [message]))[message]
        row = await db.fetchrow(SELECT, conversation.id, message)
        if row is None:
            raise MessageNotFound(message=message)
        await load_bodies(db, ctx.site.keys, [row])
    is_text, is_recalled = row["kind"] == TEXT, row["recalled_id"] is not None
    content = None
    if is_text and not is_recalled:
        content = from_json(open_body(ctx.site.keys, row), TextBody).content
    sender, brought = PersonId(row["sender"]), Id(row["body_id"] or message)
    return MessageView(message, sender, is_text, is_recalled, brought, content, Expect(message, version))
