"""Bytes to a server and back, as an attacker sends them: no client library that would put them right first."""

import socket
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

import msgspec

ANSWER_WITHIN_S = 20.0


@dataclass(frozen=True)
class Answer:
    """One HTTP answer, taken apart by hand."""

    status: int
    """0: the connection was closed without an answer."""
    headers: dict[str, str] = field(default_factory=dict)
    """Names in lower case."""
    cookies: tuple[str, ...] = ()
    """Every `Set-Cookie`, whole."""
    body: bytes = b""

    def json(self) -> dict[str, object]:
        return msgspec.json.decode(self.body, type=dict[str, object])

    @property
    def code(self) -> str:
        """The code of the problem it is; empty when it is none."""
        try:
            return str(self.json().get("code", ""))
        except msgspec.DecodeError:
            return ""


@contextmanager
def wire(port: int, timeout_s: float = ANSWER_WITHIN_S) -> Iterator[socket.socket]:
    """A TCP connection to a server of this machine."""
    with socket.create_connection(("127.0.0.1", port), timeout_s) as line:
        yield line


def request_bytes(
    method: str, target: str, headers: Iterable[tuple[str, str]] = (), body: bytes = b"", *, host: str = "127.0.0.1"
) -> bytes:
    """A request with nothing added but `Host` (not when it is empty) and, for a body, its length."""
    lines = [f"{method} {target} HTTP/1.1"]
    if host:
        lines.append(f"Host: {host}")
    if body:
        lines.append(f"Content-Length: {len(body)}")
    lines += [f"{name}: {value}" for name, value in headers]
    return "\r\n".join(lines).encode("utf-8", "surrogateescape") + b"\r\n\r\n" + body


def exchange(port: int, data: bytes, timeout_s: float = ANSWER_WITHIN_S) -> Answer:
    """Send bytes on a connection of their own, and take the answer apart. A server that closes early is no error."""
    with wire(port, timeout_s) as line:
        with suppress(BrokenPipeError, ConnectionResetError):
            line.sendall(data)
        return read_answer(line)


def read_answer(line: socket.socket) -> Answer:
    """The next answer on a connection. What follows it stays there for the next one who reads."""
    head = _head(line)
    if not head:
        return Answer(0)
    first, *lines = head.decode("latin-1").split("\r\n")
    pairs = [(name.lower(), value.strip()) for name, _, value in (each.partition(":") for each in lines)]
    headers = dict(pairs)
    length = int(headers.get("content-length", "0"))
    chunked = headers.get("transfer-encoding", "") == "chunked"
    body = b""
    while (chunked and not body.endswith(b"0\r\n\r\n")) or len(body) < length:
        more = _more(line, 65_536 if chunked else length - len(body))
        if not more:
            break
        body += more
    cookies = tuple(value for name, value in pairs if name == "set-cookie")
    return Answer(int(first.split(" ")[1]), headers, cookies, _joined(body) if chunked else body)


def _head(line: socket.socket) -> bytes:
    """The first line and the headers; nothing when the connection ends before."""
    data = b""
    while not data.endswith(b"\r\n\r\n"):
        there = _more(line, 65_536, socket.MSG_PEEK)
        if not there:
            return b""
        end = (data[-3:] + there).find(b"\r\n\r\n")
        data += _more(line, len(there) if end < 0 else end + 4 - len(data[-3:]))
    return data[:-4]


def is_closed(line: socket.socket, within_s: float) -> bool:
    """Whether the other end closes the connection, whatever it says before."""
    line.settimeout(within_s)
    try:
        while line.recv(65_536):
            pass
    except TimeoutError:
        return False
    except ConnectionResetError:
        return True
    return True


def _more(line: socket.socket, most: int, flags: int = 0) -> bytes:
    try:
        return line.recv(most, flags)
    except ConnectionResetError:
        return b""


def _joined(body: bytes) -> bytes:
    """The chunks of a body as one (RFC 9112, section 7.1)."""
    whole = b""
    while body:
        size, _, body = body.partition(b"\r\n")
        length = int(size.partition(b";")[0] or b"0", 16)
        if not length:
            break
        whole, body = whole + body[:length], body[length + 2 :]
    return whole
