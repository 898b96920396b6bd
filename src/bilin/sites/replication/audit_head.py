"""The head of this site's audit chain, which every status tells."""

from collections.abc import Awaitable, Callable

import msgspec

from bilin.core.codec import Int64
from bilin.core.database import Connection


class Head(msgspec.Struct, frozen=True, array_like=True):
    """The end of a site's audit chain, in a run of its log."""

    run: Int64
    pos: Int64
    chain: bytes


ReadHead = Callable[[Connection], Awaitable[Head | None]]
_read_head: list[ReadHead] = []


def provide_head(read: ReadHead) -> None:
    """Register who knows the head of this site's chain, when it is imported."""
    _read_head.append(read)


async def own_head(db: Connection) -> Head | None:
    """The head of this site's chain."""
    return await _read_head[0](db) if _read_head else None
