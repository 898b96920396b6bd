"""One base for every error a person can meet: a stable code, an HTTP status, and a hint that says what to do.

Modules subclass it in their own `errors.py`. What varies is declared as parameters, which are named when it is raised:

    class GroupFull(Conflict):
        code = "messaging.group_full"
        title = "The group would have too many members"
        hint = "Split it."
        limit: int

    raise GroupFull(limit=500)                  {"code": "messaging.group_full", ..., "details": {"limit": 500}}

The client words an error by its code and parameters; `title` is the English fallback. What a person may not see is
"not found" (`NotFound`), never "forbidden".
"""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, Literal, dataclass_transform, get_origin, get_type_hints

from bilin.core.reasons import Reason

DETAIL, WAIT = "detail", "retry_after_s"


def _positional(*, default: str, kw_only: Literal[False]) -> Any:
    """Tells the type checker that a field is given without its name."""
    return default


@dataclass_transform(eq_default=False, kw_only_default=True, field_specifiers=(_positional,))
class _Declared:
    """Lets the type checker hold `raise` to the parameters that an error declares (PEP 681)."""


class BilinError(_Declared, Exception):
    """Base of all expected errors. Subclass it, set the class attributes, annotate the parameters.

    A parameter with the default None is left out where it is not known.
    """

    code: ClassVar[str] = "core.error"
    status: ClassVar[int] = 400
    title: ClassVar[str] = "Something is not right"
    hint: ClassVar[str] = ""
    detail: str = _positional(default="", kw_only=False)
    retry_after_s: float | None = None

    def __init__(self, detail: str = "", *, retry_after_s: float | None = None, **parameters: Any) -> None:
        known = parameters_of(type(self))
        if unknown := parameters.keys() - known.keys():
            raise TypeError(f"unknown parameters: {sorted(unknown)}")
        self.details: dict[str, Any] = {name: value for name, value in parameters.items() if value is not None}
        reasons: Mapping[str, Reason] = parameters.get("reasons") or {}
        if reasons:
            self.details["fields"] = {field: str(reason) for field, reason in reasons.items()}
        told = "; ".join(f"{field}: {reason}" for field, reason in reasons.items())
        self.detail = detail or told or self.title
        super().__init__(self.detail)
        self.retry_after_s = retry_after_s if retry_after_s is not None else type(self).retry_after_s


def parameters_of(error: type[BilinError]) -> dict[str, Any]:
    """The parameters of an error, by name: the types that it and its bases annotate."""
    known = _parameters.get(error)
    if known is None:
        hints = get_type_hints(error, include_extras=True)
        told = {name: kind for name, kind in hints.items() if get_origin(kind) is not ClassVar}
        known = _parameters[error] = {name: kind for name, kind in told.items() if name not in (DETAIL, WAIT)}
    return known


_parameters: dict[type[BilinError], dict[str, Any]] = {}


def all_errors(base: type[BilinError] = BilinError) -> Iterator[type[BilinError]]:
    """Every error that is declared: those whose modules are imported."""
    for each in base.__subclasses__():
        yield each
        yield from all_errors(each)


class Invalid(BilinError):
    """The request does not make sense: a reason for each field that is wrong.

    `details.fields` has the same reasons in English.
    """

    code = "core.invalid"
    status = 422
    title = "The request is not valid"
    hint = "Correct the fields named in details.reasons."
    reasons: dict[str, Reason] | None = None


class Malformed(BilinError):
    """The bytes of a request are no HTTP, no JSON or no text: nothing can be said about any field."""

    code = "core.malformed"
    status = 400
    title = "The request cannot be read"
    hint = "Send what the description of the interface says (GET /api/openapi.json), as JSON in UTF-8."


class MethodNotAllowed(BilinError):
    """There is something at this address, and it takes no request of this kind. `Allow` names those that it takes."""

    code = "core.method_not_allowed"
    status = 405
    title = "This address takes no request of this kind"
    hint = "Use one of the methods that the Allow header names."


class BodyTooLarge(BilinError):
    """The body of a request has more bytes than its route takes."""

    code = "core.body_too_large"
    status = 413
    title = "The request is too large"
    hint = "Send less at once."


class Forbidden(BilinError):
    """The person may see the thing but not do this to it."""

    code = "core.forbidden"
    status = 403
    title = "You may not do this"
    hint = "Ask somebody with the right role."


class NotFound(BilinError):
    """It does not exist, or the person may not know that it does."""

    code = "core.not_found"
    status = 404
    title = "Not found"
    hint = "Check the address, or ask to be let in."


class Conflict(BilinError):
    """It contradicts the present state."""

    code = "core.conflict"
    status = 409
    title = "This contradicts the present state"
    hint = "Fetch the present state and decide again."


class Stale(Conflict):
    """Somebody else was faster: an expectation of the command failed."""

    code = "core.stale"
    title = "Somebody else changed this first"
    hint = "Fetch it again and repeat the change."


class TooMany(BilinError):
    """Rate limit."""

    code = "core.too_many"
    status = 429
    title = "Too many attempts"
    hint = "Wait for the time in Retry-After."
    retry_after_s = 30


class KeyReused(BilinError):
    """An Idempotency-Key came again, with another command than the first time."""

    code = "core.key_reused"
    status = 422
    title = "This Idempotency-Key was sent with another request"
    hint = "Use a new key for every new request, and the same one only to repeat the same request."


class Unavailable(BilinError):
    """A part of the server is restarting; the same request may be sent again."""

    code = "core.unavailable"
    status = 503
    title = "The server is restarting a part of itself"
    hint = "Send the same request again in a moment, with the same Idempotency-Key."
    retry_after_s = 1


class OutOfResources(Unavailable):
    """The database has no disk, memory or connections left: nothing was changed, nothing is lost."""

    code = "core.out_of_resources"
    title = "The server has no room left"
    hint = "Free disk space on the server, then send the same request again: it goes on by itself."
    retry_after_s = 5
