"""What tus 1.0.0 says in headers (https://tus.io/protocols/resumable-upload): read strictly, written everywhere."""

import base64
from email.utils import formatdate
from typing import Any

from litestar import Request, Response
from litestar.exceptions import HTTPException

from bilin.core.errors import BilinError, Malformed
from bilin.core.http import problem
from bilin.core.ids import Id
from bilin.files.errors import ProtocolUnknown, WrongOffset
from bilin.files.uploads.model import Upload
from bilin.files.uploads.receiving import HASHES

VERSION = "1.0.0"
PATH = "/api/files/uploads"
BODY_TYPE = "application/offset+octet-stream"
MAX_METADATA_CHARS = 4_096
MAX_DIGITS = 18
SPOKEN = {"tus-resumable": VERSION}
ABILITIES = {
    **SPOKEN,
    "tus-version": VERSION,
    "tus-extension": "creation,creation-with-upload,checksum,expiration,termination",
    "tus-checksum-algorithm": ",".join(HASHES),
}
AnyRequest = Request[Any, Any, Any]


def require_version(request: AnyRequest) -> None:
    """Raises `ProtocolUnknown`."""
    if request.headers.get("tus-resumable") != VERSION:
        raise ProtocolUnknown


def number_in(request: AnyRequest, header: str) -> int:
    """A number of bytes. Raises `Malformed` for anything else, and where it is missing."""
    said = request.headers.get(header, "")
    if not (said.isascii() and said.isdigit()) or len(said) > MAX_DIGITS:
        raise Malformed(f"{header} is no number of bytes.")
    return int(said)


def require_bytes(request: AnyRequest) -> None:
    """The body of a request that brings bytes says that it does."""
    if request.headers.get("content-type", "") != BODY_TYPE:
        raise HTTPException(status_code=415, detail=f"Bytes of an upload come as {BODY_TYPE}.")


def metadata_in(request: AnyRequest) -> dict[str, str]:
    """`Upload-Metadata`: keys, each with a text in base64. Raises `Malformed`."""
    said = request.headers.get("upload-metadata", "")
    if len(said) > MAX_METADATA_CHARS:
        raise Malformed("Upload-Metadata is too long.")
    found: dict[str, str] = {}
    for pair in said.split(",") if said.strip() else ():
        key, _, value = pair.strip().partition(" ")
        if not key or key in found:
            raise Malformed("Upload-Metadata has a key without a name, or one twice.")
        try:
            found[key] = base64.b64decode(value, validate=True).decode()
        except ValueError as cause:
            raise Malformed("Upload-Metadata holds what is no text in base64.") from cause
    return found


def headers_of(upload: Upload) -> dict[str, str]:
    """How far it is, and until when it stays."""
    return {
        **SPOKEN,
        "upload-offset": str(upload.received),
        "upload-expires": formatdate(upload.expires_ms // 1000, usegmt=True),
    }


def location_of(upload: Id) -> str:
    """Where it is, at whatever address the server is known by."""
    return f"{PATH}/{upload}"


def on_refusal(_: AnyRequest, error: BilinError) -> Response[bytes]:
    """A problem that clients of the protocol understand, too."""
    refused = problem(error)
    refused.headers.update(ABILITIES if isinstance(error, ProtocolUnknown) else SPOKEN)
    if isinstance(error, WrongOffset):
        refused.headers["upload-offset"] = str(error.details["offset"])
    return refused


ANSWERS: dict[Any, Any] = {BilinError: on_refusal}
"""`exception_handlers` of its routes."""
