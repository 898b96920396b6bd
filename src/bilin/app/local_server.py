"""Speaking to the server that runs on this machine, as its local administrator: for commands of the program."""

import http.client
import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode, urlsplit

from bilin.app.supervisor.folder import running_web
from bilin.core.codec import to_json
from bilin.core.errors import BilinError, Unavailable
from bilin.core.settings import HttpSettings, Settings, SiteSettings
from bilin.identity import local_token

CONNECT_TIMEOUT_S = 5.0
JSON = "application/json"
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}  # noqa: S104 (what to connect to, not to listen on)


class ServerAway(Unavailable):
    """Nothing answers where the server should be."""

    code = "app.server_away"
    title = "No Bilin server answers on this machine"
    hint = "Start it with `bilin serve` (same folder, same settings), and run this command beside it."


class OtherServer(BilinError):
    """Another folder's server listens where that of this one should."""

    code = "app.other_server"
    status = 500
    title = "The server there is not that of this data folder"
    hint = "Give the command what the server was started with: BILIN_DATA_DIR, BILIN_HTTP_PORT, or --config."


class NoCompanyYet(BilinError):
    """The server runs and nobody has founded a company on it, or let it join one."""

    code = "app.no_company_yet"
    status = 409
    title = "This server has no company yet"
    hint = "Open it in a browser and found the company there; this command works from then on."


class ServerRefused(BilinError):
    """The server answered with a problem; code, hint and details are the server's."""

    def __init__(self, problem: dict[str, Any]) -> None:
        super().__init__(str(problem.get("detail") or problem.get("title")))
        self.details = problem.get("details") or {}
        self.code = str(problem.get("code", "app.server_refused"))  # type: ignore[misc]
        self.hint = str(problem.get("hint", ""))  # type: ignore[misc]


def post_locally(settings: Settings, path: str, body: bytes, content_type: str, query: dict[str, str]) -> Any:
    """POST to the running server; the decoded answer. Raises `ServerAway` or `ServerRefused`."""
    return _send(settings, "POST", f"{path}?{urlencode(query)}", body, content_type)


def ask_locally(settings: Settings, method: str, path: str, body: Any = None, *, within_s: float | None = None) -> Any:
    """Any request with a JSON body, or none; the decoded answer. Raises `ServerAway` or `ServerRefused`.

    Unless `within_s` says so, there is no limit to how long the server may work on it.
    """
    return _send(settings, method, path, b"" if body is None else to_json(body), JSON, within_s)


def _send(
    settings: Settings, method: str, path: str, body: bytes, content_type: str, within_s: float | None = None
) -> Any:
    host, port = _place(settings)
    headers = {"authorization": f"Bearer {local_token(settings)}", "content-type": content_type}
    status, answer = _exchange(host, port, method, path, body, headers, within_s)
    if status == HTTPStatus.UNAUTHORIZED:
        raise OtherServer(f"The server at http://{host}:{port} is not that of {settings[SiteSettings].data_dir}.")
    if status >= HTTPStatus.BAD_REQUEST:
        if _exchange(host, port, "GET", "/api/setup")[1].get("needed"):
            raise NoCompanyYet(f"The server at http://{host}:{port} has no company yet.")
        raise ServerRefused(answer)
    return answer


def _place(settings: Settings) -> tuple[str, int]:
    """Where the server of the data folder says it is, else where the settings put it."""
    running = running_web(settings[SiteSettings].data_dir)
    if running is not None:
        parts = urlsplit(running.address)
        return parts.hostname or "", parts.port or 80
    own = settings[HttpSettings]
    return EVERYWHERE.get(own.host, own.host), own.port


def _exchange(
    host: str,
    port: int,
    method: str,
    path: str,
    body: bytes = b"",
    headers: Mapping[str, str] | None = None,
    within_s: float | None = None,
) -> tuple[int, Any]:
    """Status and decoded answer of one request. Raises `ServerAway`."""
    connection = http.client.HTTPConnection(host, port, timeout=CONNECT_TIMEOUT_S)
    try:
        connection.connect()
        connection.sock.settimeout(within_s)
        connection.request(method, path, body or None, dict(headers or {}))
        response = connection.getresponse()
        return response.status, json.loads(response.read())
    except (OSError, http.client.HTTPException, ValueError) as cause:
        raise ServerAway(f"no Bilin server answers at http://{host}:{port} ({cause})") from cause
    finally:
        connection.close()
