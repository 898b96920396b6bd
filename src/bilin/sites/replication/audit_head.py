"""The head of this site's audit chain, which every status tells."""

import msgspec

from bilin.core.codec import Int64
from bilin.core.database import Connection


class Head(msgspec.Struct, frozen=True, array_like=True):
    """The end of a site's audit chain, in a run of its log."""

    run: Int64
    pos: Int64
    chain: bytes


async def own_head(_: Connection) -> Head | None:
    """The head of this site's chain: governance gives it (`Feature.ports`)."""
    return None
