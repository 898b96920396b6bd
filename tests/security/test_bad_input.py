"""Every route of the interface with what no client of ours sends: each is refused in words, and none breaks."""

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

import httpx
import pytest
from websockets.sync.client import connect

from tests.security.conftest import Person, Server
from tests.security.wire import exchange, request_bytes

IN_PATHS = {
    "nul": "%00",
    "nul inside": "a%00b",
    "no utf-8": "%ff%fe",
    "cut utf-8": "%e4%ba",
    "surrogate": "%ed%a0%80",
    "overlong": "%c0%af",
    "lone percent": "%",
    "no hex": "%zz",
    "double": "%2500",
    "slash": "%2f..%2f..%2fetc%2fpasswd",
    "backslash": "%5c..%5c",
    "newline": "%0d%0aX-A:%20b",
    "long": "a" * 4000,
    "long number": "9" * 4500,
    "too large": str(1 << 63),
    "far too small": str(-(1 << 70)),
    "other digits": "%D9%A1%D9%A2%D9%A3",
    "float": "1e5",
    "not a number": "NaN",
    "underscores": "1_000",
    "bidi": "%e2%80%ae",
    "emoji": "%F0%9F%91%A8%E2%80%8D%F0%9F%91%A9",
    "empty": "",
}
DEEP = 100_000
BODIES: dict[str, bytes] = {
    "nothing": b"",
    "deep lists": b"[" * DEEP + b"]" * DEEP,
    "deep objects": b'{"a":' * DEEP + b"1" + b"}" * DEEP,
    "deep in a field": b'{"content":' + b"[" * DEEP + b"]" * DEEP + b"}",
    "no json": b"{",
    "two": b"{}{}",
    "null": b"null",
    "list": b"[]",
    "text": b'"a"',
    "number": b"1",
    "not a number": b'{"a":NaN}',
    "large number": b"1" * 5000,
    "large exponent": b'{"a":1e99999}',
    "twice the same": b'{"login":"a","login":"b","password":"x","password":1}',
    "no utf-8": b'{"login":"\xff\xfe","password":"x"}',
    "cut utf-8": b'{"login":"\xe4\xba',
    "utf-16": '{"login":"a"}'.encode("utf-16"),
    "byte order mark": b"\xef\xbb\xbf{}",
    "nul": b"\0" * 100,
}
VALUES: tuple[Any, ...] = (
    "\0", "a\0b", "\ud800", "\U000e0041", "\u202e", "", " ", "a" * 20_000, "\n" * 100, None, True, -1, 0, 1 << 63,
    1 << 64, 10**400, -(10**30), 1.5, 1e308, [], [[]], {}, {"": ""}, ["\0"], [None], [1 << 70], {"a\0": "b"},
    "9" * 5000,
)  # fmt: skip
CONTENT_TYPES = (
    "",
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data",
    "multipart/form-data; boundary=" + "a" * 500,
    "application/msgpack",
    "application/vnd.msgpack",
    "application/json; charset=utf-16",
    "application/json; charset=no-such-thing",
    "\xff\xfe",
    "text/csv",
)


@cache
def _interface(address: str, token: str) -> dict[str, Any]:
    headers = {"authorization": f"Bearer {token}"}
    answer: dict[str, Any] = httpx.get(f"{address}/api/openapi.json", headers=headers, trust_env=False).json()
    return answer


def interface(server: Server) -> dict[str, Any]:
    """The server's own description of its routes."""
    return _interface(server.site.address, server.boss.token)


def operations(server: Server) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Method, path and description of every route."""
    for path, methods in interface(server)["paths"].items():
        for method, about in methods.items():
            yield method.upper(), path, about


def filled(path: str, value: str) -> str:
    """A path with a value in all its places."""
    parts = [value if part.startswith("{") else part for part in path.split("/")]
    return "/".join(parts)


def fields(server: Server, about: dict[str, Any]) -> dict[str, Any]:
    """The properties of a request's body; none when it has no JSON body."""
    described = about.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
    if "$ref" in described:
        described = interface(server)["components"]["schemas"][described["$ref"].rpartition("/")[2]]
    return dict(described.get("properties", {}))


