"""The upgrade of an HTTP request to a WebSocket (RFC 6455, section 4.2): who asks is found out before it is granted."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

from websockets.datastructures import Headers
from websockets.http11 import Request, Response
from websockets.server import ServerProtocol

from bilin.core.budgets import weigh
from bilin.core.commands import Actor
from bilin.core.errors import BilinError, NotFound
from bilin.core.http import PROBLEM, problem_body, problem_headers, unexpected
from bilin.core.site import Site
from bilin.gateway.errors import BadUpgrade
from bilin.identity import authenticate_headers

PATH = "/api/socket"


@dataclass(slots=True, frozen=True)
class UpgradeAnswer:
    """The bytes to answer with, and for whom the socket is when it was granted."""

    response: bytes
    actor: Actor | None = None
    is_program: bool = False
    """It carries its token in a header, as browsers cannot."""


async def handshake(site: Site, data: bytes) -> UpgradeAnswer:
    """Answer a request for the socket."""
    protocol = ServerProtocol()
    protocol.receive_data(data)
    request = next(iter(protocol.events_received()), None)
    if not isinstance(request, Request):
        return refusal(BadUpgrade(str(protocol.handshake_exc or "")))
    if request.path.partition("?")[0] != PATH:
        return refusal(NotFound("There is no socket at this address."))
    try:
        response = protocol.accept(request)
        if response.status_code != HTTPStatus.SWITCHING_PROTOCOLS:
            return refusal(BadUpgrade(str(protocol.handshake_exc)), response)
        raw = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in request.headers.raw_items()]
        actor = await authenticate_headers(site, raw, is_unsafe=True)
    except BilinError as error:
        return refusal(error)
    except Exception as error:
        return refusal(unexpected(PATH, error))
    return UpgradeAnswer(response.serialize(), actor, weigh(raw, 0)[1])


def refusal(error: BilinError, given: Response | None = None) -> UpgradeAnswer:
    """A problem (RFC 9457) as the answer; `given` says the status and what else belongs to it (`Upgrade`, `Allow`)."""
    status = error.status if given is None else given.status_code
    body = problem_body(error).replace(b'"status":%d' % error.status, b'"status":%d' % status, 1)
    headers: Mapping[str, str] = {
        "Content-Type": PROBLEM,
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
        "Content-Length": str(len(body)),
        "Connection": "close",
        **problem_headers(error),
        **{name: given.headers[name] for name in ("Upgrade", "Allow") if given is not None and name in given.headers},
    }
    return UpgradeAnswer(Response(status, HTTPStatus(status).phrase, Headers(headers), body).serialize())
