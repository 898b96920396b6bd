"""How a hit is shown: the part of the text around the first mark, and what was said before and after."""

from collections.abc import Sequence

from bilin.core.characters import composed
from bilin.core.ids import ConversationId, MessageId
from bilin.core.searchable import Around, Document
from bilin.search.model import MarkedRange, TextHit
from bilin.search.terms import Term, marks_in

SHOWN_CHARS = 240
LEAD_CHARS = 60
"""So much of the text stands before the first mark, where it is too long to be shown whole."""
CUT = "…"


def text_hit(document: Document, terms: Sequence[Term], around: Around) -> TextHit:
    """A text with its marks."""
    text = composed(document.text)
    marks = marks_in(terms, text)
    begin = 0
    if len(text) > SHOWN_CHARS and marks:
        begin = min(max(0, marks[0][0] - LEAD_CHARS), len(text) - SHOWN_CHARS)
    lead = CUT if begin else ""
    end = begin + SHOWN_CHARS
    shown = lead + text[begin:end] + (CUT if end < len(text) else "")
    moved = [(start - begin + len(lead), min(stop, end) - begin + len(lead)) for start, stop in marks if start < end]
    before, after = around
    return TextHit(
        MessageId(document.id),
        ConversationId(document.scope),
        document.sender,
        shown,
        [MarkedRange(units(shown[:start]), units(shown[:stop])) for start, stop in moved],
        before,
        after,
    )


def units(text: str) -> int:
    """Its length as browsers count it: in UTF-16 code units."""
    return len(text) + sum(char > "\uffff" for char in text)
