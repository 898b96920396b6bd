"""What sites say to each other: small frozen structs in msgpack, batches compressed (docs/developers/sites.md).

Everything that comes from another site is untrusted until it is checked here: size, form, and who speaks for whom.
"""

from typing import Annotated, TypeAlias

import msgspec
from msgspec import Meta

from bilin.core.codec import Int64
from bilin.core.log.runs import Position
from bilin.sites.replication.audit_head import Head

WIRE_VERSION = 1
"""Sites understand each other when their wire versions differ by one at most."""
MAX_MESSAGE_BYTES = 2_000_000
"""The largest message, compressed or not; larger ones are refused unread."""
MAX_BATCH_EVENTS = 2_000
MAX_OPENED = 2_000
"""Conversations one batch may open one by one; where there are more it opens the list (`LIST`)."""
MAX_PROGRAM_CHARS = 100
LIST = 0
"""The scope that stands for the list of all conversations a receiver may have."""


class Sent(msgspec.Struct, frozen=True, array_like=True):
    """One event as it travels. `data` is its JSON as its own site wrote it, fields unknown here included."""

    id: int
    actor: int | None
    type: str
    version: int
    data: bytes
    mark: bytes
    """16 bytes by which its own site recognises it (HMAC-SHA256 under a key only that site has)."""


class SiteBatch(msgspec.Struct, frozen=True, array_like=True, tag="batch"):
    """Everything for the receiver after one position of the holder's log through another; the rest is left out.

    `run` is the run of the log at `through`; `head` is the end of the log, so that the receiver knows how far it is
    behind. `scope` is 0 for the stream, else the conversation asked for. Who may have what was decided as of `head`.
    """

    holder: int
    whose: int
    scope: int
    run: int
    after: int
    through: int
    head: int
    events: tuple[Sent, ...]
    opened: tuple[int, ...] = ()
    """Of the stream: conversations that something between `after` and `through` may have opened for the receiver. What
    the stream left out of them before is to be fetched by scope; `LIST`: of any conversation."""
    kept: tuple[Sent, ...] = ()
    """At the end, of the asker's own events: what the holder keeps back. It may be forged, and nobody vouches
    for it: the asker takes what has its mark."""

    @property
    def position(self) -> Position:
        """Where a receiver stands after it."""
        return Position(self.run, self.through)


class Fetch(msgspec.Struct, frozen=True, array_like=True, tag="fetch"):
    """Asks a holder for the next batch after a position: of its own events (`whose` is the holder), of the asker's
    own that the asker lost, or, of the founding site, of a retired site. With a scope: of that conversation alone."""

    whose: Int64
    scope: Int64
    position: Position
    max_bytes: int = 500_000


class FetchScopes(msgspec.Struct, frozen=True, array_like=True, tag="scopes"):
    """Asks a holder in which conversations it has events of `whose` that the asker may have, in pages by id."""

    whose: Int64
    after: Int64


class Scopes(msgspec.Struct, frozen=True, array_like=True, tag="scopes"):
    """The answer: at most `MAX_OPENED`, ascending by id; `is_end` when there are no more after them."""

    scopes: tuple[int, ...]
    is_end: bool


class Refused(msgspec.Struct, frozen=True, array_like=True, tag="refused"):
    """An answer that is a refusal; codes as in HTTP problems (`sites.not_yours`, `sites.unknown_site`, …)."""

    code: str
    detail: str


class Carry(msgspec.Struct, frozen=True, array_like=True, tag="carry"):
    """A question or an answer that only its own part of the program reads: a request to the owner (`forward`),
    digests (`digests`), what a clock shows (`clock`)."""

    kind: str
    body: bytes


class Status(msgspec.Struct, frozen=True, array_like=True):
    """What a site tells the others every few seconds, and when it changes."""

    site: int
    wire_version: int
    program: Annotated[str, Meta(max_length=MAX_PROGRAM_CHARS)]
    now_ms: int
    """Its clock, Unix milliseconds."""
    position: Position
    """The end of its log."""
    followed: dict[int, Position]
    """How far it has followed each other site."""
    behind: dict[int, int]
    """Events it knows it lacks, by site."""
    needs: int
    """Conversations it is still fetching."""
    audit: Head | None = None
    """The end of its audit chain; a site of the release before does not say it."""


SiteQuestion: TypeAlias = Fetch | FetchScopes | Carry
SiteAnswer: TypeAlias = SiteBatch | Scopes | Refused | Carry
