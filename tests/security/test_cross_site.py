"""A page of another site, in the browser of somebody who is signed in: it changes nothing, at no route."""

import re

import httpx
import pytest

from bilin.core.codec import to_json
from tests.security.conftest import PASSWORD, Server
from tests.security.test_bad_input import operations

SETUP = {"company": "别人的", "name": "某人", "login": "x", "password": PASSWORD, "locale": "en", "code": "0"}
OPEN_TO_ALL: dict[str, dict[str, str]] = {
    "/api/sessions": {"login": "wang.fang", "password": PASSWORD},
    "/api/setup": SETUP,
    "/api/setup/join": {"token": "bilin-site-none"},
}
"""Routes that no session is needed for; programs use them without an origin, browsers always send one."""
PLACE = re.compile(r"\{[^}]*\}")


@pytest.fixture(scope="module")
def browser(server: Server) -> httpx.Client:
    """The cookies of a colleague who is signed in."""
    client = httpx.Client(base_url=server.site.address, trust_env=False, timeout=30)
    assert client.post("/api/sessions", json={"login": "wang.fang", "password": PASSWORD}).status_code == 201
    return client


def origins(server: Server) -> dict[str, str | None]:
    own = server.site.address
    return {
        "none": None,
        "null": "null",
        "another": "http://evil.example",
        "https": own.replace("http:", "https:"),
        "another port": "http://127.0.0.1:1",
        "no port": "http://127.0.0.1",
        "a longer name": f"{own}.evil.example",
        "a name before": f"http://evil.example@127.0.0.1:{server.port}",
        "a path": f"{own}/",
        "a blank": f"{own} http://evil.example",
    }


@pytest.mark.parametrize("kind", ["text/plain", "application/json", "application/x-www-form-urlencoded"])
def test_no_route_is_used_from_elsewhere(server: Server, browser: httpx.Client, kind: str) -> None:
    tried, let_in = 0, []
    for method, path, _ in operations(server):
        if method in ("GET", "HEAD"):
            continue
        for name, origin in origins(server).items():
            if origin is None and path in OPEN_TO_ALL:
                continue
            content = to_json(OPEN_TO_ALL.get(path, {}))
            headers = {"content-type": kind} | ({} if origin is None else {"origin": origin})
            answer = browser.request(method, PLACE.sub("1", path), headers=headers, content=content)
            tried += 1
            if (answer.status_code, answer.json().get("code")) != (403, "identity.foreign_origin"):
                let_in.append((method, path, name, answer.status_code, answer.text[:100]))
    assert not let_in
    assert tried > 300


def test_reading_changes_nothing(server: Server, browser: httpx.Client) -> None:
    """What an image or a link elsewhere can ask for is asked for without an origin: it writes nothing into the log."""
    before = server.do("GET", "/sync", by=server.boss)["pos"]
    for method, path, about in operations(server):
        if method == "GET":
            given = {each["name"]: "1" for each in about.get("parameters", ()) if each["in"] == "query"}
            browser.get(PLACE.sub("1", path), params=given)
    assert server.do("GET", "/sync", by=server.boss)["pos"] == before


def test_nobody_elsewhere_may_read_the_answers(server: Server, browser: httpx.Client) -> None:
    for target in ("/api/me", "/api/sync", "/api/setup", "/", "/assets/none.js"):
        answer = browser.get(target, headers={"origin": "http://evil.example"})
        assert not [name for name in answer.headers if name.startswith("access-control")]
        assert answer.headers["cross-origin-resource-policy"] == "same-origin"
    asked = {"origin": "http://evil.example", "access-control-request-method": "POST"}
    answer = browser.options("/api/conversations", headers=asked)
    assert not [name for name in answer.headers if name.startswith("access-control")]
