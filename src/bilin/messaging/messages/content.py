"""What a message says: blocks of spans. Frozen value types, encoded in JSON exactly as the protocol writes them."""

from typing import Literal, TypeAlias

import msgspec

from bilin.core.ids import Id, PersonId

Mark = Literal["bold", "italic", "code", "strike"]


class Text(msgspec.Struct, frozen=True, tag="text", tag_field="type", omit_defaults=True):
    """A run of text with the same marks."""

    text: str
    marks: tuple[Mark, ...] = ()


class Link(msgspec.Struct, frozen=True, tag="link", tag_field="type", omit_defaults=True):
    """Text that leads somewhere: http, https (no login) or mailto. Where the text is blank the address is shown."""

    text: str
    href: str
    marks: tuple[Mark, ...] = ()


class Mention(msgspec.Struct, frozen=True, tag="mention", tag_field="type"):
    """A person called by name. The server writes the name, as it is then; it is kept."""

    person: PersonId
    name: str


class MentionAll(msgspec.Struct, frozen=True, tag="mention_all", tag_field="type"):
    """Everybody in the conversation is called."""


Span: TypeAlias = Text | Link | Mention | MentionAll


class Paragraph(msgspec.Struct, frozen=True, tag="paragraph", tag_field="type"):
    """A paragraph."""

    spans: tuple[Span, ...]


class QuoteBlock(msgspec.Struct, frozen=True, tag="quote", tag_field="type"):
    """Words of somebody else, set apart."""

    spans: tuple[Span, ...]


class Code(msgspec.Struct, frozen=True, tag="code", tag_field="type"):
    """Source text, shown as it is."""

    text: str
    language: str


class Items(msgspec.Struct, frozen=True, tag="list", tag_field="type", omit_defaults=True):
    """A list with bullets or numbers. A list inside another is a block of its own, and so is what follows it there."""

    ordered: bool
    items: tuple[tuple[Span, ...], ...]
    start: int = 1
    """The number of the first item."""
    indent: int = 0
    """How many lists it stands in."""


class FileBlock(msgspec.Struct, frozen=True, tag="file", tag_field="type"):
    """A file of the conversation, with what is shown of it before anybody opens it."""

    file: Id
    name: str
    size: int
    """Bytes."""
    media_type: str


class ImageBlock(msgspec.Struct, frozen=True, tag="image", tag_field="type"):
    """A file that is shown as a picture, and how much room it takes."""

    file: Id
    name: str
    size: int
    media_type: str
    width: int
    """Pixels, as it is shown: turned as it says."""
    height: int


AnyFile: TypeAlias = FileBlock | ImageBlock
FILE_TYPES = (FileBlock, ImageBlock)
"""For `isinstance`: every message passes there, and a union takes longer."""
Block: TypeAlias = Paragraph | QuoteBlock | Code | Items | FileBlock | ImageBlock


class Content(msgspec.Struct, frozen=True):
    """The body of a text message."""

    blocks: tuple[Block, ...]
