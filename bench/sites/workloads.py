"""What is measured between two sites: steady state, bytes on the line, merging after a cut, a new site's copy."""

import asyncio
from collections.abc import Sequence
from time import monotonic

from bench.accounting import cpu_of
from bench.load import Room, Step, run_step
from bench.report import Report
from bench.server import HOST, Server
from bench.sites import history, pair
from bench.sites.pair import Pair
from bench.sites.probe import Probe
from bench.socket_client import Deliveries, SocketClient, connect

ADDED_MS = (0, 40, 150)
"""Round trips that the line adds."""
ROOMS = 20
QUIET_RATE, BUSY_RATE = 10, 100
WARM_UP_S = 3.0
STEP_S = 12.0
MERGED_MESSAGES = 50_000
MERGE_RATE = 500
COPIED_MESSAGES = 1_000_000
COPIED_ROOMS = 200


async def steady(report: Report) -> None:
    """A message of one site to the members at the other, with round trips added; and what it costs on the line."""
    both = await pair.headquarters()
    try:
        await pair.join(both)
        rooms = [room.seen_from(0) for room in await pair.make_rooms(both, ROOMS)]
        tally = Deliveries()
        for added_ms in ADDED_MS:
            clients = await _connect(both.sites[1], tally)
            both.line.delay_s = added_ms / 2000
            await run_step(both.headquarters, rooms, QUIET_RATE, WARM_UP_S, tally)
            step = await run_step(both.headquarters, rooms, QUIET_RATE, STEP_S, tally)
            report.progress(f"+{added_ms} ms", step)
            report.add("between sites", f"delivered_p50_{added_ms}_ms_added", "ms", step.delivered_ms[0])
            report.add("between sites", f"delivered_p99_{added_ms}_ms_added", "ms", step.delivered_ms[1])
            for client in clients:
                client.close()
        both.line.delay_s = 0.0
        for rate in (QUIET_RATE, BUSY_RATE):
            clients = await _connect(both.sites[1], tally)
            await _bytes_on_the_line(both, rooms, rate, tally, report)
            for client in clients:
                client.close()
    finally:
        both.stop()


async def _bytes_on_the_line(both: Pair, rooms: Sequence[Room], rate: int, tally: Deliveries, report: Report) -> None:
    """Both directions, TLS and the sites' statuses included, beside the JSON frames that a client gets."""
    before = both.line.bytes
    step = await run_step(both.headquarters, rooms, rate, STEP_S, tally)
    await asyncio.sleep(1)
    per_message = (both.line.bytes - before) / (rate * STEP_S)
    report.progress("bytes", step)
    report.add("line", f"bytes_per_message_{rate}_msg_s", "B", per_message)
    report.add("line", f"bytes_to_json_{rate}_msg_s", "ratio", per_message / (tally.bytes / max(1, tally.count)))


async def merging(report: Report) -> None:
    """Both sites take messages while the line is cut; then the time until they are equal, and how usable they stay."""
    both = await pair.headquarters()
    try:
        await pair.join(both)
        rooms = await pair.make_rooms(both, ROOMS)
        both.line.cut()
        print(f"    cut: {MERGED_MESSAGES} messages at each site", flush=True)
        for step in await asyncio.gather(*(_talk(server, _seen(rooms, n)) for n, server in enumerate(both.sites))):
            report.progress("while cut", step)
        pids = [server.pid for server in both.sites]
        spent, before = cpu_of(*pids), both.line.bytes
        both.line.mend()
        began = monotonic()
        probes = [Probe(server, _seen(rooms, number)) for number, server in enumerate(both.sites)]
        await pair.until_equal(both)
        report.add("merge", "until_equal", "s", monotonic() - began)
        report.add("merge", "bytes_per_message", "B", (both.line.bytes - before) / (2 * MERGED_MESSAGES))
        cpu = (cpu_of(*pids) - spent).total
        report.add("merge", "cpu_per_1000_messages", "s", cpu / (2 * MERGED_MESSAGES / 1000))
        for name, probe in zip(("headquarters", "branch"), probes, strict=True):
            report.add("merge", f"ack_p99_{name}", "ms", await probe.stop())
    finally:
        both.stop()


async def copying(report: Report) -> None:
    """A new site takes everything of a large headquarters, which goes on being used."""
    both = await pair.headquarters()
    try:
        await history.write(both, COPIED_ROOMS, COPIED_MESSAGES)
        probe = Probe(both.headquarters, [await _own_room(both)])
        took_s = await pair.join(both)
        report.add("copy", "1,000,000_messages", "s", took_s)
        report.add("copy", "ack_p99_headquarters", "ms", await probe.stop())
    finally:
        both.stop()


async def _own_room(both: Pair) -> Room:
    people = both.headquarters.people
    body = {"kind": "group", "title": "总部", "members": [person.id for person in people[1:]]}
    made = await both.headquarters.call("POST", "/api/conversations", people[0].token, body)
    return Room(str(made["id"]), people[:1], 0)


def _seen(rooms: "Sequence[pair.SharedRoom]", site: int) -> list[Room]:
    return [room.seen_from(site) for room in rooms]


async def _talk(server: Server, rooms: Sequence[Room]) -> Step:
    return await run_step(server, rooms, MERGE_RATE, MERGED_MESSAGES / MERGE_RATE, Deliveries(), drain_s=0)


async def _connect(server: Server, tally: Deliveries) -> list[SocketClient]:
    clients = []
    for person in server.people:
        sync = await server.call("GET", "/api/sync", person.token)
        clients.append(await connect(HOST, server.port, person.token, sync, tally))
    return clients
