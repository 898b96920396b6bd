"""A password that somebody else knows: a session opened with it reaches nothing but the choice of another one."""

import re

import pytest

from tests.security.conftest import GIVEN, PASSWORD, Person, Server
from tests.security.wire import exchange, request_bytes

TO_CHOOSE = "identity.must_change_password"
OPEN = {"GET /api/me", "POST /api/me/password", "DELETE /api/sessions/{session}"}
"""What such a session may do: see who it is, choose a password, sign out."""
PUBLIC = {"GET /api/setup", "POST /api/setup", "POST /api/setup/join", "POST /api/sessions"}


@pytest.fixture(scope="module")
def newcomer(server: Server) -> Person:
    """Somebody who has signed in with the password they were given."""
    body = {"name": "新人", "login": "xin.ren", "password": GIVEN, "unit": server.unit}
    server.do("POST", "/org/people", body, by=server.boss)
    return server.sign_in("xin.ren", GIVEN)


def test_no_route_is_open_to_it(server: Server, newcomer: Person) -> None:
    paths = server.do("GET", "/openapi.json", by=server.boss)["paths"]
    routes = {f"{method.upper()} {path}" for path, methods in paths.items() for method in methods}
    assert routes >= OPEN | PUBLIC
    tried = sorted(route for route in routes - OPEN - PUBLIC if "/api/" in route)
    assert len(tried) > 40
    for route in tried:
        method, path = route.split(" /api", 1)
        answer = server.send(method, re.sub(r"\{[^}]*\}", "1", path), by=newcomer)
        assert (answer.status_code, answer.json().get("code")) == (403, TO_CHOOSE), route


def test_nor_the_socket(server: Server, newcomer: Person) -> None:
    headers = {
        "Authorization": f"Bearer {newcomer.token}",
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Version": "13",
    }
    answer = exchange(server.port, request_bytes("GET", "/api/socket", headers.items()))
    assert (answer.status, answer.code) == (403, TO_CHOOSE)


def test_whoever_gave_it_cannot_go_on_with_it(server: Server) -> None:
    """The person chose another: a session that was opened with the given one by somebody else ends."""
    body = {"name": "新人", "login": "xin.ren.2", "password": GIVEN, "unit": server.unit}
    server.do("POST", "/org/people", body, by=server.boss)
    giver, person = server.sign_in("xin.ren.2", GIVEN), server.sign_in("xin.ren.2", GIVEN)
    server.do("POST", "/me/password", {"old": GIVEN, "new": PASSWORD}, by=person)
    assert server.send("GET", "/me", by=giver).status_code == 401
    assert server.send("POST", "/sessions", {"login": "xin.ren.2", "password": GIVEN}).status_code == 401
    assert server.send("GET", "/org/units", by=person).status_code == 200


@pytest.mark.parametrize("weak", ["12345678", "Password1!", "xin.ren.2026", "云川集团2026", "qwertyuiop", "bilin888"])
def test_weak_ones_are_refused_wherever_one_is_set(server: Server, newcomer: Person, weak: str) -> None:
    body = {"name": "新人", "login": "xin.ren.3", "password": weak.replace("ren", "ren.3"), "unit": server.unit}
    table = f"login,name,unit,password\nxin.ren.4,新人,云川集团,{weak}\n".encode()
    tried = [
        server.send("POST", "/me/password", {"old": GIVEN, "new": weak}, by=newcomer),
        server.send("PATCH", f"/org/people/{newcomer.id}", {"password": weak}, by=server.boss),
        server.send("POST", "/org/people", body, by=server.boss),
    ]
    assert [answer.status_code for answer in tried] == [422, 422, 422], [answer.text for answer in tried]
    if "ren" not in weak:
        headers = {"content-type": "text/csv"}
        answer = server.send("POST", "/org/import", by=server.boss, content=table, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (422, "identity.import_refused")


@pytest.mark.parametrize("weak", ["12345678", "password", "yunchuan2026", "zhangwei88"])
def test_nor_does_a_founder_begin_with_one(fresh_server: Server, weak: str) -> None:
    body = {"company": "云川集团", "name": "张伟", "login": "zhang.wei", "password": weak, "locale": "zh-CN"}
    answer = fresh_server.send("POST", "/setup", {**body, "code": fresh_server.site.setup_code})
    assert answer.status_code == 422
    assert set(answer.json()["details"]["fields"]) == {"password"}
    assert fresh_server.do("GET", "/setup")["needed"]
