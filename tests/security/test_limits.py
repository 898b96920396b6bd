"""What a stranger's bytes may cost: heads, bodies, pipelines and patience have limits, whatever carries them."""

import socket
import threading
import time
from collections.abc import Callable, Iterator

import pytest

from bilin.app.edge import Deadlines, limits
from bilin.core.settings import HttpSettings
from tests.security.conftest import Server
from tests.security.wire import exchange, read_answer, request_bytes, wire

MIB = 1 << 20
UPGRADE = (
    ("Connection", "Upgrade"),
    ("Upgrade", "websocket"),
    ("Sec-WebSocket-Version", "13"),
    ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="),
)


def refused_while_sending(port: int, parts: Iterator[bytes]) -> tuple[int, str]:
    """Status and code of the answer, which comes before everything was sent."""
    with wire(port) as line:
        answered = threading.Event()

        def send() -> None:
            for part in parts:
                if answered.is_set():
                    return
                try:
                    line.sendall(part)
                except OSError:
                    return

        sender = threading.Thread(target=send)
        sender.start()
        answer = read_answer(line)
        answered.set()
        sender.join(20)
        return answer.status, answer.code


def endless(first: bytes, more: bytes, total: int = 30 * MIB) -> Iterator[bytes]:
    yield first
    for _ in range(total // len(more)):
        yield more


HEADS: dict[str, Callable[[], Iterator[bytes]]] = {
    "one header of 30 MB": lambda: endless(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Long: ", b"a" * 65_536),
    "the name of a header": lambda: endless(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n", b"a" * 65_536),
    "200,000 headers": lambda: endless(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n", b"X-A: b\r\n" * 1000),
    "200,000 cookies": lambda: endless(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n", b"Cookie: a=b\r\n" * 1000),
    "a folded header": lambda: endless(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Long: a", b"\r\n b" * 1000),
    "empty lines before the request": lambda: endless(b"", b"\r\n" * 1000),
    "the path": lambda: endless(b"GET /", b"a" * 65_536),
    "the query": lambda: endless(b"GET /?q=", b"a" * 65_536),
    "the method": lambda: endless(b"", b"A" * 65_536),
    "an upgrade": lambda: endless(request_bytes("GET", "/api/socket", UPGRADE)[:-2], b"Cookie: a=b\r\n" * 1000),
    "trailers": lambda: endless(
        request_bytes("POST", "/api/sessions", [("Transfer-Encoding", "chunked")]) + b"0\r\n", b"X-A: b\r\n" * 1000
    ),
    "one trailer": lambda: endless(
        request_bytes("POST", "/api/sessions", [("Transfer-Encoding", "chunked")]) + b"0\r\nX-A: ", b"a" * 65_536
    ),
    "the extension of a chunk": lambda: endless(
        request_bytes("POST", "/api/sessions", [("Transfer-Encoding", "chunked")]) + b"1;a=", b"a" * 65_536
    ),
}


@pytest.mark.parametrize("name", HEADS)
def test_heads_have_a_size(server: Server, name: str) -> None:
    status, code = refused_while_sending(server.port, HEADS[name]())
    assert (status, code) in {
        (431, "app.head_too_large"),
        (414, "app.address_too_long"),
        (400, "core.malformed"),
    }, name


def test_a_body_without_a_length_has_a_size(server: Server) -> None:
    chunk = b"10000\r\n" + b"a" * 65_536 + b"\r\n"
    head = request_bytes(
        "POST", "/api/sessions", [("Transfer-Encoding", "chunked"), ("Content-Type", "application/json")]
    )
    status, code = refused_while_sending(server.port, endless(head, chunk))
    assert (status, code) == (413, "core.body_too_large")


def test_a_body_has_a_size(server: Server) -> None:
    head = request_bytes("POST", "/api/sessions", [("Content-Length", str(10**12))])
    assert exchange(server.port, head).status == 413


@pytest.mark.parametrize("portion", [None, 7, 4_000])
def test_every_request_of_a_pipeline_is_answered_in_order(server: Server, portion: int | None) -> None:
    count = 8 * limits.MAX_PIPELINED
    paths = [f"/api/nothing/{number}" if number % 3 else "/health" for number in range(count)]
    data = b"".join(request_bytes("GET", path) for path in paths)
    with wire(server.port) as line:
        for begin in range(0, len(data), portion or len(data)):
            line.sendall(data[begin : begin + (portion or len(data))])
        assert [read_answer(line).status for _ in paths] == [404 if "nothing" in path else 200 for path in paths]


def test_bodies_in_a_pipeline_stay_with_their_requests(server: Server) -> None:
    """What waits to be parsed is cut anywhere: within a head, and within a body."""
    bodies = [b'{"login":"a","password":"%s"}' % (b"x" * size) for size in range(0, 9_000, 150)]
    typed = [("Content-Type", "application/json"), ("Origin", server.site.address)]
    with wire(server.port) as line:
        line.sendall(b"".join(request_bytes("POST", "/api/nothing", typed, body) for body in bodies))
        assert {read_answer(line).status for _ in bodies} == {405}


def test_who_reads_no_answers_is_not_read_without_end(server: Server) -> None:
    one = request_bytes("GET", "/api/openapi.json", [("Authorization", f"Bearer {server.boss.token}")])
    with wire(server.port, 3) as line, pytest.raises(TimeoutError):
        line.sendall(one * 200_000)


def slowly(port: int, first: bytes, drip: bytes, until_s: float) -> bool:
    """Whether a connection that gets a few bytes now and then is closed in time."""
    with wire(port) as line:
        line.sendall(first)
        line.settimeout(0.5)
        began = time.monotonic()
        while time.monotonic() - began < until_s:
            try:
                line.sendall(drip)
                if line.recv(65_536) == b"":
                    return True
            except TimeoutError:
                continue
            except OSError:
                return True
        return False


DRIPS = {
    "nothing but empty lines": (b"\r\n", b"\r\n"),
    "a head": (b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n", b"X-A: b\r\n"),
    "a request line": (b"GET /", b"a"),
    "an upgrade": (request_bytes("GET", "/api/socket", UPGRADE)[:-2], b"X-A: b\r\n"),
    "a body": (request_bytes("POST", "/api/sessions", [("Content-Length", "1000")]), b" "),
    "chunks": (request_bytes("POST", "/api/sessions", [("Transfer-Encoding", "chunked")]), b"1\r\n \r\n"),
    "a body that nobody wants": (request_bytes("POST", "/api/org/import", [("Content-Length", "1000")]), b" "),
    "trailers": (request_bytes("POST", "/api/sessions", [("Transfer-Encoding", "chunked")]) + b"0\r\n", b"X-A: b\r\n"),
}


def test_requests_that_never_end_are_given_up(server: Server) -> None:
    """All at once: each takes as long as its deadline."""
    within_s = limits.BODY_GRACE_S + 60  # far more than its share on a busy machine; it ends with the last connection
    outcome: dict[str, bool] = {}

    def run(name: str) -> None:
        outcome[name] = slowly(server.port, *DRIPS[name], within_s)

    threads = [threading.Thread(target=run, args=(name,)) for name in DRIPS]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert outcome == dict.fromkeys(DRIPS, True)


def test_a_slow_client_that_goes_on_is_served(server: Server) -> None:
    body = b'{"login":"nobody","password":"' + b"x" * 40 + b'"}'
    data = request_bytes("POST", "/api/sessions", [("Content-Type", "application/json")], body)
    with wire(server.port) as line:
        for at in range(0, len(data), 40):
            line.sendall(data[at : at + 40])
            time.sleep(0.2)
        assert read_answer(line).code == "identity.wrong_credentials"


def test_a_refusal_arrives_though_more_was_sent(server: Server) -> None:
    with wire(server.port) as line:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 20)
        line.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Long: " + b"a" * 300_000)
        answer = read_answer(line)
        assert (answer.status, answer.code) == (431, "app.head_too_large")


class Idle:
    """A connection that waits, or does not."""

    def __init__(self, idle_since: float | None) -> None:
        self.idle_since, self.is_ended = idle_since, False

    def look(self, now: float) -> None: ...

    def make_room(self) -> None:
        self.is_ended = True


def test_who_waits_longest_makes_room() -> None:
    connections = [Idle(since) for since in (5.0, None, 2.0, 9.0, None, 1.0)]
    deadlines = Deadlines(most=4)
    deadlines.connections.update(connections[:4])
    deadlines.make_room()
    assert not any(each.is_ended for each in connections)
    deadlines.connections.update(connections)
    deadlines.make_room()
    assert [each.idle_since for each in connections if each.is_ended] == [2.0, 1.0]


def test_limits_leave_room_for_everybody() -> None:
    """What browsers and proxies do send: 4 KiB of cookies of other programs on the host, 30 headers."""
    assert limits.MAX_HEAD_BYTES >= 32_768
    assert limits.MAX_HEADERS >= 64
    assert HttpSettings().proxies == ()
