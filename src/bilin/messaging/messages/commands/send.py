"""Say something. The most frequent command of all: it asks the database nothing, unless it answers a message,
mentions somebody, or has readers at other sites."""

import msgspec

from bilin.core.commands import Context
from bilin.core.ids import ConversationId, Id, MessageId, PersonId
from bilin.core.log import Decision, Expect
from bilin.core.policies import policy_of
from bilin.files import Shown, add_files
from bilin.messaging.conversations.access import Right, access_conversation
from bilin.messaging.conversations.views import ConversationView
from bilin.messaging.drafts.facts import DraftSet
from bilin.messaging.messages.access import MessageView, access_message
from bilin.messaging.messages.content import Content
from bilin.messaging.messages.content_rules import Called, check_content, plain_text
from bilin.messaging.messages.events import MessageSent
from bilin.messaging.messages.mentions import with_names
from bilin.messaging.messages.model import QUOTE_CHARS, Quote
from bilin.messaging.messages.pace import SendRate
from bilin.messaging.receipts.seen import seen_before_sending
from bilin.messaging.settings import SENDS_PER_MINUTE


class SendMessage(msgspec.Struct, frozen=True):
    """Say something in a conversation, maybe in answer to a message of it."""

    conversation: ConversationId
    content: Content
    reply_to: MessageId | None = None
    draft: Id | None = None
    """What I had begun to write here, of which it is the end: the draft ends with it."""


async def send_message(command: SendMessage, ctx: Context) -> Decision:
    """Every member may, at `messaging.sends_per_minute`. The message comes first: it has the id that is answered."""
    ctx.site.get(SendRate).take(ctx.person, policy_of(ctx, SENDS_PER_MINUTE))
    view = await access_conversation(ctx, command.conversation, Right.TAKE_PART)
    called = check_content(command.content)
    content = await with_names(ctx, command.content, called)
    expected: tuple[Expect, ...] = view.expected
    quote = None
    if command.reply_to is not None:
        answered = await access_message(ctx, view, command.reply_to)
        quote = quote_of(answered)
        expected = (*expected, answered.expected)
    shown = [Shown(each.file, each.name, each.size, each.media_type) for each in called.files]
    added = await add_files(ctx, view.id, shown) if shown else []
    sent = MessageSent(
        conversation=view.id,
        content=content,
        reply_to=quote,
        mentions=members_called(view, called),
        mentions_all=called.everyone,
        seen=await seen_before_sending(ctx, view),
    )
    if command.draft is None:
        return Decision([sent, *added], expected)
    ended = DraftSet(person=ctx.person, conversation=view.id, content=None, reply_to=None, follows=command.draft)
    return Decision([sent, *added, ended], expected)


def quote_of(answered: MessageView) -> Quote:
    """What an answer shows of the message it answers. Raises `MessageGone`."""
    return Quote(answered.id, answered.sender, plain_text(answered.require_words(), QUOTE_CHARS))


def members_called(view: ConversationView, called: Called) -> tuple[PersonId, ...]:
    """Those mentioned who are here. Others are not called: a name alone must not reach people outside."""
    return tuple(person for person in called.people if person in view.roles)
