"""What a message may hold. Cheap: every message passes here once.

Two sums bound it, and clients make the same ones before they send (protocol, section 2): what a person wrote, in
characters, addresses of links included; and what travels, in bytes, as the content's JSON is encoded. The second is
worked out only for a message that comes near it: each character takes at most `CHAR_BYTES`, each part `PART_BYTES`.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from bilin.core.characters import has_control, is_blank
from bilin.core.codec import to_json
from bilin.core.errors import Invalid
from bilin.core.ids import PersonId
from bilin.core.reasons import HoldsControls, NotShown, OutOfRange, Reason, TooLarge, TooLong, TooMany, WrongLength
from bilin.files import MAX_FILES, MAX_NAME_BYTES
from bilin.messaging.messages.content import (
    FILE_TYPES,
    AnyFile,
    Code,
    Content,
    FileBlock,
    ImageBlock,
    Items,
    Link,
    Mention,
    Span,
    Text,
)

MAX_BLOCKS: Final = 200
MAX_CHARS: Final = 20_000
MAX_PARTS: Final = 5_000
"""Spans and list items of one message: an empty one has no characters, but costs as much."""
MAX_BYTES: Final = 100_000
"""Of the content as JSON in UTF-8: 20,000 Chinese characters take 60,000."""
MAX_MARKS: Final = 4
"""Of one span: each kind once."""
CHAR_BYTES: Final = 6
"""A control character is written as six in JSON."""
PART_BYTES: Final = 110
"""A block, item or span with nothing in it: the longest is a text with all its marks, or a mention."""
MAX_HREF_CHARS: Final = 2_048
MAX_NAME_CHARS: Final = 100
MAX_LANGUAGE_CHARS: Final = 40
MAX_START: Final = 999_999_999
"""As in CommonMark 0.31, section 5.2: nine digits."""
MAX_INDENT: Final = 8
MAX_PIXELS: Final = 100_000
"""Of one side of a picture."""
_GAP = r"\x00-\x20\x7f-\xa0\u1680\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff"
"""White space, control characters and what is not seen. Named one by one: the browser's `\\s` is another."""
_HOST = rf"(?:[^{_GAP}/?#@:<>^|\\\[\]]+|\[[0-9a-f:.]+\])(?::[0-9]{{0,5}})?"
"""No credentials before it (`user@`), nor signs that browsers read otherwise than people: it is the host one sees."""
ALLOWED_HREF = re.compile(rf"https?://{_HOST}(?:[/?#][^{_GAP}]*)?|mailto:[^{_GAP}]+", re.IGNORECASE)
"""Where a link may lead. `isLinkTarget` in the browser is the same: tests/vectors/links.json holds both."""


class TooMuch(Reason, frozen=True, tag="too_much"):
    """A message with too many characters, or too many spans and list items."""

    text = "at most {chars} characters and {parts} spans"
    chars: int
    parts: int


class NothingToSee(Reason, frozen=True, tag="nothing_to_see"):
    """A message that nobody would see."""

    text = "is empty"


class NotALink(Reason, frozen=True, tag="not_a_link"):
    """Links lead to http, https or mailto addresses."""

    text = "an http, https or mailto address"


class FilesStay(Reason, frozen=True, tag="files_stay"):
    """A message that is edited may lose files, and gets none."""

    text = "only files that the message has"


@dataclass(slots=True)
class Called:
    """Who is mentioned in a message, in order; and how much is in it."""

    people: dict[PersonId, None]
    everyone: bool = False
    chars: int = 0
    parts: int = 0
    is_blank: bool = True
    files: list[AnyFile] = field(default_factory=list)


def check_content(content: Content) -> Called:
    """Raises `Invalid` for what is empty, too large, or leads where no link may lead."""
    called = check_size(content)
    if called.is_blank:
        raise _invalid("content", NothingToSee())
    return called


def check_size(content: Content) -> Called:
    """`check_content` of what may be empty still."""
    if len(content.blocks) > MAX_BLOCKS:
        raise _invalid("content.blocks", TooMany(most=MAX_BLOCKS))
    called = Called({})
    for block in content.blocks:
        if isinstance(block, Code):
            _count_text(called, block.text)
            _count_text(called, block.language)
            if len(block.language) > MAX_LANGUAGE_CHARS:
                raise _invalid("content.blocks.language", TooLong(most=MAX_LANGUAGE_CHARS))
        elif isinstance(block, Items):
            called.parts += len(block.items)
            _check_numbers(block)
            for item in block.items:
                _check_spans(called, item)
        elif isinstance(block, FILE_TYPES):
            _check_file(called, block)
        else:
            _check_spans(called, block.spans)
        if called.chars > MAX_CHARS or called.parts > MAX_PARTS:
            raise _invalid("content", TooMuch(chars=MAX_CHARS, parts=MAX_PARTS))
    _check_size(content, called)
    return called


