"""Live batches: what a commit has for each receiver, sent at once and at most once."""

from collections.abc import Collection

import msgspec

from bilin.core.log.runs import at
from bilin.sites.replication.errors import SiteUnreachable
from bilin.sites.replication.ports import Line, Outlet
from bilin.sites.replication.transport.wire import LIST, SiteBatch

MAX_LIVE_EVENTS = 500
MAX_LIVE_BYTES = 250_000
MAX_LIVE_BATCHES = 8
"""A receiver that is further behind than this is let fetch: live batches are for what is new."""


class _Chain(msgspec.Struct):
    """How far a receiver was served: the end of the last batch sent, and how far was read since for nothing."""

    sent: int
    read: int


class Publisher:
    """Sends each receiver the batches that follow each other. What gets lost on the way the receiver fetches."""

    def __init__(self, me: int, outlet: Outlet, line: Line) -> None:
        self._me, self._outlet, self._line = me, outlet, line
        self._chains: dict[int, _Chain] = {}

    async def serve(self, sites: Collection[int]) -> None:
        """Send to these sites from now on, to new ones what comes after the present head, and to no others."""
        for gone in self._chains.keys() - set(sites):
            del self._chains[gone]
        for new in sorted(set(sites) - self._chains.keys()):
            await self._begin(new)

    async def publish(self, *, keep_up: bool = False) -> None:
        """Send what was committed since. With `keep_up` also where it is nothing, so that positions move on: before
        each status. One call at a time."""
        for site in list(self._chains):
            if site in self._chains:
                await self._serve(site, keep_up)

    async def _begin(self, site: int) -> None:
        head = await self._outlet.head()
        self._chains[site] = _Chain(head, head)

    async def _serve(self, site: int, keep_up: bool) -> None:
        chain = self._chains[site]
        try:
            for _ in range(MAX_LIVE_BATCHES):
                if await self._send_next(site, chain, keep_up):
                    return
        except SiteUnreachable:
            pass
        head = await self._outlet.head()  # what was not sent is a hole to it
        chain.sent = chain.read = head

    async def _send_next(self, site: int, chain: _Chain, keep_up: bool) -> bool:
        """Send one batch; whether the head is reached."""
        read = await self._outlet.read(site, self._me, LIST, chain.read, MAX_LIVE_EVENTS, MAX_LIVE_BYTES)
        chain.read = read.through
        at_head = read.through >= read.head
        if read.events or read.opened or (keep_up and at_head and read.through > chain.sent):
            run = at(await self._outlet.runs(), read.through, read.head).run
            events, opened = tuple(read.events), tuple(read.opened)
            batch = SiteBatch(self._me, self._me, LIST, run, chain.sent, read.through, read.head, events, opened)
            chain.sent = read.through
            await self._line.send(site, batch)
        return at_head
