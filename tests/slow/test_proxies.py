"""Real proxies in front of a real server: the examples of the manual as they stand there, and the usual mistakes."""

import contextlib
import re
import shutil
import socket
import ssl
import subprocess
import time
import warnings
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import httpx
import pytest
from websockets.sync.client import connect
from websockets.typing import Origin

from tests.security.conftest import FOUNDER, PASSWORD, NewServer, Server, new_server
from tests.support.site_process import free_port

__all__ = ["new_server"]
NAME = "chat.example.com"
MANUAL = Path(__file__).parents[2] / "docs" / "administrators" / "proxies.md"
READY_WITHIN_S = 20.0
Kind = Callable[..., contextlib.AbstractContextManager["Proxy"]]


class Proxy:
    """A proxy that listens on a port, as a browser sees what is behind it."""

    def __init__(self, port: int, server: Server) -> None:
        self.port, self.server = port, server
        self.origin = f"https://{NAME}:{port}"

    def send(self, method: str, path: str, body: object = None, **headers: str) -> httpx.Response:
        """A request to the name, whatever the resolver thinks of it."""
        with httpx.Client(verify=False, trust_env=False) as client:  # noqa: S501 (a certificate of our own)
            return client.request(
                method,
                f"https://127.0.0.1:{self.port}{path}",
                json=body,
                headers={"host": f"{NAME}:{self.port}", **headers},
                extensions={"sni_hostname": NAME},
            )

    def sign_in(self) -> httpx.Response:
        return self.send("POST", "/api/sessions", {"login": FOUNDER, "password": PASSWORD}, origin=self.origin)

    def wait(self) -> None:
        until = time.monotonic() + READY_WITHIN_S
        while True:
            try:
                self.send("GET", "/health")
            except httpx.TransportError:
                assert time.monotonic() < until
                time.sleep(0.1)
            else:
                return


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tls")
    command = f"openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN={NAME} -addext subjectAltName=DNS:{NAME}"
    files = ["-keyout", f"{folder}/key.pem", "-out", f"{folder}/cert.pem"]
    subprocess.run([*command.split(), *files], check=True, capture_output=True)
    return folder


@pytest.fixture(scope="module")
def port() -> int:
    return free_port()


@pytest.fixture(scope="module")
def server(new_server: NewServer, port: int) -> Server:
    """As the manual says: it knows the address, and believes the proxy."""
    settings = {"BILIN_HTTP_ORIGINS": f"https://{NAME}:{port}", "BILIN_HTTP_PROXIES": "127.0.0.1"}
    return new_server(**settings).found()


@pytest.fixture(scope="module")
def unprepared(new_server: NewServer) -> Server:
    """Nobody has told it anything about a proxy."""
    return new_server().found()


def example(language: str) -> str:
    """The example in the manual."""
    found = re.search(rf"```{language}\n(.*?)```", MANUAL.read_text(), re.DOTALL)
    assert found is not None
    return found[1]


def replaced(text: str, changes: Mapping[str, str]) -> str:
    for before, after in changes.items():
        assert before in text, before
        text = text.replace(before, after)
    return text


@contextlib.contextmanager
def running(command: list[str], proxy: Proxy) -> Iterator[Proxy]:
    program = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    try:
        proxy.wait()
        yield proxy
    finally:
        program.terminate()
        program.wait(10)


