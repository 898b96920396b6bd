"""The network of sites as a web process of one sees it: who is there, what is where, and the way to ask them.

`site.get(Network)` is there also without other sites: then it lists nobody, and nothing runs.
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Iterable, Mapping

import msgspec
import structlog

from bilin.core.database import Connection, reading
from bilin.core.errors import BilinError, Unavailable
from bilin.core.ids import wall_ms
from bilin.core.log.runs import START, Position
from bilin.core.roles import Role
from bilin.core.site import Site, while_held
from bilin.sites.homes.home_map import Homes
from bilin.sites.registry.sites import SiteRegistry
from bilin.sites.replication.delivery import delivered_to
from bilin.sites.replication.errors import SiteUnreachable, VersionsApart
from bilin.sites.replication.following.event_auth import EventAuth
from bilin.sites.replication.following.followers import SiteFollowers
from bilin.sites.replication.following.kept_back import KeptBackReview
from bilin.sites.replication.following.log_inlet import LogInlet, read_positions
from bilin.sites.replication.kept_back_list import KeptBackCount, count_kept_back
from bilin.sites.replication.peer_state import Peer, PeerState
from bilin.sites.replication.transport.connecting import open_line, others_joined
from bilin.sites.replication.transport.line import NatsLine
from bilin.sites.replication.transport.relay import Carrier, Handle
from bilin.sites.replication.transport.simulated_outage import SimulatedOutage
from bilin.sites.replication.transport.wire import SiteBatch, Status

logger = structlog.get_logger(__name__)

LOOK_S = 0.5
AWAIT_S = 0.05
CLOCK_TIMEOUT_S = 5.0
MAX_CLOCK_CHARS = 20
CLOCK = "clock"
"""The kind of question for what a clock shows."""
HearPassing = Callable[[int, bytes], Awaitable[None]]
HearStatus = Callable[[int, Status], Awaitable[None]]


def lost_subject(here: int) -> str:
    """Where a site's worker tells that another site holds events which this log lost."""
    return f"bilin.{here}.sites.lost"


def traffic_subject(here: int) -> str:
    """Where a site's worker tells how many bytes it sent and heard."""
    return f"bilin.{here}.sites.traffic"


def followed_subject(here: int) -> str:
    """Where the process that follows the other sites tells how far it is."""
    return f"bilin.{here}.sites.followed"


Traffic = Mapping[int, tuple[int, int]]
"""Bytes that came from and went to each site."""


