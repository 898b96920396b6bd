"""The four workloads: A one room of 100, B 200 rooms of 5, C idle connections, D history of a room of 10,000."""

import asyncio
from collections.abc import Sequence
from time import perf_counter

from bench.accounting import memory_kib
from bench.load import Room, Step, run_step
from bench.report import Report
from bench.server import HOST, Person, Server
from bench.socket_client import Deliveries, SocketClient, connect

STEP_S = 6.0
WARM_UP_S = 2.0
A_RATES = (100, 200, 400, 600, 800, 1000, 1200, 1600)
B_RATES = (500, 1000, 1500, 2000, 2500, 3000, 3500, 4000)
C_CONNECTIONS = 1000
D_MESSAGES = 10_000
D_REQUESTS = 300
B_MEMBERS = 1000


async def make_room(server: Server, title: str, people: Sequence[Person], senders: int) -> Room:
    """A group whose members are these people."""
    body = {"kind": "group", "title": title, "members": [person.id for person in people[1:]]}
    made = await server.call("POST", "/api/conversations", people[0].token, body)
    return Room(str(made["id"]), people[:senders], len(people))


async def connect_all(server: Server, people: Sequence[Person], tally: Deliveries) -> list[SocketClient]:
    """Everybody online, from the log's present end."""
    sync = await server.call("GET", "/api/sync", people[0].token)
    clients: list[SocketClient] = []
    for start in range(0, len(people), 50):
        some = people[start : start + 50]
        clients += await asyncio.gather(*(connect(HOST, server.port, p.token, sync, tally) for p in some))
    return clients


async def ramp(
    server: Server, workload: str, rooms: Sequence[Room], rates: Sequence[int], tally: Deliveries, report: Report
) -> None:
    """Raise the rate until it is no longer sustained; report the last that was (the knee)."""
    await run_step(server, rooms, rates[0], WARM_UP_S, tally)
    knee: Step | None = None
    for rate in rates:
        step = await run_step(server, rooms, rate, STEP_S, tally)
        report.progress(workload, step)
        if not step.is_sustained:
            break
        knee = step
    if knee is None:
        raise SystemExit(f"workload {workload}: not even {rates[0]} msg/s were sustained")
    report.add_step(workload, knee)


async def workload_a(server: Server, report: Report) -> None:
    """One room of 100 online members with 10 senders."""
    people = server.people[:100]
    tally = Deliveries()
    room = await make_room(server, "A", people, senders=10)
    clients = await connect_all(server, people, tally)
    await run_step(server, [room], 10, WARM_UP_S, tally)
    quiet = await run_step(server, [room], 10, 15.0, tally)
    report.progress("A at 10 msg/s", quiet)
    report.add_latencies("A at 10 msg/s", quiet)
    await ramp(server, "A", [room], A_RATES, tally, report)
    _close(clients)


async def workload_b(server: Server, report: Report) -> None:
    """200 rooms of 5, everybody online, one room each."""
    tally = Deliveries()
    rooms = await rooms_of_five(server)
    clients = await connect_all(server, server.people[:B_MEMBERS], tally)
    await ramp(server, "B", rooms, B_RATES, tally, report)
    _close(clients)


async def rooms_of_five(server: Server) -> list[Room]:
    """Everybody in one room."""
    people = server.people[:B_MEMBERS]
    return [await make_room(server, f"B{at // 5}", people[at : at + 5], senders=5) for at in range(0, B_MEMBERS, 5)]


async def workload_c(server: Server, report: Report) -> None:
    """Memory of idle connections."""
    report.add("C", "memory_per_connection", "KiB", await memory_per_connection_kib(server))


async def memory_per_connection_kib(server: Server) -> float:
    """What a thousand idle connections add to the server's memory, each."""
    tally = Deliveries()
    for person in server.people[:C_CONNECTIONS]:
        await server.call("GET", "/api/sync", person.token)  # their sessions are in memory now: not what is measured
    await asyncio.sleep(3)
    before = memory_kib(server.pid)
    clients = await connect_all(server, server.people[:C_CONNECTIONS], tally)
    await asyncio.sleep(3)
    each = (memory_kib(server.pid) - before) / C_CONNECTIONS
    _close(clients)
    return each


async def workload_d(server: Server, report: Report) -> None:
    """The latest 50 messages of a room of 10,000, one request after another."""
    times = await history_ms(server)
    report.add("D", "history_p50", "ms", times[len(times) // 2])
    report.add("D", "history_p99", "ms", times[int(len(times) * 0.99)])


async def history_ms(server: Server) -> list[float]:
    """How long each of the requests took, sorted."""
    people = server.people[:5]
    room = await make_room(server, "D", people, senders=5)
    await run_step(server, [room], 2000, D_MESSAGES / 2000, Deliveries())
    path = f"/api/conversations/{room.id}/messages?limit=50"
    times = []
    for number in range(D_REQUESTS):
        began = perf_counter()
        await server.http.request("GET", path, people[number % 5].token)
        times.append((perf_counter() - began) * 1000)
    return sorted(times)


def _close(clients: Sequence[SocketClient]) -> None:
    for client in clients:
        client.close()
