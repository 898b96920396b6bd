"""Workload E: search. `python -m bench.search [MESSAGES]` says so many messages (100,000), and looks for some of them.

Rooms of 200 messages each; eight people are in 200 of the rooms (in all, when there are fewer). Beside it in the same
PostgreSQL: `LIKE` over the same texts in the clear, with the same scopes. Writes `bench/search.json`.
"""

import asyncio
import json
import random
import shutil
import sys
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter, time
from urllib.parse import quote

import asyncpg
import uvloop

from bench import server as servers
from bench.__main__ import describe_machine
from bench.accounting import cpu_of
from bench.load import Room, run_step
from bench.server import Person, Server
from bench.socket_client import Deliveries
from bilin.app.embedded import EmbeddedPostgres
from bilin.core.ids import time_ms
from bilin.search.follower import NAME
from tests.search.corpus import talk

OUTCOME = Path(__file__).with_name("search.json")
PEOPLE = 400
LOOKING = 8
ROOMS_OF_ONE = 200
A_ROOM = 200
AT_ONCE = 48
ASKED = 40
"""Queries of each sort, over the people who look."""
PACE, PACE_S = 500, 20.0
UNLIMITED = {"BILIN_LIMITS_POINTS_PER_MINUTE": "0", "BILIN_LIMITS_PROGRAM_POINTS_PER_MINUTE": "0"}
QUERIES = {"common": ("我们", "今天", "客户", "the"), "rare": ("麒麟", "醪糟", "冷凝水", "沈屿舟")}
SELECT_FAR = """
SELECT (SELECT pos FROM core.follower WHERE name = $1) AS indexed, (SELECT max(pos) FROM core.log) AS head"""
SELECT_NEXT = "SELECT id FROM core.log WHERE pos > $1 ORDER BY pos LIMIT 1"
SELECT_SIZE = """
SELECT sum(pg_total_relation_size(inhrelid))::bigint FROM pg_inherits WHERE inhparent = 'search.entry'::regclass"""
LIKE = "SELECT id FROM plain WHERE scope = ANY($1) AND text LIKE $2 ORDER BY id DESC LIMIT 20"

Database = asyncpg.Connection


@dataclass(slots=True)
class Said:
    """What was said where: rooms with their texts, and who looks in which."""

    rooms: list[Room] = field(default_factory=list)
    texts: list[tuple[int, int, str]] = field(default_factory=list)
    rooms_of: dict[str, list[int]] = field(default_factory=dict)


async def measure(messages: int) -> dict[str, float]:
    """All figures."""
    figures: dict[str, float] = {"messages": messages}
    server = await servers.start(PEOPLE, settings=UNLIMITED)
    folder = server.folder / "data" / "postgres"
    db = await asyncpg.connect(EmbeddedPostgres(folder, server.folder / "unused.log").url)
    try:
        said = await say_all(server, messages)
        figures["s of CPU to say 1,000 and index them"] = await _cpu_of_saying(server, db, said)
        await _until_indexed(db)
        figures["bytes of index a message"] = await db.fetchval(SELECT_SIZE) / (messages + PACE * PACE_S)
        figures["s of lag, most"] = await worst_lag(server, db, said)
        await _until_indexed(db)
        await _plain(db, said)
        for sort, words in QUERIES.items():
            figures |= _percentiles(
                sort, await _asked(words, lambda word, person: _search(server, word, person), server)
            )
            figures |= _percentiles(
                f"{sort}, LIKE in the clear",
                await _asked(words, lambda word, person: _like(db, said, word, person), server),
            )
    finally:
        await db.close()
        server.stop()
    shutil.rmtree(server.folder, ignore_errors=True)
    return figures