class Network:
    """Who the others are, and how to speak with them."""

    def __init__(self, site: Site, roll: SiteRegistry) -> None:
        self._site, self.here, self.roll = site, site.number, roll
        self.cut = SimulatedOutage(site.bus, self.here)
        self.carrier = Carrier(site.bus, self.here)
        judging = EventAuth(site.pool, self.here, lambda: site.get(Homes))
        inlet = LogInlet(site, judging, self._advanced, lambda: self.kept_back_review.stir())
        self.kept_back_review = KeptBackReview(inlet)
        self.followers = SiteFollowers(self.here, roll, inlet)
        self.peer_states: dict[int, PeerState] = {}
        self.worker_traffic: Traffic = {}
        self.kept_back: Mapping[int, KeptBackCount] = {}
        """By site, as last counted."""
        self._line: NatsLine | None = None
        self._followed: dict[int, Position] = {}
        self._waiting: set[asyncio.Event] = set()
        self._listeners: list[Callable[[], None]] = []
        self._hear_passing: list[HearPassing] = []
        self._hear_statuses: list[HearStatus] = []

    def peers(self) -> list[Peer]:
        """The other joined sites, by number."""
        return [self._peer(number) for number in sorted(self.roll.joined(besides=self.here))]

    def listen(self, listener: Callable[[], None]) -> None:
        """Call a function whenever `peers` may have changed."""
        self._listeners.append(listener)

    def is_reachable(self, number: int) -> bool:
        """Whether a site can be asked now; this one always can, and one without access never."""
        if number == self.here:
            return True
        site, peer_state = self.roll.sites.get(number), self.peer_states.get(number)
        return site is not None and site.state == "joined" and peer_state is not None and peer_state.reachable

    async def wait_for_new(self, number: int) -> bool:
        """Whether a site can be asked. One that has just joined, or one that this process has just begun to listen
        for, is waited for until it says its first word: seconds."""
        while not self.is_reachable(number):
            if not (self.roll.state(number) == "joined" and self.peer_state(number).is_awaited):
                return False
            await asyncio.sleep(AWAIT_S)
        return True

    def followed(self, number: int) -> Position:
        """How far another site's log is in this one."""
        return self._followed.get(number, START)

    async def wait_followed(self, number: int, position: Position, timeout_s: float) -> bool:
        """Wait until another site's log is in this one through a position; whether it is."""
        moved = asyncio.Event()
        self._waiting.add(moved)
        try:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(timeout_s):
                    while not self._has(number, position):
                        moved.clear()
                        await moved.wait()
        finally:
            self._waiting.discard(moved)
        return self._has(number, position)

    async def ask(self, number: int, payload: bytes, kind: str, timeout_s: float) -> bytes:
        """Ask another site what `answer` there has a handler for. Raises `SiteUnreachable`, or the refusal."""
        if self._line is None:
            raise SiteUnreachable(site=number)
        return await self._line.carry(number, kind, payload, timeout_s)

    def answer(self, kind: str, handle: Handle) -> None:
        """Answer questions of a kind that others ask; expected errors become refusals."""
        self.carrier.answer(kind, handle)

    async def pass_on(self, number: int, payload: bytes) -> None:
        """Pass on presence or typing to another site; it is lost when that cannot be reached."""
        if self._line is not None and self.is_reachable(number):
            with contextlib.suppress(SiteUnreachable):
                await self._line.pass_on(number, payload)

    def hear_passing(self, hear: HearPassing) -> None:
        """Call a function with what other sites pass on: their number and the payload."""
        self._hear_passing.append(hear)

    def hear_statuses(self, hear: HearStatus) -> None:
        """Call a function with what other sites tell of themselves: their number and the status."""
        self._hear_statuses.append(hear)

    async def count_kept_back(self, db: Connection) -> None:
        """Look how much of the others is kept back here."""
        self.kept_back = await count_kept_back(db, self._site.get(Homes).now, self.here)

    def traffic(self, number: int) -> tuple[int, int]:
        """Bytes that came from and went to a site, since the processes of this one began."""
        came, went = self.worker_traffic.get(number, (0, 0))
        if self._line is None:
            return came, went
        return came + self._line.traffic.bytes_in[number], went + self._line.traffic.bytes_out[number]

    async def start(self) -> None:
        """Read where it stands, and listen to the other processes of this site."""
        await self._site.bus.subscribe(followed_subject(self.here), self._on_followed)
        async with reading(self._site.pool) as db:
            self._followed = await read_positions(db)
        self.carrier.answer(CLOCK, _tell_time)
        self._site.keep_while_writing("sites-carrier", self.carrier.run)
        await self.cut.hear()
        await self._site.bus.subscribe(lost_subject(self.here), self._on_lost)
        await self._site.bus.subscribe(traffic_subject(self.here), self._on_traffic)

    async def run(self) -> None:
        """Speak with the others, from when there is one."""
        await others_joined(self.roll, self.here)
        with self.roll.listening(self._changed):
            async with open_line(self._site, self.roll, self.cut) as line:
                line.on_refused = self._on_refused
                self._line = line
                try:
                    await self._run(line)
                finally:
                    self._line = None

    async def _run(self, line: NatsLine) -> None:
        if self._site.has(Role.WRITER):
            await line.hear_live(self._on_live)
        await line.hear_statuses(self._on_status)
        await line.hear_passing(self._on_passing)
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._look())
            if self._site.has(Role.WRITER):
                tasks.create_task(while_held(self._site.log.writer.lead, lambda: self._follow(line)))

    async def _follow(self, line: NatsLine) -> None:
        """What one process of the site does for all."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self.followers.run(line))
            tasks.create_task(self.kept_back_review.run())
            tasks.create_task(self.cut.run())
            tasks.create_task(self._read_clocks(line))

    async def _look(self) -> None:
        while True:
            for number in self.roll.joined(besides=self.here):
                peer_state = self.peer_state(number)
                if peer_state.look(is_cut=self.cut.is_on):
                    logger.warning("sites.reachable" if peer_state.reachable else "sites.unreachable", site=number)
                    if peer_state.reachable:
                        self.followers.stir(number)
                    self._changed()
            await asyncio.sleep(LOOK_S)

    async def _read_clocks(self, line: NatsLine) -> None:
        while True:
            there = [number for number in self.roll.joined(besides=self.here) if self.is_reachable(number)]
            due = [number for number in there if self.peer_state(number).is_clock_due()]
            await asyncio.gather(*(self._read_clock(line, number) for number in due))
            await asyncio.sleep(LOOK_S)

    async def _read_clock(self, line: NatsLine, number: int) -> None:
        asked_ms = wall_ms()
        try:
            answer = await line.carry(number, CLOCK, b"", CLOCK_TIMEOUT_S)
            self.peer_state(number).timed(asked_ms, wall_ms(), int(answer[:MAX_CLOCK_CHARS]))
        except (BilinError, ValueError) as cause:
            logger.info("sites.clock_unread", site=number, reason=repr(cause))

    async def _on_live(self, number: int, batch: SiteBatch) -> None:
        self.followers.hear(number, batch)

    async def _on_status(self, number: int, status: Status) -> None:
        peer_state = self.peer_state(number)
        peer_state.heard(status)
        before = peer_state.delivered
        try:
            for hear in self._hear_statuses:
                await hear(number, status)
            async with reading(self._site.pool) as db:
                peer_state.served_pos, peer_state.delivered = await delivered_to(
                    db, self.here, status.followed.get(self.here, START)
                )
        except Unavailable:
            logger.info("sites.delivery_unknown", site=number)
        self.followers.told(number, status.position)
        if peer_state.look(is_cut=self.cut.is_on):
            logger.warning("sites.reachable", site=number)
            self.followers.stir(number)
            self._changed()
        elif peer_state.delivered != before:
            self._changed()

    async def _on_passing(self, number: int, payload: bytes) -> None:
        for hear in self._hear_passing:
            await hear(number, payload)

    async def _on_lost(self, payload: bytes) -> None:
        self.followers.stir(int(payload))

    async def _on_traffic(self, payload: bytes) -> None:
        self.worker_traffic = msgspec.msgpack.decode(payload, type=dict[int, tuple[int, int]])

    def _on_refused(self, number: int, error: BilinError) -> None:
        if isinstance(error, VersionsApart):
            self.peer_state(number).is_apart = True

    def _advanced(self, number: int, position: Position) -> None:
        """Here; the site's other processes are told."""
        self._moved(number, position)
        told = msgspec.msgpack.encode((number, position))
        self._site.spawn("sites-followed", self._tell_followed(told))

    async def _tell_followed(self, told: bytes) -> None:
        await self._site.bus.publish(followed_subject(self.here), told)

    async def _on_followed(self, payload: bytes) -> None:
        if not self._site.log.is_here:
            self._moved(*msgspec.msgpack.decode(payload, type=tuple[int, Position]))

    def _moved(self, number: int, position: Position) -> None:
        self._followed[number] = position
        for moved in self._waiting:
            moved.set()

    def _has(self, number: int, position: Position) -> bool:
        followed = self.followed(number)
        return followed.run == position.run and followed.pos >= position.pos

    def peer_state(self, number: int) -> PeerState:
        """What is known of another site."""
        if number not in self.peer_states:
            self.peer_states[number] = PeerState(number)
        return self.peer_states[number]

    def _peer(self, number: int) -> Peer:
        peer_state = self.peer_state(number)
        name = self.roll.sites[number].name
        return Peer(number, name, peer_state.reachable, peer_state.since_ms, peer_state.delivered)

    def _changed(self) -> None:
        _tell(self._listeners)


def _tell(listeners: Iterable[Callable[[], None]]) -> None:
    for listener in listeners:
        try:
            listener()
        except Exception:
            logger.exception("sites.listener_failed", listener=getattr(listener, "__qualname__", "?"))


async def _tell_time(_: int, __: bytes) -> bytes:
    return b"%d" % wall_ms()
