"""What lies sealed in the rows: JSON, under the key of the conversation and the id of the event that brought it."""

from collections.abc import Sequence

import msgspec

from bilin.core.codec import to_json
from bilin.core.crypto import Keyring
from bilin.core.ids import ConversationId, PersonId
from bilin.messaging.content import Content
from bilin.messaging.events import MessageEdited, MessageSent
from bilin.messaging.model import Notice, Quote


class TextBody(msgspec.Struct, frozen=True):
    """`message.body` of a text message. `mentions` are those to show; the row's own are those that were called."""

    content: Content
    mentions: Sequence[PersonId]
    mentions_all: bool


class StoredText(msgspec.Struct, frozen=True):
    """`TextBody` as read: the content stays JSON."""

    content: msgspec.Raw
    mentions: list[PersonId]
    mentions_all: bool


class QuoteBody(msgspec.Struct, frozen=True):
    """`message.quote`: what does not follow from the quoted row."""

    sender: PersonId
    text: str


def seal_text(keys: Keyring, identifier: int, event: MessageSent | MessageEdited) -> bytes:
    """The body of a message that was sent or edited."""
    body = TextBody(event.content, event.mentions, event.mentions_all)
    return keys.seal(event.conversation, identifier, to_json(body))


def seal_quote(keys: Keyring, identifier: int, conversation: ConversationId, quote: Quote | None) -> bytes | None:
    """What a message answers, if it does."""
    return keys.seal(conversation, identifier, to_json(QuoteBody(quote.sender, quote.text))) if quote else None


def seal_notice(keys: Keyring, identifier: int, conversation: ConversationId, notice: Notice) -> bytes:
    """The body of a notice."""
    return keys.seal(conversation, identifier, to_json(notice))


def seal_title(keys: Keyring, identifier: int, conversation: ConversationId, title: str) -> bytes:
    """The title of a group."""
    return keys.seal(conversation, identifier, title.encode())
