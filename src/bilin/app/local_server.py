"""Speaking to the server that runs on this machine, as its local administrator: for commands of the program."""

import http.client
import json
from typing import Any
from urllib.parse import urlencode

from bilin.core.codec import to_json
from bilin.core.errors import BilinError, Unavailable
from bilin.core.settings import HttpSettings, Settings
from bilin.identity import local_token

CONNECT_TIMEOUT_S = 5.0
JSON = "application/json"
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}  # noqa: S104 (what to connect to, not to listen on)


class ServerAway(Unavailable):
    """Nothing answers where the server should be."""

    code = "app.server_away"
    title = "No Bilin server answers on this machine"
    hint = "Start it with `bilin serve` (same folder, same settings), and run this command beside it."


class ServerRefused(BilinError):
    """The server answered with a problem; code, hint and details are the server's."""

    def __init__(self, problem: dict[str, Any]) -> None:
        super().__init__(str(problem.get("detail") or problem.get("title")), details=problem.get("details") or {})
        self.code = str(problem.get("code", "app.server_refused"))  # type: ignore[misc]
        self.hint = str(problem.get("hint", ""))  # type: ignore[misc]


def post_locally(settings: Settings, path: str, body: bytes, content_type: str, query: dict[str, str]) -> Any:
    """POST to the running server; the decoded answer. Raises `ServerAway` or `ServerRefused`."""
    return _send(settings, "POST", f"{path}?{urlencode(query)}", body, content_type)


def ask_locally(settings: Settings, method: str, path: str, body: Any = None) -> Any:
    """Any request with a JSON body, or none; the decoded answer. Raises `ServerAway` or `ServerRefused`."""
    return _send(settings, method, path, b"" if body is None else to_json(body), JSON)


def _send(settings: Settings, method: str, path: str, body: bytes, content_type: str) -> Any:
    """There is no limit to how long the server may work on it."""
    own = settings[HttpSettings]
    host = EVERYWHERE.get(own.host, own.host)
    connection = http.client.HTTPConnection(host, own.port, timeout=CONNECT_TIMEOUT_S)
    headers = {"authorization": f"Bearer {local_token(settings)}", "content-type": content_type}
    try:
        connection.connect()
        connection.sock.settimeout(None)
        connection.request(method, path, body or None, headers)
        response = connection.getresponse()
        answer = json.loads(response.read())
    except (OSError, http.client.HTTPException, ValueError) as cause:
        raise ServerAway(f"no Bilin server answers at http://{host}:{own.port} ({cause})") from cause
    finally:
        connection.close()
    if response.status >= 400:
        raise ServerRefused(answer)
    return answer