def _check_spans(called: Called, spans: Sequence[Span]) -> None:
    called.parts += len(spans)
    for span in spans:
        if type(span) is Text:
            _count_text(called, span.text)
            if len(span.marks) > MAX_MARKS:
                raise _invalid("content.blocks.spans.marks", TooMany(most=MAX_MARKS))
        elif isinstance(span, Link):
            # Its address is seen or followed, so it is never blank.
            _count_text(called, span.text)
            called.chars += len(span.href)
            called.is_blank = False
            if len(span.marks) > MAX_MARKS:
                raise _invalid("content.blocks.spans.marks", TooMany(most=MAX_MARKS))
            if len(span.href) > MAX_HREF_CHARS or not ALLOWED_HREF.fullmatch(span.href):
                raise _invalid("content.blocks.spans.href", NotALink())
        elif isinstance(span, Mention):
            _count_text(called, span.name)
            if not 0 < len(span.name) <= MAX_NAME_CHARS:
                raise _invalid("content.blocks.spans.name", WrongLength(least=1, most=MAX_NAME_CHARS))
            if has_control(span.name):
                raise _invalid("content.blocks.spans.name", HoldsControls())
            called.people[span.person] = None
        else:
            called.everyone, called.is_blank = True, False


def _check_file(called: Called, block: AnyFile) -> None:
    """Whether it is what was uploaded, is asked when it is sent."""
    called.parts += 1
    called.chars += len(block.name) + len(block.media_type)
    called.is_blank = False
    called.files.append(block)
    if not block.name or len(block.name.encode("utf-8", "replace")) > MAX_NAME_BYTES:
        raise _invalid("content.blocks.name", WrongLength(least=1, most=MAX_NAME_BYTES))
    if has_control(block.name):
        raise _invalid("content.blocks.name", HoldsControls())
    if isinstance(block, ImageBlock) and not (0 < block.width <= MAX_PIXELS and 0 < block.height <= MAX_PIXELS):
        raise _invalid("content.blocks.width", OutOfRange(least=1, most=MAX_PIXELS))
    if len(called.files) > MAX_FILES:
        raise _invalid("content.blocks", TooMany(most=MAX_FILES))


def _check_size(content: Content, called: Called) -> None:
    at_most = called.chars * CHAR_BYTES + (called.parts + len(content.blocks) + 1) * PART_BYTES
    if at_most > MAX_BYTES and len(to_json(content)) > MAX_BYTES:
        raise _invalid("content", TooLarge(most=MAX_BYTES))


def _check_numbers(block: Items) -> None:
    if not 0 <= block.start <= MAX_START or (block.start != 1 and not block.ordered):
        raise _invalid("content.blocks.start", OutOfRange(least=0, most=MAX_START))
    if not 0 <= block.indent <= MAX_INDENT:
        raise _invalid("content.blocks.indent", OutOfRange(least=0, most=MAX_INDENT))


def _count_text(called: Called, text: str) -> None:
    if "\0" in text:
        raise _invalid("content", NotShown(sign="U+0000"))
    called.chars += len(text)
    if called.is_blank and not is_blank(text):
        called.is_blank = False


def _invalid(field: str, reason: Reason) -> Invalid:
    return Invalid(reasons={field: reason})


def plain_text(content: Content, limit: int = MAX_CHARS) -> str:
    """The first characters of a message on one line, for quotes and for finding it."""
    text = ""
    for piece in _pieces(content):
        text += piece
        if len(text) > 4 * limit:
            break
    return " ".join(text.split())[:limit]


def _pieces(content: Content) -> Iterator[str]:
    for block in content.blocks:
        if isinstance(block, Code):
            yield block.text
        elif isinstance(block, Items):
            for number, item in enumerate(block.items, block.start):
                yield f"{number}. " if block.ordered else ""
                yield from _words(item)
                yield " "
        elif isinstance(block, FileBlock | ImageBlock):
            yield block.name
        else:
            yield from _words(block.spans)
        yield " "


def _words(spans: Iterable[Span]) -> Iterator[str]:
    for span in spans:
        if isinstance(span, Mention):
            yield f"@{span.name}"
        elif isinstance(span, Link):
            yield link_text(span)
        else:
            yield span.text if isinstance(span, Text) else "@all"


def files_in(content: Content) -> list[AnyFile]:
    """The files that a message shows."""
    return [block for block in content.blocks if isinstance(block, FileBlock | ImageBlock)]


def link_text(link: Link) -> str:
    """What a link shows: a link without words would be one that nobody sees."""
    return link.href if is_blank(link.text) else link.text
