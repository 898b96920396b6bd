"""One follower for each site whose events this one takes in, as long as it is there to follow."""

import asyncio
from collections.abc import Mapping

from bilin.core.log.runs import Position
from bilin.core.ownership import FOUNDER
from bilin.core.site import kept
from bilin.sites.registry.sites import SiteRegistry
from bilin.sites.replication.following.follower import FollowerState, SiteFollower
from bilin.sites.replication.ports import Inlet, Line
from bilin.sites.replication.transport.wire import SiteBatch


class SiteFollowers:
    """Followers of all joined sites and, through the founding site, of the retired ones."""

    def __init__(self, here: int, roll: SiteRegistry, inlet: Inlet) -> None:
        self._here, self._roll, self._inlet = here, roll, inlet
        self._followers: dict[int, SiteFollower] = {}
        self._tasks: dict[int, asyncio.Task[None]] = {}

    async def run(self, line: Line) -> None:
        """Follow who is to be followed, until cancelled."""
        changed = asyncio.Event()
        try:
            with self._roll.listening(changed.set):
                while True:
                    self._settle(line)
                    changed.clear()
                    await changed.wait()
        finally:
            for task in self._tasks.values():
                task.cancel()
            await asyncio.gather(*self._tasks.values(), return_exceptions=True)
            self._tasks.clear()
            self._followers.clear()

    def hear(self, site: int, batch: SiteBatch) -> None:
        """A live batch came."""
        if (follower := self._followers.get(site)) is not None:
            follower.hear(batch)

    def told(self, site: int, position: Position) -> None:
        """A status named the end of a site's log."""
        for follower in self._at(site):
            follower.told(position)

    def stir(self, site: int) -> None:
        """A site is there again, or something of it is to be fetched."""
        for follower in self._at(site):
            follower.stir()

    @property
    def states(self) -> Mapping[int, FollowerState]:
        """How following goes, by the site whose events they are."""
        return {whose: follower.state for whose, follower in self._followers.items()}

    def _at(self, holder: int) -> list[SiteFollower]:
        return [follower for follower in self._followers.values() if follower.holder == holder]

    def _settle(self, line: Line) -> None:
        wanted = self._wanted()
        for whose in self._tasks.keys() - wanted.keys():
            self._tasks.pop(whose).cancel()
            self._followers.pop(whose, None)
        for whose, holder in wanted.items():
            known = self._followers.get(whose)
            if known is not None and known.holder != holder:  # it retired
                self._tasks.pop(whose).cancel()
            if known is None or known.holder != holder:
                follower = self._followers[whose] = SiteFollower(holder, self._here, self._inlet, line, whose)
                name = f"follow site {whose} at {holder}"
                self._tasks[whose] = asyncio.create_task(kept(name, follower.run), name=name)

    def _wanted(self) -> dict[int, int]:
        """Whose events are taken in, and who holds them."""
        holders = {number: number for number in self._roll.joined(besides=self._here)}
        if self._here != FOUNDER:
            retired = (number for number, site in self._roll.sites.items() if site.state == "retired")
            holders |= {number: FOUNDER for number in retired if number != self._here}
        return holders
