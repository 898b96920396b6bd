"""What other sites may send in conversations, by size and form: what a door of this release or of the one before lets
in, and no more. Looser than our own door (`content_rules`, `rules`), for those before were: what honest people said
there must be believed here."""

import re
from collections.abc import Iterator, Sequence

from bilin.core.characters import has_control, has_letter, is_blank, is_emoji
from bilin.core.claims import Limits
from bilin.core.ids import PersonId
from bilin.files import MAX_FILES, MAX_NAME_BYTES, MAX_TYPE_CHARS
from bilin.messaging.conversations.events import ConversationCreated, ConversationRenamed
from bilin.messaging.conversations.rules import MAX_TITLE_CHARS
from bilin.messaging.drafts.facts import DraftSet
from bilin.messaging.members.events import MemberRemoved, MemberRoleChanged, MembersAdded, OwnerChanged
from bilin.messaging.members.rules import MAX_PEOPLE_PER_CALL
from bilin.messaging.messages.content import (
    AnyFile,
    Block,
    Code,
    Content,
    FileBlock,
    ImageBlock,
    Items,
    Link,
    Mention,
    MentionAll,
    Span,
    Text,
)
from bilin.messaging.messages.content_rules import (
    MAX_BLOCKS,
    MAX_CHARS,
    MAX_HREF_CHARS,
    MAX_INDENT,
    MAX_LANGUAGE_CHARS,
    MAX_MARKS,
    MAX_NAME_CHARS,
    MAX_PARTS,
    MAX_PIXELS,
    MAX_START,
)
from bilin.messaging.messages.events import MessageEdited, MessageRecalled, MessageSent
from bilin.messaging.messages.model import QUOTE_CHARS
from bilin.messaging.reactions.events import ReactionSet
from bilin.messaging.reactions.rules import MAX_EMOJI_CHARS
from bilin.messaging.receipts.events import ReadMarked

MAX_HREFS_CHARS = 200_000
"""Of all addresses in a message: the release before did not count them."""
MAX_SITES = 1_024
HREF = re.compile(r"(?:https?://|mailto:)[^\s\x00-\x1f]+", re.IGNORECASE)


def _created(event: ConversationCreated) -> bool:
    return len(event.members) <= MAX_PEOPLE_PER_CALL + 1 and (
        _is_title(event.title) if event.kind == "group" else not event.title
    )


def _renamed(event: ConversationRenamed) -> bool:
    return _is_title(event.title)


def _is_title(title: str) -> bool:
    return len(title) <= MAX_TITLE_CHARS and not is_blank(title) and not has_control(title)


def _added(event: MembersAdded) -> bool:
    return 0 < len(event.people) <= MAX_PEOPLE_PER_CALL and len(set(event.people)) == len(event.people)


def _sent(event: MessageSent) -> bool:
    quote = event.reply_to
    fits = quote is None or (len(quote.text) <= QUOTE_CHARS and not quote.recalled)
    return fits and len(event.seen) <= MAX_SITES and _says(event.content, event.mentions, calls=event.mentions_all)


def _edited(event: MessageEdited) -> bool:
    return _says(event.content, event.mentions, calls=event.mentions_all)


def _draft(event: DraftSet) -> bool:
    """As large as a message, and perhaps empty still."""
    content = event.content
    if content is None:
        return True
    everyone = any(isinstance(span, MentionAll) for block in content.blocks for span in _spans(block))
    return _says(content, (), calls=everyone, may_be_blank=True)


def _reaction(event: ReactionSet) -> bool:
    """One emoji; the release before took for one whatever sign is no letter."""
    emoji = event.emoji
    if not 0 < len(emoji) <= MAX_EMOJI_CHARS:
        return False
    return is_emoji(emoji) or not (has_letter(emoji) or has_control(emoji) or is_blank(emoji))


def _read(event: ReadMarked) -> bool:
    return event.seen is None or len(event.seen) <= MAX_SITES


def _says(content: Content, mentions: Sequence[PersonId], *, calls: bool, may_be_blank: bool = False) -> bool:
    """Whether it could have been written, and calls those alone whom it names."""
    blocks = content.blocks
    if len(blocks) > MAX_BLOCKS or not all(map(_is_block, blocks)):
        return False
    spans = [span for block in blocks for span in _spans(block)]
    parts = len(spans) + sum(len(block.items) for block in blocks if isinstance(block, Items))
    if parts > MAX_PARTS or not all(map(_is_span, spans)):
        return False
    chars = sum(map(_chars, spans)) + sum(len(block.text) for block in blocks if isinstance(block, Code))
    hrefs = sum(len(span.href) for span in spans if isinstance(span, Link))
    everyone = any(isinstance(span, MentionAll) for span in spans)
    files = sum(isinstance(block, FileBlock | ImageBlock) for block in blocks)
    called = {span.person for span in spans if isinstance(span, Mention)}
    says_something = may_be_blank or chars + hrefs + everyone + files > 0
    is_said = says_something and files <= MAX_FILES and chars <= MAX_CHARS and hrefs <= MAX_HREFS_CHARS
    return is_said and calls == everyone and called.issuperset(mentions) and len(set(mentions)) == len(mentions)


def _spans(block: Block) -> Iterator[Span]:
    if isinstance(block, Items):
        for item in block.items:
            yield from item
    elif not isinstance(block, Code | FileBlock | ImageBlock):
        yield from block.spans


def _is_block(block: Block) -> bool:
    if isinstance(block, Code):
        return len(block.language) <= MAX_LANGUAGE_CHARS
    if isinstance(block, FileBlock | ImageBlock):
        return _is_file(block)
    return not isinstance(block, Items) or (0 <= block.start <= MAX_START and 0 <= block.indent <= MAX_INDENT)


def _is_file(block: AnyFile) -> bool:
    is_named = 0 < len(block.name.encode("utf-8", "replace")) <= MAX_NAME_BYTES and not has_control(block.name)
    sides = (block.width, block.height) if isinstance(block, ImageBlock) else ()
    fits = all(0 < each <= MAX_PIXELS for each in sides)
    return is_named and len(block.media_type) <= MAX_TYPE_CHARS and block.size >= 0 and fits


def _is_span(span: Span) -> bool:
    if isinstance(span, Mention):
        return 0 < len(span.name) <= MAX_NAME_CHARS
    if isinstance(span, MentionAll):
        return True
    if isinstance(span, Link) and (len(span.href) > MAX_HREF_CHARS or not HREF.fullmatch(span.href)):
        return False
    return len(span.marks) <= MAX_MARKS


def _chars(span: Span) -> int:
    if isinstance(span, Text | Link):
        return len(span.text)
    return len(span.name) if isinstance(span, Mention) else 0


def _any(_: object) -> bool:
    """It holds ids and choices alone, which are looked at when it is read."""
    return True


LIMITS: Limits = {
    ConversationCreated: _created,
    ConversationRenamed: _renamed,
    MembersAdded: _added,
    MemberRemoved: _any,
    MemberRoleChanged: _any,
    OwnerChanged: _any,
    MessageSent: _sent,
    MessageEdited: _edited,
    MessageRecalled: _any,
    ReactionSet: _reaction,
    DraftSet: _draft,
    ReadMarked: _read,
}
