"""Whoever may not import is refused before a byte of the file is read, however much of it is announced."""

import socket
import time

import pytest

from bilin.identity.imports.columns import MAX_COLUMNS, REQUIRED, find_heading
from tests.security.conftest import Server
from tests.security.wire import read_answer

PATH = "/api/org/import?dry_run=true"
TOO_MANY = 429


def ask(server: Server, token: str | None, length: int) -> int:
    """The status, of a request that announces a body and never sends it. What was announced is charged, so it may have
    to wait until there is as much again."""
    while (status := _status(server, token, length)) == TOO_MANY:
        time.sleep(1)
    return status


def _status(server: Server, token: str | None, length: int) -> int:
    signed = f"Authorization: Bearer {token}\r\n" if token else ""
    head = (
        f"POST {PATH} HTTP/1.1\r\nHost: 127.0.0.1\r\n{signed}Content-Type: text/csv\r\nContent-Length: {length}\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as line:
        line.sendall(head.encode())
        return read_answer(line).status


@pytest.mark.parametrize("length", [10, 60_000_000, 10_000_000_000])
def test_who_may_not_is_refused_at_once(server: Server, length: int) -> None:
    assert ask(server, server.colleague.token, length) == 403
    assert ask(server, None, length) == 401


def test_too_much_is_refused_before_it_comes(server: Server) -> None:
    assert ask(server, server.boss.token, 10_000_000_000) == 413


HEAD = "login,name,unit"
BOMBS = {
    "columns": HEAD + ",x" * 300_000 + "\n",
    "the same column": "login," * 300_000 + "\n",
    "commas": "," * 3_000_000,
    "brackets in a head": f"{'(' * 100_000},{HEAD}\n",
    "square brackets in a head": f"{'[' * 100_000},{HEAD}\n",
    "a quote that never ends": f'{HEAD}\n"' + "a" * 3_000_000,
    "quotes": f"{HEAD}\n" + '"a""' * 400_000,
    "lines": f"{HEAD}\n" + "\n" * 3_000_000,
}


@pytest.mark.parametrize("what", BOMBS)
def test_a_file_made_to_take_for_ever_is_answered(server: Server, what: str) -> None:
    """Within the half minute that the client of these tests waits, and others are served meanwhile."""
    while (
        answer := server.send("POST", "/org/import?dry_run=true", by=server.boss, content=BOMBS[what].encode())
    ).status_code == TOO_MANY:
        time.sleep(1)
    assert answer.status_code in (200, 422)


def test_a_row_without_end_names_no_columns() -> None:
    names = ["login", "name", "unit", *["x"] * (MAX_COLUMNS - 3)]
    assert not find_heading([names]).missing
    assert find_heading([[*names, "x"]]).missing == list(REQUIRED)
    assert find_heading([["login", "name", "unit", *[""] * 1_000_000]]).missing == []
