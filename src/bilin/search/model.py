"""What search answers."""

import msgspec

from bilin.core.ids import ConversationId, Id, MessageId, PersonId
from bilin.core.searchable import NamedHit, NearbyLine
from bilin.search.words import SearchFilter


class MarkedRange(msgspec.Struct, frozen=True):
    """Where something stands in a text: from, up to; in UTF-16 code units, as browsers count."""

    start: int
    end: int


class TextHit(msgspec.Struct, frozen=True):
    """A message that was found: the part of its text that shows why, and what was said around it."""

    id: MessageId
    conversation: ConversationId
    sender: PersonId
    text: str
    marks: list[MarkedRange]
    before: NearbyLine | None
    after: NearbyLine | None


class UnderstoodFilter(msgspec.Struct, frozen=True):
    """A filter as it was understood."""

    filter: SearchFilter
    value: str
    """As it was written."""
    negative: bool
    ids: list[Id]
    """The people or conversations it names; empty: nobody is called so."""


class SiteAway(msgspec.Struct, frozen=True):
    """A site that has what may not be here yet: messages written there by people of my conversations."""

    site: int
    name: str
    since_ms: int | None
    """Unix milliseconds since when it cannot be reached; null: it is reached, and earlier messages are still coming."""


class SearchPage(msgspec.Struct, frozen=True):
    """What was found, the newest first."""

    words: list[str]
    """What was looked for, as it is compared."""
    filters: list[UnderstoodFilter]
    messages: list[TextHit]
    next: Id | None
    """The last message that was looked at: `before` of the next page. Null: everything was."""
    named: list[NamedHit]
    """People and conversations; of the first page alone."""
    away: list[SiteAway]
    behind: int
    """Events that are not in the index yet: it is being made."""
