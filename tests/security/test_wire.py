"""The tools of these tests themselves: a real server answers bytes, and knows its people."""

from tests.security.conftest import Server
from tests.security.wire import exchange, request_bytes


def test_bytes_are_answered(server: Server) -> None:
    answer = exchange(server.port, request_bytes("GET", "/api/me"))
    assert (answer.status, answer.code) == (401, "identity.not_signed_in")


def test_people_are_signed_in(server: Server) -> None:
    names = {login: server.do("GET", "/me", by=person)["login"] for login, person in server.people.items()}
    assert names == {login: login for login in server.people}
    assert server.send("GET", "/grants?unit=" + server.unit, by=server.colleague).status_code == 403
    assert server.do("GET", f"/grants?unit={server.unit}", by=server.boss)
