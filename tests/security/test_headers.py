"""Cookies, headers and addresses: what a browser is told, and whom the server believes."""

import re
import socket
import stat

import httpx
import pytest

from tests.security.conftest import FOUNDER, PASSWORD, NewServer, Server
from tests.security.wire import Answer, exchange, request_bytes, wire

NAMED = "chat.example.com"
SIGN_IN = f'{{"login":"{FOUNDER}","password":"{PASSWORD}"}}'.encode()
UPGRADE = [
    ("Connection", "Upgrade"),
    ("Upgrade", "websocket"),
    ("Sec-WebSocket-Version", "13"),
    ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="),
]


@pytest.fixture(scope="module")
def proxied(new_server: NewServer) -> Server:
    """Behind a TLS proxy on the same machine, which it believes."""
    settings = {"BILIN_HTTP_ORIGINS": f"https://{NAMED},https://云川.example", "BILIN_HTTP_PROXIES": "127.0.0.1"}
    return new_server(**settings).found()


def sign_in(server: Server, host: str, *headers: tuple[str, str]) -> Answer:
    given = [("Content-Type", "application/json"), *headers]
    return exchange(server.port, request_bytes("POST", "/api/sessions", given, SIGN_IN, host=host))


def cookie_of(answer: Answer) -> tuple[str, str, str]:
    """Name, value and attributes of the session's cookie."""
    (cookie,) = [each for each in answer.cookies if "bilin_session" in each]
    pair, _, attributes = cookie.partition(";")
    name, _, value = pair.partition("=")
    return name, value, attributes.lower()


# the cookie


def test_over_https_the_cookie_is_bound_to_the_host(proxied: Server) -> None:
    https = ("X-Forwarded-Proto", "https")
    name, token, attributes = cookie_of(sign_in(proxied, NAMED, ("Origin", f"https://{NAMED}"), https))
    assert name.startswith("__Host-")
    for each in ("secure", "httponly", "samesite=lax", "path=/"):
        assert each in attributes
    assert "domain" not in attributes

    def me(called: str) -> int:
        headers = [("Cookie", f"{called}={token}"), https]
        return exchange(proxied.port, request_bytes("GET", "/api/me", headers, host=NAMED)).status

    assert me(name) == 200
    for planted in (name.removeprefix("__Host-"), "bilin_session"):
        assert me(planted) == 401, "anybody near could have set it over http"


def test_a_name_that_is_reached_by_https_alone_needs_no_proxy_to_say_so(proxied: Server) -> None:
    """A proxy that is not in the settings says nothing that counts; a cookie planted over http still does not."""
    name, token, _ = cookie_of(sign_in(proxied, NAMED, ("Origin", f"https://{NAMED}")))
    found = {
        called: exchange(
            proxied.port, request_bytes("GET", "/api/me", [("Cookie", f"{called}={token}")], host=NAMED)
        ).status
        for called in (name, name.removeprefix("__Host-"), "bilin_session")
    }
    assert list(found.values()) == [200, 401, 401]


def test_two_servers_on_one_host_name_keep_their_people(server: Server, proxied: Server) -> None:
    names = {cookie_of(sign_in(each, "127.0.0.1"))[0] for each in (server, proxied)}
    assert len(names) == 2
    client = httpx.Client(trust_env=False)
    for each in (server, proxied):
        body = {"login": FOUNDER, "password": PASSWORD}
        assert client.post(f"{each.site.address}/api/sessions", json=body).status_code == 201
    for each in (server, proxied):
        assert client.get(f"{each.site.address}/api/me").status_code == 200


def test_signing_in_again_ends_the_session_before(server: Server) -> None:
    client = httpx.Client(trust_env=False, base_url=server.site.address)
    body = {"login": "liu.yang", "password": PASSWORD}
    client.post("/api/sessions", json=body)
    (first,) = [f"{name}={value}" for name, value in client.cookies.items() if "bilin_session" in name]
    assert client.post("/api/sessions", json=body).status_code == 201
    assert client.get("/api/me").status_code == 200
    assert httpx.get(f"{server.site.address}/api/me", headers={"cookie": first}, trust_env=False).status_code == 401
    assert server.send("GET", "/me", by=server.people["liu.yang"]).status_code == 200, "another device's goes on"


def test_a_failed_sign_in_ends_nothing(server: Server) -> None:
    client = httpx.Client(trust_env=False, base_url=server.site.address)
    client.post("/api/sessions", json={"login": "liu.yang", "password": PASSWORD})
    assert client.post("/api/sessions", json={"login": "liu.yang", "password": "wrong"}).status_code == 401
    assert client.get("/api/me").status_code == 200


