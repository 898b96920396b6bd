"""HTTP glue: who asks, ids in JSON and paths, errors as RFC 9457 problems, answers of commands.

Deny by default: a route needs a session unless it says `opt={"public": True}`.
"""

import secrets
import traceback
from collections.abc import Awaitable, Iterable, Mapping
from types import MappingProxyType
from typing import Any

import msgspec
import structlog
from litestar import Request, Response
from litestar.exceptions import HTTPException, InternalServerException, ValidationException
from litestar.types import Scope

from bilin.core.at_writer import AnsweredAtWriter, have_it_answered
from bilin.core.budgets import COST, STREAMS, weigh
from bilin.core.codec import decode_hook, encode_hook, to_json
from bilin.core.commands import Actor, Context, made
from bilin.core.database import DATA_ERRORS
from bilin.core.described import missing_parameter, reasons_of
from bilin.core.errors import BilinError, BodyTooLarge, Invalid, Malformed, MethodNotAllowed, NotFound
from bilin.core.forwarding import FORWARDED, MAX_KEY_CHARS, LaterAnswer, have_it_decided, is_forwardable, is_key
from bilin.core.ids import Id
from bilin.core.log import Receipt
from bilin.core.ownership import OwnedElsewhere
from bilin.core.reasons import NotAKey
from bilin.core.site import Site

logger = structlog.get_logger(__name__)

PROBLEM = "application/problem+json"
PUBLIC: dict[str, Any] = {"public": True}
"""`opt=PUBLIC` on a route handler: open to anybody, signed in or not."""
UNCOMPRESSED = "uncompressed"
SMALL_ANSWER: dict[str, Any] = {UNCOMPRESSED: True}
"""`opt=SMALL_ANSWER` on a busy route: its answers are too small to compress, so do not prepare for it."""
FILE = "takes_file"
TAKES_FILE: dict[str, Any] = {FILE: True}
"""`opt=TAKES_FILE` on a route whose body is a file as it is."""
REFUSES = "refuses"
NOTHING_HERE = "There is nothing at this address."
DECODERS = ("litestar.", "bilin.core.codec")
"""Where the bytes of a request are read."""
TYPE_ENCODERS = {Id: encode_hook}
TYPE_DECODERS = [(lambda kind: isinstance(kind, type) and issubclass(kind, Id), decode_hook)]


def refuses(*errors: type[BilinError]) -> dict[str, Any]:
    """`opt=refuses(UnitNotFound)` on a route: which errors it answers with, beside those that any route may."""
    return {REFUSES: errors}


class LargeAnswer(Response[Any]):
    """`response_class=LargeAnswer` on a route with thousands of ids: encoded by our codec, at half the price."""

    def render(self, content: Any, media_type: str, enc_hook: Any = encode_hook) -> bytes:
        """The answer as JSON."""
        return content if isinstance(content, bytes) else to_json(content)


class Authenticator:
    """Finds out who asks. Identity provides one to the site."""

    async def authenticate(self, scope: Scope) -> Actor:
        """The actor of a request or socket, by its ASGI scope. Raises the error to answer with when there is none."""
        raise NotImplementedError

    async def knows(self, headers: Iterable[tuple[bytes, bytes]]) -> bool:
        """Whether raw headers show anything that may let somebody in; nothing is decided by it."""
        raise NotImplementedError


async def require_actor(site: Site, scope: Scope, opt: Mapping[str, Any]) -> None:
    """Of every route. What another site forwards is let in at routes that say `OWNED` alone."""
    actor: Actor | None = scope.get(FORWARDED)  # type: ignore[assignment]
    if actor is not None:
        if not opt.get("owned"):
            raise NotFound("This route takes nothing from other sites.")
        scope["bilin.actor"] = actor  # type: ignore[typeddict-unknown-key]
    elif not opt.get("public"):
        scope["bilin.actor"] = await site.get(Authenticator).authenticate(scope)  # type: ignore[typeddict-unknown-key]