@contextlib.contextmanager
def nginx(folder: Path, tls: Path, proxy: Proxy, **changes: str) -> Iterator[Proxy]:
    """nginx with the example, in the foreground and with nothing outside of its folder."""
    own = {
        "443 ssl": f"127.0.0.1:{proxy.port} ssl",
        "/etc/ssl/chat.example.com.pem": str(tls / "cert.pem"),
        "/etc/ssl/chat.example.com.key": str(tls / "key.pem"),
        "127.0.0.1:8300": f"127.0.0.1:{proxy.server.port}",
    }
    temporary = " ".join(
        f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    text = replaced(replaced(example("nginx"), own), changes)
    (folder / "nginx.conf").write_text(
        f"daemon off; pid {folder}/pid; error_log stderr; events {{}}\nhttp {{ access_log off; {temporary}\n{text}\n}}"
    )
    folder.chmod(0o755)
    with running(["nginx", "-p", str(folder), "-c", str(folder / "nginx.conf")], proxy):
        yield proxy


@contextlib.contextmanager
def caddy(folder: Path, tls: Path, proxy: Proxy) -> Iterator[Proxy]:
    own = {
        "chat.example.com {": f"https://{NAME}:{proxy.port} {{\n tls {tls}/cert.pem {tls}/key.pem",
        "127.0.0.1:8300": f"127.0.0.1:{proxy.server.port}",
    }
    text = "{\n admin off\n auto_https disable_redirects\n}\n" + replaced(example("caddyfile"), own)
    (folder / "Caddyfile").write_text(text)
    with running(["caddy", "run", "--adapter", "caddyfile", "--config", str(folder / "Caddyfile")], proxy):
        yield proxy


def test_the_proxies_are_installed() -> None:
    assert shutil.which("nginx"), "make test-slow installs it"
    assert shutil.which("caddy"), "make test-slow installs it"


@pytest.mark.parametrize("kind", [nginx, caddy])
def test_the_examples_of_the_manual_work(
    server: Server,
    certificate: Path,
    port: int,
    tmp_path: Path,
    kind: Kind,
) -> None:
    with kind(tmp_path, certificate, Proxy(port, server)) as proxy:
        page = proxy.send("GET", "/", accept="text/html")
        assert page.status_code == 200
        assert page.headers["strict-transport-security"].startswith("max-age=31536000")
        signed_in = proxy.sign_in()
        assert signed_in.status_code == 201, signed_in.text
        cookie = signed_in.headers["set-cookie"]
        assert cookie.startswith("__Host-")
        assert proxy.send("GET", "/api/me", cookie=cookie.partition(";")[0]).status_code == 200
        context = ssl.create_default_context(cafile=str(certificate / "cert.pem"))
        with connect(
            f"wss://{NAME}:{port}/api/socket",
            sock=socket.create_connection(("127.0.0.1", port)),
            ssl=context,
            origin=Origin(proxy.origin),
            additional_headers={"Cookie": cookie.partition(";")[0]},
        ) as line:
            line.send('{"t":"ping"}')
            assert '"pong"' in str(line.recv(10))


@pytest.mark.parametrize("kind", [nginx, caddy])
@pytest.mark.parametrize(
    ("version", "is_spoken"),
    [
        (ssl.TLSVersion.TLSv1_1, False),
        (ssl.TLSVersion.TLSv1_2, True),
        (ssl.TLSVersion.TLSv1_3, True),
    ],
)
def test_the_examples_speak_tls_1_2_and_1_3(
    server: Server,
    certificate: Path,
    port: int,
    tmp_path: Path,
    kind: Kind,
    version: ssl.TLSVersion,
    *,
    is_spoken: bool,
) -> None:
    context = ssl.create_default_context(cafile=str(certificate / "cert.pem"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # old versions are deprecated, which is why they are tried
        context.minimum_version = ssl.TLSVersion.TLSv1_1
        context.maximum_version = version
        context.minimum_version = version
    context.set_ciphers("ALL:@SECLEVEL=0")
    with kind(tmp_path, certificate, Proxy(port, server)), socket.create_connection(("127.0.0.1", port)) as line:
        try:
            with context.wrap_socket(line, server_hostname=NAME) as spoken:
                assert is_spoken, spoken.version()
        except ssl.SSLError:
            assert not is_spoken


def test_a_proxy_that_passes_no_host(unprepared: Server, certificate: Path, port: int, tmp_path: Path) -> None:
    with nginx(tmp_path, certificate, Proxy(port, unprepared), **{"Host $http_host": 'Host ""'}) as proxy:
        assert proxy.send("GET", "/").status_code == 200, "the client loads, and words what comes next"
        refused = proxy.sign_in()
        assert (refused.status_code, refused.json()["code"]) == (403, "identity.foreign_origin")
        assert "http.origins" in refused.json()["hint"]


def test_a_proxy_that_gives_a_name_of_its_own(unprepared: Server, certificate: Path, port: int, tmp_path: Path) -> None:
    with nginx(tmp_path, certificate, Proxy(port, unprepared), **{"Host $http_host": "Host bilin_upstream"}) as proxy:
        page = proxy.send("GET", "/", **{"accept": "text/html", "accept-language": "zh-CN"})
        assert page.status_code == 421
        assert "http.origins" in page.text
        assert "服务器不接受这个地址" in page.text


def test_a_host_without_its_port(server: Server, certificate: Path, port: int, tmp_path: Path) -> None:
    with nginx(tmp_path, certificate, Proxy(port, server), **{"Host $http_host": "Host $host"}) as proxy:
        assert proxy.sign_in().status_code == 201, "the address is in http.origins"


def test_a_proxy_that_passes_no_upgrade(server: Server, certificate: Path, port: int, tmp_path: Path) -> None:
    with nginx(tmp_path, certificate, Proxy(port, server), **{"Upgrade $http_upgrade": 'Upgrade ""'}) as proxy:
        headers = {"connection": "Upgrade", "upgrade": "websocket", "sec-websocket-version": "13"}
        answer = proxy.send("GET", "/api/socket", **headers)
        assert answer.status_code == 426
        assert answer.json()["code"] == "gateway.bad_upgrade"
        assert proxy.send("GET", "/api/setup").status_code == 200, "the client tells this from a server that is away"


def test_below_a_path(server: Server, certificate: Path, port: int, tmp_path: Path) -> None:
    changes = {"location / {": "location /chat/ {", "proxy_pass http": "rewrite ^/chat(/.*) $1 break; proxy_pass http"}
    with nginx(tmp_path, certificate, Proxy(port, server), **changes) as proxy:
        page = proxy.send("GET", "/chat/")
        assert page.status_code == 200
        assert "子路径" in page.text, "words stand there until the client takes their place, and it never will"
