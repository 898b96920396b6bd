"""Everybody comes back at once, a large account begins, and very many are merely there: `python -m bench.herd`.

`--people` (2,000 by default), each in 20 conversations of 20, are online when everything of the server is killed and
started again. Each client waits as browsers do (`web/src/core/socket/backoff.ts`), resumes where it was, and asks for
everything anew when it is told to. `--idle` sockets (20,000) are opened by the same people afterwards.
"""

import argparse
import asyncio
import gzip
import json
import os
import random
import shutil
import signal
import subprocess
import sys
from statistics import median, quantiles
from time import monotonic

import uvloop

from bench import server as servers
from bench.accounting import Spent, cpu_of, memory_kib, tree
from bench.http_client import HttpError
from bench.load import run_step
from bench.server import HOST, Server
from bench.socket_client import Deliveries, SocketClient, Sync, connect
from bench.workloads import make_room

ROOM, EACH = 20, 20
FIRST_S, LONGEST_S = 0.3, 10.0
LARGE, ASKED = 2_000, 40
OPENED_TOGETHER = 50
SETTINGS = {"BILIN_GATEWAY_SOCKETS_PER_SESSION": "100", "BILIN_LIMITS_POINTS_PER_MINUTE": "0"}

Figures = dict[str, float]


async def rooms_of(server: Server) -> None:
    """Everybody in so many conversations."""
    people, chance = list(server.people), random.Random(7)  # noqa: S311
    for number in range(EACH):
        chance.shuffle(people)
        rooms = [people[at : at + ROOM] for at in range(0, len(people), ROOM)]
        for at in range(0, len(rooms), 8):
            await asyncio.gather(*(make_room(server, f"{number}", each, 1) for each in rooms[at : at + 8]))


async def come_back(server: Server, token: str, sync: Sync, tally: Deliveries, refused: list[str]) -> SocketClient:
    """One browser, until it is current."""
    attempt = 0
    while True:
        try:
            return await connect(HOST, server.port, token, sync, tally)
        except (OSError, TimeoutError) as cause:
            refused.append(str(cause)[:12])
            await asyncio.sleep(min(LONGEST_S, FIRST_S * 2**attempt) * random.uniform(0.75, 1.25))  # noqa: S311
            attempt += 1


async def herd(server: Server) -> Figures:
    """From `kill -9` of everything until the last one is current again."""
    tally, refused = Deliveries(), list[str]()
    sync = await server.call("GET", "/api/sync?limit=1", server.people[0].token)
    clients: list[SocketClient] = []
    for at in range(0, len(server.people), OPENED_TOGETHER):
        some = server.people[at : at + OPENED_TOGETHER]
        clients += await asyncio.gather(*(connect(HOST, server.port, each.token, sync, tally) for each in some))
    began = monotonic()
    for pid in tree(server.pid):
        os.kill(pid, signal.SIGKILL)
    server.process.wait()
    for client in clients:
        client.close()
    coming = [asyncio.create_task(come_back(server, each.token, sync, tally, refused)) for each in server.people]
    server.process = subprocess.Popen(  # noqa: ASYNC220 (starting is quick)
        server.process.args, env=server_environ(server), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    ready = asyncio.create_task(_ready(server, began))
    clients = await asyncio.gather(*coming)
    figures = {
        "herd.all_current_s": monotonic() - began,
        "herd.server_ready_s": await ready,
        "herd.attempts_without_answer": float(sum(not each.startswith("HTTP") for each in refused)),
        "herd.attempts_refused": float(sum(each.startswith("HTTP") for each in refused)),
        "herd.server_cpu_s": (cpu_of(server.pid) - Spent({})).total,
    }
    for client in clients:
        client.close()
    return figures


def server_environ(server: Server) -> dict[str, str]:
    """As it was started with."""
    own = {"BILIN_DATA_DIR": str(server.folder / "data"), "BILIN_HTTP_PORT": str(server.port)}
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("BILIN_")}
    return {**inherited, **servers.CHEAP_PASSWORDS, **own, **server.settings}


async def _ready(server: Server, began: float) -> float:
    while True:
        try:
            await server.call("GET", "/health")
        except (HttpError, OSError):
            await asyncio.sleep(0.05)
        else:
            return monotonic() - began


async def large_account(server: Server) -> Figures:
    """`GET /api/sync` of somebody in so many conversations, each with something said."""
    first, second = server.people[:2]
    for at in range(0, LARGE, 8):
        rooms = [await make_room(server, f"项目 {at + each}", [first, second], 1) for each in range(8)]
        await asyncio.gather(*(server.say(room.id, second, f"large-{room.id}", in_text=False) for room in rooms))
    times, size = [], 0
    for _ in range(ASKED):
        began = monotonic()
        answer = await server.call("GET", "/api/sync", first.token)
        times.append((monotonic() - began) * 1_000)
        size = len(gzip.compress(json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode(), 6))
    return {
        "large.sync_p50_ms": median(times),
        "large.sync_p95_ms": quantiles(times, n=20)[-1],
        "large.gzip_kib": size / 1024,
    }


async def idle(server: Server, count: int) -> Figures:
    """Memory of so many sockets, and how soon a message reaches a room of 100 among them."""
    tally, sync = Deliveries(), await server.call("GET", "/api/sync?limit=1", server.people[0].token)
    before = memory_kib(server.pid)
    clients: list[SocketClient] = []
    for at in range(0, count, OPENED_TOGETHER):
        tokens = [server.people[each % len(server.people)].token for each in range(at, at + OPENED_TOGETHER)]
        clients += await asyncio.gather(*(connect(HOST, server.port, token, sync, tally) for token in tokens))
    await asyncio.sleep(3)
    each_kib = (memory_kib(server.pid) - before) / len(clients)
    room = await make_room(server, "hundred", server.people[:100], 10)
    step = await run_step(server, [room], 2, 10.0, tally)
    for client in clients:
        client.close()
    return {
        "idle.kib_each": each_kib,
        "idle.sockets": float(len(clients)),
        "idle.room_of_100_p50_ms": step.delivered_ms[0],
    }


async def main(people: int, sockets: int) -> None:
    """All three, on one server."""
    server = await servers.start(people, settings=SETTINGS)
    try:
        print("everybody is signed in", file=sys.stderr, flush=True)
        await rooms_of(server)
        print("everybody is in conversations", file=sys.stderr, flush=True)
        figures: Figures = {}
        for measure in (herd(server), large_account(server), idle(server, sockets)):
            figures |= await measure
            print(json.dumps(figures), file=sys.stderr, flush=True)
    finally:
        server.stop()
        shutil.rmtree(server.folder, ignore_errors=True)
    print(json.dumps({"people": people} | {name: round(value, 2) for name, value in figures.items()}, indent=2))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=2_000)
    parser.add_argument("--idle", type=int, default=20_000)
    given = parser.parse_args()
    uvloop.run(main(given.people, given.idle))