def charge_actor(site: Site, scope: Scope, opt: Mapping[str, Any]) -> None:
    """After it: who asks is charged, before a body is read or the database asked. Raises `TooMany`."""
    actor: Actor | None = scope.get("bilin.actor")  # type: ignore[assignment]
    if actor is not None:
        points, is_program = weigh(scope["headers"], opt.get(COST, 1), is_streamed=STREAMS in opt)
        site.budget.charge(actor.person, points, is_program=is_program)


def header_of(headers: Iterable[tuple[bytes, bytes]], name: bytes) -> bytes | None:
    """The first header of a request with this name (in small letters), as it came; None: there is none."""
    for each, value in headers:
        if each == name:
            return value
    return None


def provide_context(request: Request[Any, Any, Any]) -> Context:
    """The `ctx` of a route that needs a session."""
    said = header_of(request.scope["headers"], b"idempotency-key")
    key = None if said is None else said.decode("latin-1")
    if key is not None and not is_key(key):
        raise Invalid(reasons={"Idempotency-Key": NotAKey(most=MAX_KEY_CHARS)})
    actor: Actor = request.scope["bilin.actor"]  # type: ignore[typeddict-item]
    return Context(request.app.state.site, actor, key)


def provide_site(request: Request[Any, Any, Any]) -> Site:
    """The `site` of a public route."""
    site: Site = request.app.state.site
    return site


class Change(msgspec.Struct, frozen=True):
    """What a command answers: the id of its first event and the position of its last, on disk. Both are null when there
    was nothing to change; `pos` also when another site decided it and the change is not here yet."""

    id: Id | None
    pos: int | None


class Made(msgspec.Struct, frozen=True):
    """What a command answers that makes something here: `id` names it."""

    id: Id
    pos: int


class MadeByOwner(msgspec.Struct, frozen=True):
    """The same where another site may have made it: `pos` is null when it is not here yet."""

    id: Id
    pos: int | None


def answer(receipt: Receipt | None) -> Change:
    """The answer of a command. None: there was nothing to change."""
    return Change(None, None) if receipt is None else Change(receipt.id, receipt.pos)


def answer_made(receipt: Receipt | None) -> Made:
    """The answer of a command that always makes something."""
    done = made(receipt)
    return Made(done.id, done.pos)


def answer_made_by_owner(receipt: Receipt | None) -> MadeByOwner:
    """The same, on a route that says `OWNED`."""
    done = made(receipt)
    return MadeByOwner(done.id, done.pos)


def problem_headers(error: BilinError) -> dict[str, str]:
    """The headers that go with a problem."""
    return {} if error.retry_after_s is None else {"retry-after": str(max(1, round(error.retry_after_s)))}


def problem_body(error: BilinError) -> bytes:
    """An error as RFC 9457 problem details."""
    return to_json(
        {
            "status": error.status,
            "code": error.code,
            "title": error.title,
            "detail": error.detail,
            "hint": error.hint,
            "details": error.details,
        }
    )


def problem(error: BilinError, headers: Mapping[str, str] = MappingProxyType({})) -> Response[bytes]:
    """An error as an answer; `headers` beside its own."""
    told = {**problem_headers(error), **headers}
    return Response(problem_body(error), status_code=error.status, media_type=PROBLEM, headers=told)


class FrameworkError(BilinError):
    """What the framework refuses by itself, for another reason than those that have an error of their own."""

    code = "core.http"
    title = "The server does not take this request"
    hint = "Send what the description of the interface says (GET /api/openapi.json)."


def on_bilin_error(_: Request[Any, Any, Any], error: BilinError) -> Response[bytes]:
    return problem(error)


def on_owned_elsewhere(request: Request[Any, Any, Any], error: OwnedElsewhere) -> Response[bytes]:
    """The owner is asked to decide."""
    if not is_forwardable(request):
        return problem(error)
    return LaterAnswer(lambda: _looked_after(request, have_it_decided(request, error.site)))


