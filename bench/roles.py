"""What a request costs with one web process and with two: `python -m bench.roles [ROUNDS]`.

People read histories, send and sign in, all at once, as fast as they are answered. CPU is that of all processes, by
what they are; the two layouts alternate, so that a busy machine is busy for both. What follows for more processors is
arithmetic: a request costs its web process, and the writer what is under `writer, bus, supervisor`.
"""

import asyncio
import json
import random
import sys
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from pathlib import Path
from statistics import median
from time import monotonic

import uvloop

from bench import server
from bench.accounting import NS_PER_S, cpu_of
from bench.server import PASSWORD, Server

LAYOUTS = ("1", "2")
PEOPLE = 24
MESSAGES, REQUESTS, AT_ONCE = 200, 4_000, 24
READS, SENDS = 0.85, 0.12
"""Of all requests; the rest are sign-ins."""
WEB, WRITER, OTHERS, DATABASE = "web", "writer, bus, supervisor", "worker", "PostgreSQL"


def kind_of(pid: int, is_database: bool) -> str:
    """What a process is."""
    if is_database:
        return DATABASE
    command = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ")
    if b"bilin.app.web" in command and b"--roles writer " not in command + b" ":
        return WEB
    return OTHERS if b"bilin.app.worker" in command else WRITER


async def measure(layout: str) -> tuple[Mapping[str, float], float]:
    """CPU microseconds a request by kind of process, and requests a second."""
    running = await server.start(PEOPLE, settings={"BILIN_PROCESSES_WEB": layout})
    try:
        room = await prepare(running)
        before, began = cpu_of(running.pid), monotonic()
        await work(running, room)
        lasted = monotonic() - began
        after = cpu_of(running.pid)
    finally:
        kinds = {pid: kind_of(pid, after.by_pid[pid][0]) for pid in after.by_pid}
        running.stop()
    spent: dict[str, float] = {}
    for pid, (_, now) in after.by_pid.items():
        used = now - before.by_pid.get(pid, (False, 0))[1]
        spent[kinds[pid]] = spent.get(kinds[pid], 0.0) + used / NS_PER_S * 1e6 / REQUESTS
    return spent, REQUESTS / lasted


async def prepare(running: Server) -> str:
    """A room in which everybody is and something was said."""
    first = running.people[0]
    members = [each.id for each in running.people[1:]]
    made = await running.call(
        "POST", "/api/conversations", first.token, {"kind": "group", "title": "bench", "members": members}
    )
    room = str(made["id"])
    for number in range(MESSAGES):
        await running.say(room, running.people[number % PEOPLE], f"before-{number}", in_text=True)
    return room


async def work(running: Server, room: str) -> None:
    """All requests, the same ones for every layout."""
    chance = random.Random(7)  # noqa: S311
    asked: list[Callable[[], Awaitable[object]]] = []
    for number in range(REQUESTS):
        draw, person = chance.random(), running.people[number % PEOPLE]
        if draw < READS:
            asked.append(partial(running.call, "GET", f"/api/conversations/{room}/messages?limit=50", person.token))
        elif draw < READS + SENDS:
            asked.append(partial(running.say, room, person, f"m-{number}", in_text=False))
        else:
            body = {"login": f"person{number % PEOPLE}", "password": PASSWORD, "device": "bench", "bearer": True}
            asked.append(partial(running.call, "POST", "/api/sessions", body=body))
    waiting = iter(asked)

    async def one_after_another() -> None:
        for ask in waiting:
            await ask()

    await asyncio.gather(*(one_after_another() for _ in range(AT_ONCE)))


async def compare(rounds: int) -> None:
    """Measure in turn, and print the medians and what they mean."""
    seen: dict[str, list[tuple[Mapping[str, float], float]]] = {layout: [] for layout in LAYOUTS}
    for _ in range(rounds):
        for layout in LAYOUTS:
            seen[layout].append(await measure(layout))
    costs = {}
    for layout, measured in seen.items():
        kinds = sorted({kind for spent, _ in measured for kind in spent})
        costs[layout] = {kind: median(spent.get(kind, 0.0) for spent, _ in measured) for kind in kinds}
        total = sum(cost for kind, cost in costs[layout].items() if kind != DATABASE)
        told = ", ".join(f"{kind} {cost:.0f}" for kind, cost in costs[layout].items())
        per_s = median(rate for _, rate in measured)
        print(f"{layout} web: {total:.0f} us a request without PostgreSQL ({told}); {per_s:.0f} requests/s")
    one, two = ({kind: cost for kind, cost in costs[each].items() if kind != DATABASE} for each in LAYOUTS)
    ratio = sum(two.values()) / sum(one.values())
    share = two.get(WRITER, 0.0) / two[WEB]
    print(json.dumps({"ratio_two_to_one": round(ratio, 3), "writer_bus_supervisor_of_a_web_core": round(share, 3)}))


if __name__ == "__main__":
    uvloop.run(compare(int(sys.argv[1]) if len(sys.argv) > 1 else 3))