def assert_refused_or_done(server: Server, data: bytes, about: object) -> None:
    answer = exchange(server.port, data)
    assert 0 < answer.status < 500 or answer.code in ("core.unavailable", "sites.unreachable"), (about, answer)
    if answer.status >= 400:
        assert answer.code, (about, answer)
        assert b"Traceback" not in answer.body, about


def signed(by: Person | None) -> list[tuple[str, str]]:
    return [("Authorization", f"Bearer {by.token}")] if by else []


@pytest.mark.parametrize("who", ["stranger", "boss"])
def test_paths_and_queries(server: Server, who: str) -> None:
    headers = signed(server.boss if who == "boss" else None)
    tried = 0
    for method, path, about in operations(server):
        names = [each["name"] for each in about.get("parameters", ()) if each["in"] == "query"]
        for name, value in IN_PATHS.items():
            targets = [filled(path, value)] if "{" in path else []
            targets += [f"{filled(path, '1')}?{each}={value}" for each in names]
            targets += [f"{filled(path, '1')}?{value}={value}&{value}"] if method == "GET" else []
            for target in targets:
                assert_refused_or_done(server, request_bytes(method, target, headers), (method, path, name))
                tried += 1
    assert tried > 500


@pytest.mark.parametrize("name", IN_PATHS)
def test_pages(server: Server, name: str) -> None:
    value = IN_PATHS[name]
    for target in (
        f"/{value}",
        f"/assets/{value}",
        f"/messages/{value}?{value}={value}",
        f"/api/{value}",
        f"/?{value}",
    ):
        assert_refused_or_done(server, request_bytes("GET", target), (name, target))
    assert_refused_or_done(server, request_bytes("GET", "/" + "/".join("a" * 200 for _ in range(30))), name)


@pytest.mark.parametrize("who", ["stranger", "boss"])
def test_bodies(server: Server, who: str) -> None:
    headers = [*signed(server.boss if who == "boss" else None), ("Content-Type", "application/json")]
    for method, path, about in operations(server):
        if method not in ("POST", "PUT", "PATCH"):
            continue
        for name, body in BODIES.items():
            data = request_bytes(method, filled(path, "1"), headers, body)
            assert_refused_or_done(server, data, (method, path, name))
        known = fields(server, about)
        for field in known if "/sites/cut" not in path else ():
            for value in VALUES:
                whole = dict.fromkeys(known, "1") | {field: value}
                data = request_bytes(method, filled(path, "1"), headers, json.dumps(whole).encode())
                assert_refused_or_done(server, data, (method, path, field, value))


def test_messages_of_every_shape(server: Server) -> None:
    room = server.group(server.boss, server.colleague)
    path = f"/api/conversations/{room}/messages"
    headers = [*signed(server.boss), ("Content-Type", "application/json")]
    for value in VALUES:
        for content in (
            value,
            {"blocks": value},
            {"blocks": [value]},
            {"blocks": [{"kind": "paragraph", "spans": value}]},
            {"v": 1, "blocks": [{"t": "p", "spans": [{"t": "text", "text": value}]}]},
        ):
            body = json.dumps({"content": content, "reply_to": value, "mentions": value}).encode()
            assert_refused_or_done(server, request_bytes("POST", path, headers, body), (value, content))


@pytest.mark.parametrize("kind", CONTENT_TYPES)
def test_content_types(server: Server, kind: str) -> None:
    for path in ("/api/sessions", "/api/setup", "/api/setup/join"):
        for name, body in BODIES.items():
            head = request_bytes("POST", path, [("Content-Length", str(len(body)))])[:-2]
            typed = b"Content-Type: " + kind.encode("latin-1") + b"\r\n\r\n" if kind else b"\r\n"
            assert_refused_or_done(server, head + typed + body, (path, kind, name))


