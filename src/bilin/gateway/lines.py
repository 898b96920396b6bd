"""The lines to the other sites, told to every client: who cannot be reached, and what has arrived where."""

import asyncio

from bilin.core.site import Site
from bilin.gateway import frames
from bilin.gateway.audience import Audience
from bilin.gateway.fanout import Fanout
from bilin.gateway.sockets import Socket
from bilin.sites import Network, Peer

PACE_S = 1.0
"""Least time between two tellings: with every message something is delivered somewhere."""


class SiteStates:
    """Tells `sites` frames. In a company of one site it says nothing."""

    def __init__(self, site: Site, audience: Audience, fanout: Fanout) -> None:
        self._here, self._network = site.number, site.get(Network)
        self._audience, self._fanout = audience, fanout
        self._stir = asyncio.Event()
        self._told: list[Peer] = []

    def start(self) -> None:
        """Follow what the network knows."""
        self._network.listen(self._stir.set)

    def greet(self, connection: Socket) -> None:
        """A connection is live: tell it how things are now."""
        peers = self._network.peers()
        if peers:
            connection.push(self._frame(peers))

    async def run(self) -> None:
        """Tell what changes, for ever."""
        self._stir.set()  # begun again after a failure, something may be untold
        while True:
            await self._stir.wait()
            self._stir.clear()
            peers = self._network.peers()
            if peers != self._told:
                self._fanout.send_to(self._audience.people.values(), self._frame(peers))
                self._told = peers
                await asyncio.sleep(PACE_S)

    def _frame(self, peers: list[Peer]) -> bytes:
        sites = [
            {
                "site": peer.number,
                "name": peer.name,
                "reachable": peer.reachable,
                "since_ms": peer.since_ms,
                "delivered": peer.delivered,
            }
            for peer in peers
        ]
        return frames.message(t="sites", here=self._here, sites=sites)
