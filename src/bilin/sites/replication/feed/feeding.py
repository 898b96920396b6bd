"""What the worker of a site does for the others: answers what they ask, sends what is new at once, tells how it is."""

import asyncio
from time import monotonic

import msgspec
import structlog

from bilin.core.backoff import while_away
from bilin.core.errors import Unavailable
from bilin.core.site import Site
from bilin.core.waiting import is_set_within
from bilin.sites.homes.home_map import Homes
from bilin.sites.registry.sites import SiteRegistry
from bilin.sites.replication.errors import SiteUnreachable
from bilin.sites.replication.feed.log_outlet import LogOutlet
from bilin.sites.replication.feed.log_server import LogServer
from bilin.sites.replication.feed.publisher import Publisher
from bilin.sites.replication.network import lost_subject, traffic_subject
from bilin.sites.replication.peer_state import SILENT_S
from bilin.sites.replication.status import read_status
from bilin.sites.replication.transport.connecting import open_line, others_joined
from bilin.sites.replication.transport.line import NatsLine
from bilin.sites.replication.transport.relay import bring
from bilin.sites.replication.transport.simulated_outage import SimulatedOutage
from bilin.sites.replication.transport.wire import Carry, SiteAnswer, SiteQuestion, Status

logger = structlog.get_logger(__name__)

STATUS_S = 2.0
PACE_S = 0.025
"""Least time from one sending of what is new to the next: in a busy hour a few commits travel together and cost a
line less, in a quiet one everything leaves at once."""


class Feeding:
    """Feeds all other sites, as long as there are any."""

    def __init__(self, site: Site) -> None:
        self._site, self._here = site, site.number
        self._roll, self._homes = SiteRegistry(), Homes(site.pool)
        self._cut = SimulatedOutage(site.bus, self._here)
        outlet = LogOutlet(site.pool, site.keys, self._here, self._homes, site.clock)
        self._outlet, self._holder = outlet, LogServer(self._here, outlet)
        self._holder.on_lost(self._on_lost)
        self._heard: dict[int, tuple[float, Status]] = {}
        self._grown, self._told_at, self._published_at = asyncio.Event(), 0.0, 0.0
        self._is_listening = False
        site.tail.listen(self._roll.hear, self._roll.look_again)
        site.tail.on_growth(lambda _: self._grown.set())

    async def keep_roll(self) -> None:
        """Keep the roll of sites true."""
        await self._roll.read(self._site.pool)
        await self._roll.run(self._site.pool)

    async def run(self) -> None:
        """Feed, from when there is another site."""
        await others_joined(self._roll, self._here)
        if not self._is_listening:
            await self._cut.hear()
            await self._site.tail.hear_entries()  # the other sites wait for them
            self._is_listening = True
        async with open_line(self._site, self._roll, self._cut) as line:
            await line.hear_statuses(self._on_status)
            await line.answer(self._answer)
            publisher = Publisher(self._here, self._outlet, line)
            again = while_away()
            while True:
                try:
                    await self._step(line, publisher)
                    again.went_well()
                except Unavailable as cause:
                    logger.warning("sites.feeding_waits", reason=repr(cause.__cause__))
                    await again.wait()

    async def _step(self, line: NatsLine, publisher: Publisher) -> None:
        """Wait for news or for the time of a status, and send it."""
        await publisher.serve(self._listening())
        await asyncio.sleep(self._published_at + PACE_S - monotonic())
        self._published_at = monotonic()
        await publisher.publish()
        due_at = self._told_at + STATUS_S
        if due_at > monotonic():
            await is_set_within(self._grown, due_at - monotonic())
        self._grown.clear()
        if due_at <= monotonic():
            await self._tell(line, publisher)

    async def _tell(self, line: NatsLine, publisher: Publisher) -> None:
        self._told_at = monotonic()
        await publisher.publish(keep_up=True)
        status = await read_status(self._site.pool, self._holder, self._here, self._latest())
        try:
            await line.tell(status)
        except SiteUnreachable:
            logger.info("sites.status_unsent")
        traffic = line.traffic
        counts = {site: (traffic.bytes_in[site], traffic.bytes_out[site]) for site in self._roll.sites}
        await self._site.bus.publish(traffic_subject(self._here), msgspec.msgpack.encode(counts))

    async def _answer(self, asker: int, question: SiteQuestion) -> SiteAnswer:
        if isinstance(question, Carry):
            return await bring(self._site.bus, self._here, asker, question)
        return await self._holder.answer(asker, question)

    async def _on_status(self, number: int, status: Status) -> None:
        is_new = number not in self._listening()
        self._heard[number] = monotonic(), status
        if is_new:  # it shall not wait for a word of ours
            self._told_at = 0.0
            self._grown.set()

    def _listening(self) -> list[int]:
        """The joined sites that are there to hear."""
        now, joined = monotonic(), self._roll.joined(besides=self._here)
        return [number for number in joined if number in self._heard and now - self._heard[number][0] < SILENT_S]

    def _latest(self) -> dict[int, Status]:
        return {number: status for number, (_, status) in self._heard.items()}

    def _on_lost(self, number: int) -> None:
        self._site.spawn("sites-lost", self._tell_lost(number))

    async def _tell_lost(self, number: int) -> None:
        logger.warning("sites.log_lost_events", held_by=number)
        await self._site.bus.publish(lost_subject(self._here), b"%d" % number)
