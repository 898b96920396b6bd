"""One base for every error a person can meet: a stable code, an HTTP status, and a hint that says what to do.

Modules subclass these in their own `errors.py`. The client words an error by its code; `title` is the English fallback.
What a person may not see is "not found" (`NotFound`), never "forbidden".
"""

from typing import Any, ClassVar


class BilinError(Exception):
    """Base of all expected errors. Subclass it, set the class attributes, raise with details."""

    code: ClassVar[str] = "core.error"
    status: ClassVar[int] = 400
    title: ClassVar[str] = "Something is not right"
    hint: ClassVar[str] = ""
    retry_after_s: float | None = None

    def __init__(self, detail: str = "", /, **fields: Any) -> None:
        super().__init__(detail or self.title)
        self.detail = detail or self.title
        self.details: dict[str, Any] = fields.pop("details", {})
        self.retry_after_s = fields.pop("retry_after_s", type(self).retry_after_s)
        if fields:
            raise TypeError(f"unknown fields: {sorted(fields)}")


class Invalid(BilinError):
    """The request does not make sense. `details={"fields": {name: reason}}`."""

    code = "core.invalid"
    status = 422
    title = "The request is not valid"
    hint = "Correct the fields named in details.fields."


class Malformed(BilinError):
    """The bytes of a request are no HTTP, no JSON or no text: nothing can be said about any field."""

    code = "core.malformed"
    status = 400
    title = "The request cannot be read"
    hint = "Send what the description of the interface says (GET /api/openapi.json), as JSON in UTF-8."


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
