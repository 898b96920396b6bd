"""How many decisions the writer of a site takes alone: `python -m bench.writer [SECONDS]`.

Messages of 140 characters with a key each, in 50 rooms, handed to the log writer in the process itself, as many as may
wait; PostgreSQL is the embedded one, with everything flushed. What a busy machine changes least is the processor time
of a decision: the rate that follows when the writer has a processor of its own is given beside the one that was seen.
"""

import asyncio
import itertools
import json
import resource
import shutil
import sys
from collections import deque
from time import monotonic

import msgspec
import uvloop

from bench import server as servers
from bench.accounting import cpu_of
from bench.server import Server
from bench.workloads import make_room
from bilin.app.embedded import EmbeddedPostgres
from bilin.app.modules import assemble_house
from bilin.core.bus import Bus
from bilin.core.codec import decode_hook
from bilin.core.crypto import Keyring, read_master_key
from bilin.core.ids import WRITER_LANE, ConversationId, HybridClock, PersonId
from bilin.core.log import Decision, LogWriter
from bilin.core.log.pending import Pending
from bilin.messaging.messages.content import Content
from bilin.messaging.messages.events import MessageSent

PEOPLE, ROOMS = 10, 50
SECONDS, WARM_UP_S = 15.0, 2.0
IN_FLIGHT = 5_000
TEXT = (
    "今天下午三点在三楼会议室核对深圳仓的差异，请带上清单。The list is in the shared folder, see page 12; "
    "call me if you cannot come, extension 4, or Wang Fang at 5."
)


def content() -> Content:
    """One paragraph."""
    blocks = [{"type": "paragraph", "spans": [{"type": "text", "text": TEXT}]}]
    return msgspec.convert({"blocks": blocks}, Content, dec_hook=decode_hook)


async def drive(writer: LogWriter, people: list[PersonId], rooms: list[ConversationId], seconds: float) -> int:
    """Keep so many waiting, for a time; how many were committed."""
    said, waiting, done = content(), deque[Pending](), 0
    places = itertools.cycle(itertools.product(rooms, people))
    names, until = itertools.count(), monotonic() + seconds
    while monotonic() < until:
        while len(waiting) < IN_FLIGHT:
            room, person = next(places)
            event = MessageSent(conversation=room, content=said, reply_to=None, mentions=(), mentions_all=False)
            key = f"{until}-{next(names)}"
            waiting.append(writer.submit(Decision([event]), person, key, b"0123456789abcdef"))
        await asyncio.wait((waiting[IN_FLIGHT // 2].future,))
        while waiting and waiting[0].is_answered:
            waiting.popleft().future.result()
            done += 1
    for each in waiting:
        await asyncio.wait((each.future,))
    return done + len(waiting)


async def measure(server: Server, rooms: list[ConversationId], seconds: float) -> dict[str, float]:
    """With the server stopped, on its data."""
    data = server.folder / "data"
    postgres = EmbeddedPostgres(data / "postgres", data / "logs" / "postgres.log")
    process = await postgres.start()
    bus = Bus("nats://127.0.0.1:1")
    writer = LogWriter(
        postgres.url, bus, Keyring(read_master_key(data / "keys" / "master.key")), HybridClock(1, lane=WRITER_LANE), 1
    )
    running = asyncio.create_task(writer.run())
    try:
        people = [PersonId(int(each.id)) for each in server.people]
        await writer.lead.held()
        await drive(writer, people, rooms, WARM_UP_S)
        before, began, own = cpu_of(process.pid), monotonic(), _own_s()
        count = await drive(writer, people, rooms, seconds)
        lasted, own = monotonic() - began, _own_s() - own
        database = (cpu_of(process.pid) - before).total
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        await process.stop(postgres.stop_signal, postgres.stop_within_s)
        postgres.tidy()
    return {
        "decisions_per_s": count / lasted,
        "writer_cpu_us": own / count * 1e6,
        "database_cpu_us": database / count * 1e6,
        "decisions_per_writer_cpu_s": count / own,
    }


def _own_s() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


async def main(seconds: float) -> None:
    """A company and its rooms, then the writer alone."""
    server = await servers.start(PEOPLE)
    try:
        try:
            rooms = [await make_room(server, f"{number}", server.people, 1) for number in range(ROOMS)]
        finally:
            server.stop()
        figures = await measure(server, [ConversationId(int(each.id)) for each in rooms], seconds)
    finally:
        shutil.rmtree(server.folder, ignore_errors=True)
    print(json.dumps({name: round(value, 1) for name, value in figures.items()}, indent=2))


if __name__ == "__main__":
    assemble_house()
    uvloop.run(main(float(sys.argv[1]) if len(sys.argv) > 1 else SECONDS))