HEADERS: dict[str, bytes] = {
    "cookie bytes": b"Cookie: \xff\xfe=\x80; bilin_session=\xff; =; ;;",
    "cookie quotes": b'Cookie: bilin_session="\\377\\',
    "bearer bytes": b"Authorization: Bearer \xff\xfe\x80",
    "local token": b"Authorization: Bearer local.\xff.\xfe",
    "local token of letters": b"Authorization: Bearer local.abc.def",
    "local token of digits": b"Authorization: Bearer local." + b"9" * 5000 + b".def",
    "basic": b"Authorization: Basic \xff",
    "key bytes": b"Idempotency-Key: \xff\xfe",
    "long key": b"Idempotency-Key: " + b"a" * 5000,
    "language": b"Accept-Language: \xff;q=\xfe",
    "accept": b"Accept: \xff/\xfe;q=x, */",
    "encoding": b"Accept-Encoding: \xff;q=nan",
    "origin": b"Origin: \xff\xfe",
    "negative length": b"Content-Length: -1",
    "length of letters": b"Content-Length: abc",
    "long length": b"Content-Length: " + b"9" * 100,
    "two lengths": b"Content-Length: 1\r\nContent-Length: 2",
    "length and chunks": b"Content-Length: 5\r\nTransfer-Encoding: chunked",
    "unknown coding": b"Transfer-Encoding: gzip",
    "bad chunk": b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
    "huge chunk": b"Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n",
    "two hosts": b"Host: evil.example",
    "range": b"Range: bytes=999999999999999999999-",
    "since": b"If-Modified-Since: \xff",
    "no name": b": a",
    "space in a name": b"X A: b",
    "expectation": b"Expect: 200-ok",
    "upgrade to what": b"Connection: Upgrade\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__",
}


@pytest.mark.parametrize("name", HEADERS)
def test_headers(server: Server, name: str) -> None:
    for method, target in (("GET", "/"), ("GET", "/api/me"), ("GET", "/api/setup"), ("POST", "/api/sessions")):
        data = request_bytes(method, target)[:-2] + HEADERS[name] + b"\r\n\r\n"
        assert_refused_or_done(server, data, (method, target, name))


FIRST_LINES = (
    b"GET\r\n\r\n",
    b"GET /\r\n\r\n",
    b"GET / HTTP/9.9\r\n\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\0" * 50,
    b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    b"GET http:// HTTP/1.1\r\nHost: a\r\n\r\n",
    b"GET * HTTP/1.1\r\nHost: a\r\n\r\n",
    b"OPTIONS * HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    b"CONNECT 127.0.0.1:22 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    b"GET http://127.0.0.1:99999999/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    b"GET /\xff HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    b"GET /\0 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    b"\0" * 1000 + b"\r\n\r\n",
    b"BREW / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    b"GET / HTTP/1.1\nHost: 127.0.0.1\n\n",
    b"GET  /  HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
)


@pytest.mark.parametrize("data", FIRST_LINES)
def test_first_lines(server: Server, data: bytes) -> None:
    assert_refused_or_done(server, data, data[:40])


def test_what_is_damaged_is_named(server: Server) -> None:
    """The right words, and not just any refusal."""
    bad_address = exchange(server.port, request_bytes("GET", "/api/org/search?q=%ff"))
    assert (bad_address.status, bad_address.code) == (400, "core.malformed")
    head = [("Content-Type", "application/json")]
    for body in (BODIES["deep lists"], BODIES["deep objects"], BODIES["no json"], BODIES["no utf-8"]):
        said = exchange(server.port, request_bytes("POST", "/api/sessions", head, body))
        assert (said.status, said.code) == (400, "core.malformed")


def test_deep_nesting_on_the_socket(server: Server) -> None:
    """16 KiB of brackets: a bad frame as any other, after which the connection works."""
    headers = {"Authorization": f"Bearer {server.boss.token}"}
    deep = ("[" * 16_000, '{"t":"start","pos":' + "[" * 16_000, '{"t":"ping","a":' + '{"a":' * 3_000)
    for frame in (*deep, "\0", '"\\ud800"', '{"t":"start","pos":' + "9" * 5000 + "}", '{"t":1e999}'):
        with connect(f"ws://127.0.0.1:{server.port}/api/socket", additional_headers=headers) as socket:
            socket.send(frame)
            assert json.loads(socket.recv(10))["code"] == "gateway.bad_frame"
            socket.send('{"t":"ping"}')
            assert json.loads(socket.recv(10))["t"] == "pong"


def test_a_bad_field_with_a_name_of_ours_is_named(server: Server) -> None:
    """`site` is also what routes call the site itself."""
    answer = server.send("POST", "/sites/verify", {"site": "x"}, by=server.boss)
    assert (answer.status_code, answer.json()["code"]) == (422, "core.invalid")
    assert list(answer.json()["details"]["fields"]) == ["site"]
