"""A flood of sign-ins against a running server: whom it keeps out, and what it leaves in the log."""

from typing import Any

import httpx

from tests.security.conftest import PASSWORD, Server


def sign_in(server: Server, login: str, password: str, network: str, device_token: str = "") -> httpx.Response:
    """One attempt from an address of the loopback network: to the server each is a network of its own."""
    body = {"login": login, "password": password, "bearer": True, "device_token": device_token}
    with httpx.Client(transport=httpx.HTTPTransport(local_address=network), trust_env=False) as client:
        return client.post(f"{server.site.address}/api/sessions", json=body, timeout=30)


def test_a_network_that_guesses_locks_out_itself_alone(server: Server) -> None:
    given: dict[str, Any] = sign_in(server, "li.na", PASSWORD, "127.0.0.9").json()
    answers = [sign_in(server, "li.na", f"wrong {n}", "127.0.0.9").status_code for n in range(15)]
    assert answers == [401] * 10 + [429] * 5
    refused = sign_in(server, "li.na", PASSWORD, "127.0.0.9")
    assert (refused.status_code, refused.json()["code"]) == (429, "core.too_many")
    assert int(refused.headers["retry-after"]) >= 1
    assert sign_in(server, "li.na", PASSWORD, "127.0.0.9", given["device_token"]).status_code == 201
    assert sign_in(server, "li.na", PASSWORD, "127.0.0.8").status_code == 201
    assert sign_in(server, "liu.yang", PASSWORD, "127.0.0.9").status_code == 201


def test_a_stolen_session_cannot_lock_its_owner_out(server: Server) -> None:
    thief = server.sign_in("liu.yang")
    owner = server.sign_in("liu.yang")
    body = {"old": "wrong wrong", "new": "another horse 电池"}
    answers = [server.send("POST", "/me/password", body, by=thief).status_code for _ in range(12)]
    assert answers == [403] * 10 + [429] * 2
    server.sign_in("liu.yang")
    assert server.send("POST", "/me/password", body, by=owner).status_code == 403