async def _looked_after(request: Request[Any, Any, Any], answering: Awaitable[Response[bytes]]) -> Response[bytes]:
    """No handler of exceptions looks after what happens while an answer is sent: this one does."""
    try:
        return await answering
    except BilinError as error:
        return problem(error)
    except Exception as error:
        return problem(unexpected(request.url.path, error))


def on_answered_at_writer(request: Request[Any, Any, Any], _: AnsweredAtWriter) -> Response[bytes]:
    """The process that writes the log is asked."""
    return LaterAnswer(lambda: _looked_after(request, have_it_answered(request)))


def on_validation_error(request: Request[Any, Any, Any], error: ValidationException) -> Response[bytes]:
    extra = error.extra if isinstance(error.extra, list) else []
    told = {str(item.get("key", "")): str(item.get("message", "")) for item in extra if isinstance(item, Mapping)}
    if told.keys() & request.scope["path_params"].keys():
        return problem(NotFound(NOTHING_HERE))  # what can be the name of nothing names nothing
    return problem(Invalid(reasons=reasons_of(told) or missing_parameter(error.detail)))


def on_internal(request: Request[Any, Any, Any], error: InternalServerException) -> Response[bytes]:
    """The framework takes a bad field called as one of our dependencies (`site`, `ctx`) for a mistake of ours."""
    if isinstance(error.__cause__, msgspec.ValidationError):
        return problem(Invalid(reasons=reasons_of({"": str(error.__cause__)})))
    return on_unexpected(request, error)


def on_http_error(_: Request[Any, Any, Any], error: HTTPException) -> Response[bytes]:
    """Errors of the framework itself: unknown address, wrong method, a body too large or not JSON."""
    if error.status_code == NotFound.status:
        return problem(NotFound(NOTHING_HERE))
    if error.status_code == Malformed.status:
        return problem(Malformed())
    if error.status_code == BodyTooLarge.status:
        return problem(BodyTooLarge())
    if error.status_code == MethodNotAllowed.status:
        allowed = {name: value for name, value in (error.headers or {}).items() if name.lower() == "allow"}
        return problem(MethodNotAllowed(), allowed)
    refused = FrameworkError()
    refused.status = error.status_code  # type: ignore[misc]
    return problem(refused)


def on_undecodable(request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    """JSON that is nested too deeply to be read, or no text; anywhere else it is a mistake of ours."""
    *_, (frame, _) = traceback.walk_tb(error.__traceback__)
    if frame.f_globals.get("__name__", "").startswith(DECODERS):
        is_deep = isinstance(error, RecursionError)
        return problem(Malformed("It is nested too deeply." if is_deep else "It is not UTF-8."))
    return on_unexpected(request, error)


def on_data_error(request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    """A value of the right type that no column can hold, such as a number of 70 bits or a text with a NUL."""
    logger.warning("http.no_such_value", path=request.url.path, reason=repr(error))
    return problem(Malformed("It holds a value that nothing here can have."))


def on_unexpected(request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    return problem(unexpected(request.url.path, error))


class Unexpected(BilinError):
    """A mistake of ours."""

    code = "core.unexpected"
    status = 500
    title = "Something broke"
    incident: str
    """Under this number the server's log has the cause."""


def unexpected(path: str, error: Exception) -> BilinError:
    """A mistake of ours: the person gets a number, the log has the rest under it."""
    incident = secrets.token_hex(6)
    logger.error("http.unexpected", incident=incident, path=path, exc_info=error)
    mistake = Unexpected(incident=incident)
    mistake.hint = f"Tell the administrator the number {incident}: the server's log has the cause under it."  # type: ignore[misc]
    return mistake


EXCEPTION_HANDLERS: dict[Any, Any] = {
    AnsweredAtWriter: on_answered_at_writer,
    OwnedElsewhere: on_owned_elsewhere,
    BilinError: on_bilin_error,
    ValidationException: on_validation_error,
    InternalServerException: on_internal,
    HTTPException: on_http_error,
    RecursionError: on_undecodable,
    UnicodeError: on_undecodable,
    **dict.fromkeys(DATA_ERRORS, on_data_error),
    Exception: on_unexpected,
}
