"""One budget a person over everything they ask; what is beyond it costs the server next to nothing."""

from typing import Any

import pytest

from tests.security.conftest import NewServer, Server


@pytest.fixture(scope="module")
def narrow(new_server: NewServer) -> Server:
    """A server on which programs may ask for 200 points at once, and for 20 a second."""
    return new_server(BILIN_LIMITS_PROGRAM_POINTS_PER_MINUTE="1200").found()


def test_everything_a_person_asks_is_one_budget(narrow: Server) -> None:
    wang, li = narrow.people["wang.fang"], narrow.people["li.na"]
    room = narrow.group(wang, li)
    asked: list[tuple[str, str, Any]] = [
        ("GET", "/org/search?q=王", None),
        ("GET", "/sync", None),
        ("PATCH", "/me/preferences", {"theme": "dark"}),
        ("PATCH", "/me/preferences", {"theme": "light"}),
        ("POST", f"/conversations/{room}/read", {"through": "1"}),
    ]
    statuses = [narrow.send(*each, by=wang).status_code for _ in range(30) for each in asked]
    assert statuses.count(429) > 10
    for method, path, body in asked:
        refused = narrow.send(method, path, body, by=wang)
        if refused.status_code == 429:
            assert refused.json()["code"] == "core.too_many"
            assert int(refused.headers["retry-after"]) >= 1
    assert narrow.send("GET", "/org/directory", by=li).status_code == 200
    body = {"content": {"blocks": [{"type": "paragraph", "spans": [{"type": "text", "text": "还在"}]}]}}
    assert narrow.send("POST", f"/conversations/{room}/messages", body, by=li).status_code == 201


def test_bytes_count_too(narrow: Server) -> None:
    liu = narrow.people["liu.yang"]
    body = {"theme": "dark", "ignored": "x" * 100_000}
    statuses = [narrow.send("PATCH", "/me/preferences", body, by=liu).status_code for _ in range(12)]
    assert statuses[0] == 200
    assert 429 in statuses[3:]


def test_an_import_by_somebody_who_may_not_is_charged_before_it_is_read(narrow: Server) -> None:
    liu = narrow.people["liu.yang"]
    answers = [
        narrow.send("POST", "/org/import", by=liu, content=b"x" * 500_000, headers={"content-type": "text/csv"})
        for _ in range(3)
    ]
    assert {answer.status_code for answer in answers[1:]} == {429}