# headers

EVERYWHERE = {"x-content-type-options": "nosniff", "referrer-policy": "no-referrer"}
TARGETS = {
    "/api/me": 401,
    "/api/setup": 200,
    "/api/none/at/all": 404,
    "/health": 200,
    "/metrics": 401,
    "/": 200,
    "/assets/none.js": 404,
    "/api/org/search?q=%ff": 400,
    "/%00": 400,
    "/" + "a" * 9_000: 414,
}


@pytest.mark.parametrize("target", TARGETS)
def test_every_answer_is_protected(server: Server, target: str) -> None:
    answer = exchange(server.port, request_bytes("GET", target))
    assert answer.status == TARGETS[target]
    assert EVERYWHERE.items() <= answer.headers.items()
    assert "frame-ancestors 'none'" in answer.headers.get("content-security-policy", "") or target.startswith("/assets")
    assert "strict-transport-security" not in answer.headers, "it came by http"
    if target.startswith(("/api", "/metrics", "/health")):
        assert answer.headers["cache-control"] == "no-store"
    assert "server" not in answer.headers


SPELLINGS = ("/%61pi/setup", "//api/setup", "/api%2Fsetup", "http://127.0.0.1/api/setup", "///api//setup", "/metrics/")


@pytest.mark.parametrize("target", SPELLINGS)
def test_data_is_protected_however_its_address_is_spelled(server: Server, target: str) -> None:
    answer = exchange(server.port, request_bytes("GET", target))
    assert (answer.status, answer.headers["cache-control"]) == (401 if "metrics" in target else 200, "no-store")
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_what_people_read_is_kept_by_no_cache(server: Server) -> None:
    answer = server.send("GET", "/me", by=server.boss)
    assert answer.headers["cache-control"] == "no-store"
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_https_is_for_good(proxied: Server) -> None:
    """ASVS 5.0, 3.4.1: at least a year, subdomains too."""
    for target in ("/", "/api/me", "/assets/none.js"):
        for headers in ([("X-Forwarded-Proto", "https")], []):  # the settings know the name by https alone
            answer = exchange(proxied.port, request_bytes("GET", target, headers, host=NAMED))
            found = re.fullmatch(r"max-age=(\d+); includeSubDomains", answer.headers["strict-transport-security"])
            assert found is not None
            assert int(found[1]) >= 31_536_000
    assert "strict-transport-security" not in exchange(proxied.port, request_bytes("GET", "/")).headers


def test_a_refused_socket_is_protected_too(server: Server) -> None:
    answer = exchange(server.port, request_bytes("GET", "/api/socket", UPGRADE))
    assert (answer.status, answer.headers["cache-control"]) == (401, "no-store")


# who asks, and by what name


def test_strangers_are_not_believed_where_they_come_from(server: Server) -> None:
    said = [("X-Forwarded-For", "198.51.100.7"), ("X-Forwarded-Proto", "https"), ("Forwarded", "for=198.51.100.7")]
    answer = sign_in(server, "127.0.0.1", *said)
    assert not cookie_of(answer)[0].startswith("__Host-")
    sessions = server.do("GET", "/sessions", by=server.boss)["sessions"]
    assert {each["address"] for each in sessions} == {"127.0.0.1"}


def test_proxies_of_ours_are_believed_and_their_clients_are_not(proxied: Server) -> None:
    sign_in(proxied, "127.0.0.1", ("X-Forwarded-For", "203.0.113.9, 198.51.100.7"))
    sign_in(proxied, "127.0.0.1", ("X-Forwarded-For", "nonsense, <script>"))
    sessions = proxied.do("GET", "/sessions", by=proxied.boss)["sessions"]
    assert {each["address"] for each in sessions} == {"127.0.0.1", "198.51.100.7"}


@pytest.mark.parametrize(
    ("origin", "host", "proto", "status"),
    [
        (f"https://{NAMED}", NAMED, "https", 201),
        (f"https://{NAMED}", "127.0.0.1:8300", "http", 201),
        (f"http://{NAMED}", NAMED, "https", 403),
        (f"http://{NAMED}", NAMED, "http", 403),
        (f"https://{NAMED}:444", NAMED, "https", 403),
        ("https://127.0.0.1", "127.0.0.1", "http", 403),
        ("http://127.0.0.1", "127.0.0.1", "https", 403),
        ("http://127.0.0.1", "127.0.0.1", "http", 201),
        ("null", NAMED, "https", 403),
        (f"https://{NAMED}.evil.example", NAMED, "https", 403),
    ],
)
def test_the_scheme_of_a_page_counts(proxied: Server, origin: str, host: str, proto: str, status: int) -> None:
    answer = sign_in(proxied, host, ("Origin", origin), ("X-Forwarded-Proto", proto))
    assert answer.status == status
    if status == 403:
        assert answer.code == "identity.foreign_origin"


