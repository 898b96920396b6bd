"""A socket of a running server under attack: control frames, half messages, sockets and starts without end."""

import base64
import os
import socket
import struct
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from tests.security.conftest import Person, Server

PING, CLOSE = 0x89, 0x88


@contextmanager
def opened(server: Server, person: Person) -> Iterator[socket.socket]:
    """A socket that was granted, and nothing sent on it."""
    key = base64.b64encode(os.urandom(16)).decode()
    head = [
        "GET /api/socket HTTP/1.1",
        f"Host: 127.0.0.1:{server.port}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        f"Sec-WebSocket-Key: {key}",
        "Sec-WebSocket-Version: 13",
        f"Authorization: Bearer {person.token}",
    ]
    with socket.create_connection(("127.0.0.1", server.port), 20) as line:
        line.sendall("\r\n".join([*head, "", ""]).encode())
        answer = b""
        while b"\r\n\r\n" not in answer:
            answer += line.recv(4096)
        assert answer.split()[1] == b"101", answer
        yield line


def masked(first: int, payload: bytes = b"") -> bytes:
    return struct.pack(">BB4s", first, 0x80 | len(payload), bytes(4)) + payload


def close_code(line: socket.socket, within_s: float = 20) -> int:
    """The code with which the server closes; 0: the line was cut without one."""
    line.settimeout(within_s)
    heard = b""
    try:
        while more := line.recv(65_536):
            heard += more
    except (ConnectionResetError, BrokenPipeError):
        pass
    at = heard.rfind(bytes((CLOSE, 2)))
    return int(struct.unpack(">H", heard[at + 2 : at + 4])[0]) if at >= 0 else 0


def test_a_flood_of_pings_is_cut_off(server: Server) -> None:
    with opened(server, server.people["li.na"]) as line:
        try:
            for _ in range(200):
                line.sendall(masked(PING) * 5_000)
        except (BrokenPipeError, ConnectionResetError):
            pass
        assert close_code(line) in (4400, 0)
    assert server.send("GET", "/me", by=server.people["li.na"]).status_code == 200


def test_start_without_end_is_cut_off(server: Server) -> None:
    with opened(server, server.people["li.na"]) as line:
        for _ in range(15):
            line.sendall(masked(0x81, b'{"t":"start","run":"0","pos":0}'))
            time.sleep(0.02)
        assert close_code(line) == 4400


def test_a_session_has_so_many_sockets_and_others_are_left_alone(server: Server) -> None:
    thief, other = server.sign_in("liu.yang"), server.people["wang.fang"]
    with ExitStack() as lines:
        for _ in range(20):
            lines.enter_context(opened(server, thief))
        refused = server.send(
            "GET",
            "/socket",
            by=thief,
            headers={
                "upgrade": "websocket",
                "connection": "Upgrade",
                "sec-websocket-key": base64.b64encode(bytes(16)).decode(),
                "sec-websocket-version": "13",
            },
        )
        assert (refused.status_code, refused.json()["code"]) == (429, "gateway.too_many_sockets")
        with opened(server, other):
            pass
        with opened(server, server.sign_in("liu.yang")):
            pass
