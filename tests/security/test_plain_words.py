"""What a stranger is told: every refusal has its own title, in plain words; and one thing has one spelling."""

import json
from typing import Any

import pytest
from websockets.sync.client import connect

from tests.security.conftest import Server
from tests.security.wire import Answer, exchange, read_answer, request_bytes, wire

JSON = ("Content-Type", "application/json")
OF_THE_FRAMEWORK = (
    "`", "litestar", "msgspec", "python", "int()", "literal", "<class", "str_", "NoneType", "utf-8' codec",
    "Object missing", "Validation failed", "kwarg", "Traceback", "signature", "decode_hook", "got `",
)  # fmt: skip
OTHER_SPELLINGS = (
    "%D9%A1%D9%A2",
    "1_0",
    "+1",
    "01",
    "-0",
    "%201",
    "1%20",
    "1.0",
    "1e1",
    "0x1",
    "%EF%BC%99",
    str(1 << 63),
    "",
)


def test_head_is_get_without_a_body(server: Server) -> None:
    signed = [("Authorization", f"Bearer {server.boss.token}")]
    for path in ("/", "/health", "/api/setup", "/api/sync", "/api/org/people/1", "/messages/1"):
        got = exchange(server.port, request_bytes("GET", path, signed))
        with wire(server.port) as line:
            line.sendall(request_bytes("HEAD", path, signed) + request_bytes("GET", "/api/nothing"))
            head = line.recv(65_536)
            while b'"code":"identity.not_signed_in"' not in head:
                head += line.recv(65_536)
        first, _, rest = head.partition(b"\r\n\r\n")
        assert int(first.split()[1]) == got.status, path
        assert rest.startswith(b"HTTP/1.1 401"), (path, rest[:80])
    assert exchange(server.port, request_bytes("GET", "/api/sessions/1", signed)).status == 405
    assert _head_status(server, "/api/sessions/1") == 405


def _head_status(server: Server, path: str) -> int:
    with wire(server.port) as line:
        line.sendall(request_bytes("HEAD", path, [("Authorization", f"Bearer {server.boss.token}")]))
        return int(line.recv(65_536).split()[1])


def test_each_status_has_its_title(server: Server) -> None:
    wrong_method = exchange(server.port, request_bytes("PUT", "/api/me"))
    assert (wrong_method.status, wrong_method.code) == (405, "core.method_not_allowed")
    assert "GET" in wrong_method.headers["allow"]
    too_large = exchange(server.port, request_bytes("POST", "/api/sessions", [JSON, ("Content-Length", "10000000")]))
    assert (too_large.status, too_large.code) == (413, "core.body_too_large")
    for answer in (wrong_method, too_large):
        assert answer.json()["title"] not in ("", "Something is not right")
        assert not _leaks(answer), answer


def _leaks(answer: Answer) -> list[str]:
    said = answer.body.decode()
    return [word for word in OF_THE_FRAMEWORK if word.lower() in said.lower()]


BODIES: list[tuple[str, str, Any]] = [
    ("POST", "/sessions", {}),
    ("POST", "/sessions", {"login": 1, "password": None}),
    ("POST", "/sessions", []),
    ("POST", "/conversations", {"kind": "other", "people": ["x"], "title": 3}),
    ("POST", "/conversations", {"people": [1], "title": "x"}),
    ("POST", "/org/units", {"parent": 1, "name": "x", "kind": "department"}),
    ("POST", "/org/units", {"parent": "x", "name": "x", "kind": "kingdom"}),
    ("PATCH", "/me/preferences", {"theme": "pink", "text_scale": "x"}),
    ("POST", "/conversations/1/messages", {"content": {"blocks": [{"type": "x"}]}}),
    (
        "POST",
        "/conversations/1/messages",
        {"content": {"blocks": [{"type": "paragraph", "spans": [{"type": "text"}]}]}},
    ),
]
QUERIES = (
    "/org/people?limit=x",
    "/org/people?limit=0",
    "/org/people?limit=99999999999999999999",
    "/org/people?after=x",
    "/org/search",
    "/conversations/x/messages",
    "/conversations/1/messages?limit=1.5",
    "/org/people/x",
    "/grants",
    "/grants?unit=a",
)


@pytest.mark.parametrize(("method", "path", "body"), BODIES)
def test_refused_bodies_speak_of_json_and_not_of_python(server: Server, method: str, path: str, body: Any) -> None:
    answer = exchange(
        server.port,
        request_bytes(
            method, f"/api{path}", [("Authorization", f"Bearer {server.boss.token}"), JSON], json.dumps(body).encode()
        ),
    )
    assert 400 <= answer.status < 500
    assert not _leaks(answer), (answer.status, answer.body)


@pytest.mark.parametrize("path", QUERIES)
def test_refused_addresses_speak_of_json_and_not_of_python(server: Server, path: str) -> None:
    answer = exchange(
        server.port, request_bytes("GET", f"/api{path}", [("Authorization", f"Bearer {server.boss.token}")])
    )
    assert 400 <= answer.status < 500
    assert not _leaks(answer), (answer.status, answer.body)


@pytest.mark.parametrize("spelling", OTHER_SPELLINGS)
def test_an_id_has_one_spelling(server: Server, spelling: str) -> None:
    signed = [("Authorization", f"Bearer {server.boss.token}")]
    for path in (f"/api/org/people/{spelling}", f"/api/conversations/{spelling}", f"/api/org/people?ids={spelling}x"):
        answer = exchange(server.port, request_bytes("GET", path, signed))
        assert answer.status in (404, 422, 405, 400), (path, answer)
    answer = exchange(server.port, request_bytes("GET", f"/api/grants?unit={spelling}", signed))
    assert (answer.status, answer.code) == (422, "core.invalid")


def test_an_id_is_a_string_on_the_socket_and_in_bodies(server: Server) -> None:
    headers = {"Authorization": f"Bearer {server.boss.token}"}
    frames: list[dict[str, Any]] = [
        {"t": "typing", "conversation": 1},
        {"t": "watch", "people": [1]},
        {"t": "watch", "people": ["١٢"]},
        {"t": "start", "pos": 0, "run": 1},
        {"t": "start", "pos": 0, "run": "1_0"},
    ]
    for frame in frames:
        with connect(f"ws://127.0.0.1:{server.port}/api/socket", additional_headers=headers) as socket:
            socket.send(json.dumps(frame))
            said = json.loads(socket.recv(10))
            assert said["code"] == "gateway.bad_frame"
            assert not [word for word in OF_THE_FRAMEWORK if word in said["hint"]], said
    answer = server.send(
        "POST", "/org/units", {"parent": int(server.unit), "name": "x", "kind": "team"}, by=server.boss
    )
    assert (answer.status_code, list(answer.json()["details"]["reasons"])) == (422, ["parent"])


def test_a_forged_cookie_does_not_wait_for_a_position(server: Server) -> None:
    """Half a second each would hold a place for every request of a stranger."""
    ahead = ("Bilin-Position", "9" * 15)
    for shown in (("Cookie", "bilin_session=" + "x" * 43), ("Authorization", "Bearer " + "x" * 43), ("Cookie", "a=b")):
        with wire(server.port) as line:
            line.sendall(request_bytes("GET", "/api/me", [shown, ahead]) * 40)
            line.settimeout(10)  # forty times half a second would be twenty
            assert {read_answer(line).status for _ in range(40)} == {401}