OWN_HOSTS = (
    "127.0.0.1",
    "127.0.0.1:83",
    "localhost:1",
    "LOCALHOST",
    "localhost.",
    "[::1]:8300",
    "10.1.2.3",
    "a.localhost",
)
OTHER_HOSTS = ("evil.example", "evil.example:8300", "127.0.0.1.evil.example", "localhost.evil.example", "127.1")


@pytest.mark.parametrize("host", OWN_HOSTS)
def test_own_names_are_answered(server: Server, host: str) -> None:
    assert exchange(server.port, request_bytes("GET", "/api/setup", host=host)).status == 200


@pytest.mark.parametrize("host", OTHER_HOSTS)
@pytest.mark.parametrize("target", ["/", "/api/setup", "/api/me", "/assets/a.js", "/api/socket"])
def test_names_of_others_are_not(server: Server, host: str, target: str) -> None:
    """A page elsewhere that made its name point here reads nothing, whatever it asks for."""
    answer = exchange(server.port, request_bytes("GET", target, host=host))
    assert (answer.status, answer.code) == (421, "app.unknown_host")
    assert b"http.origins" in answer.body, "it names the setting"


@pytest.mark.parametrize("target", ["/healthx", "/health/", "//health", "/health/../api/setup", "/health%2f..%2fapi"])
def test_only_how_it_is_is_told_under_any_name(server: Server, target: str) -> None:
    assert exchange(server.port, request_bytes("GET", target, host="evil.example")).status == 421


def test_a_rebound_page_opens_no_socket(server: Server) -> None:
    headers = [*UPGRADE, ("Authorization", f"Bearer {server.boss.token}")]
    assert exchange(server.port, request_bytes("GET", "/api/socket", headers, host="evil.example")).status == 421


def test_names_in_the_settings_and_of_the_machine_are_answered(proxied: Server) -> None:
    chinese = "云川".encode("idna").decode()
    for host in (NAMED, f"{NAMED}:8443", NAMED.upper(), f"{chinese}.example", socket.gethostname()):
        assert exchange(proxied.port, request_bytes("GET", "/api/setup", host=host)).status == 200, host


def test_people_read_the_refusal_in_their_language(server: Server) -> None:
    for language, words in (("zh-CN,zh;q=0.9", "服务器不接受这个地址"), ("en", "does not answer to this address")):
        headers = [("Accept", "text/html,*/*;q=0.8"), ("Accept-Language", language)]
        answer = exchange(server.port, request_bytes("GET", "/", headers, host="<script>alert(1)</script>.example"))
        assert (answer.status, answer.headers["content-type"]) == (421, "text/html; charset=utf-8")
        assert words in answer.body.decode()
        assert "http.origins" in answer.body.decode()
        assert b"<script>" not in answer.body


def test_balancers_ask_how_it_is_by_any_name(server: Server) -> None:
    assert exchange(server.port, request_bytes("GET", "/health", host="bilin")).status == 200
    with wire(server.port) as line:
        line.sendall(b"GET /health HTTP/1.0\r\n\r\n")
        assert line.recv(100).startswith(b"HTTP/1.1 200")


# what strangers may see


def test_metrics_are_for_who_has_the_token(server: Server) -> None:
    for wrong in ("", "Bearer ", f"Bearer {server.boss.token}", "Bearer x"):
        answer = exchange(server.port, request_bytes("GET", "/metrics", [("Authorization", wrong)]))
        assert (answer.status, answer.code) == (401, "app.metrics_token_needed")
    file = server.site.data / "keys" / "metrics.token"
    token = [("Authorization", f"Bearer {file.read_text()}")]
    answer = exchange(server.port, request_bytes("GET", "/metrics", token))
    assert answer.status == 200
    assert b"bilin_log_commits" in answer.body
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_built_client_has_no_gallery(server: Server) -> None:
    page = exchange(server.port, request_bytes("GET", "/")).body.decode()
    names = set(re.findall(r"/(assets/[^\"]+\.js)", page))
    assert names
    for name in names:
        assert "GalleryPage" not in exchange(server.port, request_bytes("GET", f"/{name}")).body.decode()
