"""What lies sealed in the rows: JSON, under the key of the conversation and the id of the event that brought it.

Where it belongs is sealed with it (decision 0034): conversation, message, kind of body, and its author. Who can change
the tables cannot make words another's, or move them to where they were not said: they do not open there.
"""

from collections.abc import Sequence

import asyncpg
import msgspec

from bilin.core.codec import to_json
from bilin.core.crypto import Keyring
from bilin.core.ids import ConversationId, PersonId
from bilin.messaging.conversations.tables import PLACE, title_place
from bilin.messaging.messages.content import Content
from bilin.messaging.messages.events import MessageEdited, MessageSent
from bilin.messaging.messages.model import Quote
from bilin.messaging.messages.tables import NOTICE
from bilin.messaging.notices.model import Notice


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


TEXT_PLACE, NOTICE_PLACE, QUOTE_PLACE = 1, 2, 3


def text_place(conversation: int, message: int, body_id: int, sender: int) -> bytes:
    """Where the words of a message belong. An edit may be here before it is known whose message it changes."""
    return PLACE.pack(TEXT_PLACE, conversation, message, sender if body_id == message else 0)


def notice_place(conversation: int, message: int, sender: int) -> bytes:
    """Where a notice belongs."""
    return PLACE.pack(NOTICE_PLACE, conversation, message, sender)


def quote_place(conversation: int, message: int, quoted: int) -> bytes:
    """Where the words belong that a message answers."""
    return PLACE.pack(QUOTE_PLACE, conversation, message, quoted)


def seal_text(keys: Keyring, identifier: int, event: MessageSent | MessageEdited, sender: int | None) -> bytes:
    """The body of a message that was sent or edited."""
    message = event.message if isinstance(event, MessageEdited) else identifier
    body = TextBody(event.content, event.mentions, event.mentions_all)
    place = text_place(event.conversation, message, identifier, sender or 0)
    return keys.seal(event.conversation, identifier, to_json(body), place)


def seal_quote(keys: Keyring, identifier: int, conversation: ConversationId, quote: Quote | None) -> bytes | None:
    """What a message answers, if it does."""
    if quote is None:
        return None
    place = quote_place(conversation, identifier, quote.id)
    return keys.seal(conversation, identifier, to_json(QuoteBody(quote.sender, quote.text)), place)


def seal_notice(keys: Keyring, identifier: int, conversation: ConversationId, sender: int, notice: Notice) -> bytes:
    """The body of a notice."""
    return keys.seal(conversation, identifier, to_json(notice), notice_place(conversation, identifier, sender))


def seal_title(keys: Keyring, identifier: int, conversation: ConversationId, title: str) -> bytes:
    """The title of a group."""
    return keys.seal(conversation, identifier, title.encode(), title_place(conversation))


def sealed_again(keys: Keyring, row: "asyncpg.Record", plain: bytes, *, is_quote: bool = False) -> bytes:
    """The body of a row of `message` again, or its quote, with its place; what it was is opened."""
    if is_quote:
        place = quote_place(row["conversation"], row["id"], row["reply_to"] or 0)
        return keys.seal(row["conversation"], row["id"], plain, place)
    return keys.seal(row["conversation"], row["body_id"], plain, _body_place(row))


def open_body(keys: Keyring, row: "asyncpg.Record") -> bytes:
    """The body of a row of `message`, which has one. `placing.load_bodies` comes first."""
    return keys.open(row["body_id"], row["body"], _body_place(row))


def _body_place(row: "asyncpg.Record") -> bytes:
    if row["kind"] == NOTICE and row["body_id"] == row["id"]:
        return notice_place(row["conversation"], row["id"], row["sender"])
    return text_place(row["conversation"], row["id"], row["body_id"], row["sender"])


def open_quote(keys: Keyring, row: "asyncpg.Record") -> bytes:
    """The quote of a row of `message`, which has one."""
    return keys.open(row["id"], row["quote"], quote_place(row["conversation"], row["id"], row["reply_to"] or 0))


def open_title(keys: Keyring, conversation: int, title_id: int, title: bytes) -> str:
    """A title. `placing.load_titles` comes first."""
    return keys.open(title_id, title, title_place(conversation)).decode()
