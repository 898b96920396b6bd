"""What strangers ask for is not remembered: 20,000 requests of every kind leave the server as large as it was."""

import asyncio
import gc
import random
import string
from pathlib import Path

from tests.security.conftest import NewServer, Server, new_server
from tests.security.wire import request_bytes

__all__ = ["new_server"]
WARM_UP, MEASURED = 12_000, 20_000
SLACK_KIB = 4_096
"""An allocator takes and gives pages as it likes; remembering the paths alone would be 10 MiB and more."""
LANES = 20


def rss_kib(pid: int) -> int:
    """Resident memory of a process."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1])
    raise AssertionError(f"process {pid} is gone")


def web_process(server: Server) -> int:
    return next(each.pid for each in server.site.processes() if "bilin.app.web" in each.command)


def word(chance: random.Random) -> str:
    return "".join(chance.choices(string.ascii_letters + string.digits, k=200))


def path(chance: random.Random) -> str:
    """With names that a file system would take."""
    return "/".join(word(chance) for _ in range(4))


def strange_request(chance: random.Random) -> bytes:
    """One that nobody ever sent before."""
    some = word(chance)
    kind = chance.randrange(9) if chance.random() < 0.98 else 9  # a password costs what it must: fewer of them
    if kind == 0:
        return request_bytes("GET", f"/{path(chance)}")
    if kind == 1:
        return request_bytes("GET", f"/assets/{path(chance)}.js")
    if kind == 2:
        return request_bytes("GET", f"/api/{some}?{some}={some}")
    if kind == 3:
        return request_bytes("GET", f"/messages?q={some}", [("Accept-Language", some), ("Accept-Encoding", some)])
    if kind == 4:
        return request_bytes("GET", "/api/me", [(f"X-{some}", some), ("Authorization", f"Bearer {some}")])
    if kind == 5:
        return request_bytes("GET", "/api/me", [("Cookie", f"bilin_session={some}; {some}={some}")])
    if kind == 6:
        number = chance.randrange(1 << 60)
        return request_bytes("GET", f"/api/conversations/{number}/messages?before={number}")
    if kind == 7:
        return request_bytes("POST", "/api/setup", [("Origin", f"http://{some}"), ("Content-Type", some)], b"{}")
    if kind == 8:
        return request_bytes("GET", f"/{some}", host=f"{some[:60]}.example")
    body = b'{"login":"%s","password":"x"}' % some.encode()
    return request_bytes("POST", "/api/sessions", [("Content-Type", "application/json"), ("User-Agent", some)], body)


async def flood(port: int, count: int, seed: int) -> int:
    """How many were answered."""
    chance = random.Random(seed)  # noqa: S311
    requests = iter([strange_request(chance) for _ in range(count)])

    async def lane() -> int:
        answered = 0
        reader = writer = None
        for data in requests:
            if writer is None:
                reader, writer = await asyncio.open_connection("127.0.0.1", port)
            assert reader is not None
            writer.write(data)
            head = (await reader.readuntil(b"\r\n\r\n")).lower()
            answered += 1
            if b"connection: close" in head:
                writer.close()
                writer = None
                continue
            length = int(head.partition(b"content-length: ")[2].partition(b"\r\n")[0])
            await reader.readexactly(length)
        if writer is not None:
            writer.close()
        return answered

    return sum(await asyncio.gather(*(lane() for _ in range(LANES))))


def test_what_strangers_ask_for_is_not_remembered(new_server: NewServer) -> None:
    server = new_server().found()
    pid = web_process(server)
    asyncio.run(flood(server.port, WARM_UP, 1))
    before = rss_kib(pid)
    assert asyncio.run(flood(server.port, MEASURED, 2)) == MEASURED
    gc.collect()
    grown = rss_kib(pid) - before
    assert grown < SLACK_KIB, f"it grew by {grown} KiB"