async def say_all(server: Server, messages: int) -> Said:
    """Rooms, and all that is said in them."""
    said = Said()
    dice = random.Random(1)  # noqa: S311 (repeatable)
    looking, others = server.people[:LOOKING], server.people[LOOKING:]
    count = max(1, messages // A_ROOM)
    part = min(1.0, ROOMS_OF_ONE / count)
    for number in range(count):
        senders = [others[(number * 3 + at) % len(others)] for at in range(3)]
        inside = [person for person in looking if dice.random() < part]
        body = {"kind": "group", "title": f"E{number}", "members": [each.id for each in [*senders[1:], *inside]]}
        made = await server.call("POST", "/api/conversations", senders[0].token, body)
        said.rooms.append(Room(str(made["id"]), senders, 0))
        for person in inside:
            said.rooms_of.setdefault(person.id, []).append(int(str(made["id"])))
    gate = asyncio.Semaphore(AT_ONCE)

    async def say(number: int, text: str) -> None:
        room = said.rooms[number % len(said.rooms)]
        content = {"blocks": [{"type": "paragraph", "spans": [{"type": "text", "text": text}]}]}
        async with gate:
            sender = room.senders[number // len(said.rooms) % len(room.senders)]
            made = await server.call(
                "POST", f"/api/conversations/{room.id}/messages", sender.token, {"content": content}
            )
        said.texts.append((int(room.id), int(str(made["id"])), text))

    texts = talk(messages)
    for start in range(0, messages, 5_000):
        await asyncio.gather(*(say(start + at, text) for at, text in enumerate(texts[start : start + 5_000])))
    return said


async def worst_lag(server: Server, db: "Database[asyncpg.Record]", said: Said) -> float:
    """The age of the oldest event that is not indexed, at its worst while 500 messages a second are said."""
    worst = 0.0
    saying = asyncio.create_task(run_step(server, said.rooms[:100], PACE, PACE_S, Deliveries(), drain_s=0))
    while not saying.done():
        [row] = await db.fetch(SELECT_FAR, NAME)
        following = await db.fetchval(SELECT_NEXT, row["indexed"])
        worst = max(worst, 0.0 if following is None else time() - time_ms(following) / 1000)
        await asyncio.sleep(0.2)
    await saying
    return worst


async def _cpu_of_saying(server: Server, db: "Database[asyncpg.Record]", said: Said) -> float:
    await _until_indexed(db)
    before = cpu_of(server.pid)
    await run_step(server, said.rooms[:100], PACE, PACE_S, Deliveries(), drain_s=0)
    await _until_indexed(db)
    return (cpu_of(server.pid) - before).total / (PACE * PACE_S) * 1000


async def _until_indexed(db: "Database[asyncpg.Record]") -> None:
    while True:
        [row] = await db.fetch(SELECT_FAR, NAME)
        if row["indexed"] == row["head"]:
            return
        await asyncio.sleep(0.2)


async def _plain(db: "Database[asyncpg.Record]", said: Said) -> None:
    await db.execute("CREATE TEMP TABLE plain (scope bigint, id bigint, text text)")
    await db.copy_records_to_table("plain", records=said.texts)
    await db.execute("CREATE INDEX ON plain (scope, id)")
    await db.execute("ANALYZE plain")


async def _search(server: Server, word: str, person: Person) -> None:
    found = await server.call("GET", f"/api/search?q={quote(word)}&limit=20", person.token)
    if not found["messages"]:
        raise SystemExit(f"{word} was not found")


async def _like(db: "Database[asyncpg.Record]", said: Said, word: str, person: Person) -> None:
    await db.fetch(LIKE, said.rooms_of[person.id], f"%{word}%")


async def _asked(words: Sequence[str], ask: Callable[[str, Person], Awaitable[None]], server: Server) -> list[float]:
    """Milliseconds of each answer, one after another; each word is asked once before it counts."""
    times = []
    for number in range(-len(words), ASKED):
        began = perf_counter()
        await ask(words[number % len(words)], server.people[number % LOOKING])
        if number >= 0:
            times.append((perf_counter() - began) * 1000)
    return sorted(times)


def _percentiles(name: str, ordered: Sequence[float]) -> dict[str, float]:
    return {f"{name}, p50 ms": ordered[len(ordered) // 2], f"{name}, p99 ms": ordered[int(len(ordered) * 0.99)]}


def main() -> None:
    messages = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    machine = describe_machine()
    figures = uvloop.run(measure(messages))
    for name, value in figures.items():
        print(f"{name:<45} {value:>12.4g}")
    kept = json.loads(OUTCOME.read_text()) if OUTCOME.exists() else {}
    rounded = {name: float(f"{value:.4g}") for name, value in figures.items()}
    OUTCOME.write_text(json.dumps({**kept, str(messages): {"machine": machine, **rounded}}, indent=1) + "\n")


if __name__ == "__main__":
    main()
