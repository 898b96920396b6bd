"""One request is one request, to us as to whatever stands before us: where the two could count differently (RFC 9112,
sections 6.3 and 11.2) it is refused, and nothing after it is read."""

import re

import pytest

from tests.security.conftest import Server
from tests.security.wire import exchange, request_bytes, wire

HOST = b"Host: 127.0.0.1\r\n"
HIDDEN = b"GET /api/setup HTTP/1.1\r\n" + HOST + b"\r\n"
"""What an attacker would have answered to somebody else."""
POST = b"POST /api/sessions HTTP/1.1\r\n" + HOST
CHUNKED = POST + b"Transfer-Encoding: chunked\r\n\r\n"
DISPUTED: dict[str, bytes] = {
    "a length and chunks": POST + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + HIDDEN,
    "chunks and a length": POST + b"Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n" + HIDDEN,
    "a coding nobody knows": POST + b"Transfer-Encoding: xchunked\r\nContent-Length: 3\r\n\r\nabc" + HIDDEN,
    "another coding first": POST + b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n" + HIDDEN,
    "another coding last": POST + b"Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n" + HIDDEN,
    "no coding": POST + b"Transfer-Encoding: identity\r\nContent-Length: 3\r\n\r\nabc" + HIDDEN,
    "two codings": POST + b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n" + HIDDEN,
    "a coding with a tab": POST + b"Transfer-Encoding:\tchunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n" + HIDDEN,
    "a blank before the colon": POST + b"Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n" + HIDDEN,
    "a folded coding": POST + b"Transfer-Encoding:\r\n chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n" + HIDDEN,
    "a folded header": b"GET /api/setup HTTP/1.1\r\n" + HOST + b"X-A: a\r\n b\r\n\r\n" + HIDDEN,
    "a length with a sign": POST + b"Content-Length: +3\r\n\r\nabc" + HIDDEN,
    "a length in hexadecimal": POST + b"Content-Length: 0x3\r\n\r\nabc" + HIDDEN,
    "a list of lengths": POST + b"Content-Length: 3, 3\r\n\r\nabc" + HIDDEN,
    "two lengths": POST + b"Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc" + HIDDEN,
    "a line feed alone": b"GET /api/setup HTTP/1.1\nHost: 127.0.0.1\nX: y\n\n" + HIDDEN,
    "a carriage return alone": b"GET /api/setup HTTP/1.1\r\nX: a\rb\r\n" + HOST + b"\r\n" + HIDDEN,
    "an extension that ends early": CHUNKED + b"2;\nxx\r\n4c\r\n0\r\n\r\n" + HIDDEN,
    "chunks with line feeds alone": CHUNKED + b"3\nabc\n0\n\n" + HIDDEN,
    "a chunk without its end": CHUNKED + b"3\r\nabcXX0\r\n\r\n" + HIDDEN,
    "a chunk of less than nothing": CHUNKED + b"-1\r\nabc\r\n0\r\n\r\n" + HIDDEN,
    "a chunk of more than 64 bits": CHUNKED + b"1" * 17 + b"\r\nabc\r\n0\r\n\r\n" + HIDDEN,
    "two hosts": b"GET /api/setup HTTP/1.1\r\n" + HOST + HOST + b"\r\n" + HIDDEN,
    "another host in the address": b"GET http://evil.example/api/setup HTTP/1.1\r\n" + HOST + b"\r\n" + HIDDEN,
    "a name before the host": b"GET http://127.0.0.1@evil.example/api/setup HTTP/1.1\r\n" + HOST + b"\r\n" + HIDDEN,
    "a host without a scheme": b"CONNECT evil.example:443 HTTP/1.1\r\n" + HOST + b"\r\n" + HIDDEN,
}


def answers(server: Server, data: bytes) -> tuple[list[int], bool]:
    """The statuses of everything that is answered, and whether the server closed the connection after it."""
    heard, is_closed = b"", False
    with wire(server.port, 3) as line:
        line.sendall(data)
        try:
            while more := line.recv(65_536):
                heard += more
            is_closed = True
        except TimeoutError:
            pass
        except ConnectionResetError:
            is_closed = True
    return [int(each) for each in re.findall(rb"HTTP/1\.1 (\d{3}) ", heard)], is_closed


@pytest.mark.parametrize("what", DISPUTED)
def test_what_could_be_counted_in_two_ways_is_refused(server: Server, what: str) -> None:
    assert answers(server, DISPUTED[what]) == ([400], True)


def test_a_body_that_nobody_reads_is_no_request(server: Server) -> None:
    hidden = b"GET /api/none/at/all HTTP/1.1\r\nX: "
    head = b"GET /api/setup HTTP/1.1\r\n" + HOST + b"Content-Length: %d\r\n\r\n" % len(hidden)
    statuses, _ = answers(server, head + hidden + b"GET /health HTTP/1.1\r\n" + HOST + b"\r\n")
    assert statuses == [200, 200]


def test_nothing_follows_another_protocol(server: Server) -> None:
    upgrade = b"GET /health HTTP/1.1\r\n" + HOST + b"Upgrade: h2c\r\nConnection: Upgrade\r\n\r\n"
    assert answers(server, upgrade + HIDDEN) == ([200], True)


def test_a_socket_is_not_opened_beside_an_answer(server: Server) -> None:
    """Else the answer would be written among the frames, or to a connection that is gone, and be told in the log."""
    socket = [
        ("Upgrade", "websocket"),
        ("Connection", "Upgrade"),
        ("Sec-WebSocket-Version", "13"),
        ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="),
    ]
    before = len(server.site.output)
    for signed in ([], [("Authorization", f"Bearer {server.boss.token}")]):
        data = request_bytes("GET", "/api/setup") + request_bytes("GET", "/api/socket", [*socket, *signed])
        statuses, is_closed = answers(server, data)
        assert (101 not in statuses, is_closed) == (True, True)
    assert exchange(server.port, request_bytes("GET", "/health")).status == 200
    assert "Exception in ASGI application" not in server.site.output[before:]


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "PURGE", "PROPFIND", "MKCOL", "SEARCH"])
def test_a_method_that_no_route_has_tells_nothing(server: Server, method: str) -> None:
    answer = exchange(server.port, request_bytes(method, "/api/setup", [("X-Secret", "4711")]))
    assert answer.status in (400, 405)
    assert b"4711" not in answer.body
