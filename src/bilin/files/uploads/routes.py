"""Uploads, by the tus protocol, and as JSON for who asks what is on its way."""

from litestar import Response, delete, get, patch, post, route
from litestar.enums import HttpMethod

from bilin.core.budgets import cost, streams
from bilin.core.commands import Context
from bilin.core.errors import Invalid
from bilin.core.http import TAKES_FILE, refuses
from bilin.core.ids import Id, wall_ms
from bilin.core.reasons import TooLong
from bilin.files.blobs.store import StoreAway
from bilin.files.errors import (
    ChecksumWrong,
    FileTooLarge,
    NoRoomLeft,
    ProgramForbidden,
    ProtocolUnknown,
    SiteFull,
    TooManyBytes,
    TooManyUploads,
    UploadBusy,
    UploadNotFound,
    WrongOffset,
)
from bilin.files.names import tidy_name
from bilin.files.uploads import keeping, receiving, tus
from bilin.files.uploads.model import Upload, UploadView
from bilin.files.uploads.tus import PATH, AnyRequest

ONE = PATH + "/{upload:str}"
MAX_SAID_CHARS = 2_000
POINTS = 2
SENDING = (
    UploadNotFound,
    UploadBusy,
    WrongOffset,
    TooManyBytes,
    ChecksumWrong,
    ProgramForbidden,
    ProtocolUnknown,
    SiteFull,
    StoreAway,
)


@route(PATH, http_method=[HttpMethod.OPTIONS], status_code=204, include_in_schema=False)
async def abilities() -> Response[None]:
    """What of tus this server speaks."""
    return Response(None, status_code=204, headers=tus.ABILITIES)


@post(
    PATH,
    request_max_body_size=None,
    opt=cost(POINTS) | streams() | TAKES_FILE | refuses(*SENDING, FileTooLarge, NoRoomLeft, TooManyUploads),
    exception_handlers=tus.ANSWERS,
    tags=["files"],
)
async def begin(request: AnyRequest, ctx: Context) -> Response[UploadView]:
    """Begin an upload, as tus 1.0.0 has it: `Upload-Length`, and in `Upload-Metadata` `filename` and `filetype`.

    Nobody sees the file before it is sent with a message. The body may be its first bytes.
    """
    tus.require_version(request)
    size, said = tus.number_in(request, "upload-length"), tus.metadata_in(request)
    name, kind = said.get("filename", ""), said.get("filetype", "")
    if len(name) > MAX_SAID_CHARS:
        raise Invalid(reasons={"filename": TooLong(most=MAX_SAID_CHARS)})
    brings_bytes = "content-type" in request.headers
    if brings_bytes:
        tus.require_bytes(request)
    checksum = receiving.checksum_of(request.headers.get("upload-checksum"))
    upload = await receiving.begin_upload(ctx, tidy_name(name), kind, size)
    if brings_bytes:
        try:
            upload = await receiving.receive(ctx, upload.id, 0, request.stream(), checksum)
        except (TooManyBytes, ChecksumWrong):  # it is not told of, so nobody could give it up
            await receiving.give_up(ctx, upload.id)
            raise
    headers = {**tus.headers_of(upload), "location": tus.location_of(upload.id)}
    return Response(upload.view, status_code=201, headers=headers)


@get(ONE, exception_handlers=tus.ANSWERS, opt=refuses(UploadNotFound, UploadBusy), tags=["files"])
async def stands_at(upload: Id, ctx: Context) -> Response[UploadView]:
    """How far an upload of mine came. In tus it is asked with HEAD, which answers the headers alone."""
    found = await receiving.look(ctx, upload)
    headers = {**tus.headers_of(found), "upload-length": str(found.size), "cache-control": "no-store"}
    return Response(found.view, headers=headers)


@patch(
    ONE,
    status_code=204,
    request_max_body_size=None,
    include_in_schema=False,
    opt=cost(POINTS) | streams(),
    exception_handlers=tus.ANSWERS,
)
async def append(request: AnyRequest, upload: Id, ctx: Context) -> Response[None]:
    """Further bytes of an upload of mine."""
    tus.require_version(request)
    tus.require_bytes(request)
    offset = tus.number_in(request, "upload-offset")
    checksum = receiving.checksum_of(request.headers.get("upload-checksum"))
    found: Upload = await receiving.receive(ctx, upload, offset, request.stream(), checksum)
    return Response(None, status_code=204, headers=tus.headers_of(found))


@delete(ONE, status_code=204, include_in_schema=False, exception_handlers=tus.ANSWERS)
async def give_up(upload: Id, ctx: Context) -> Response[None]:
    """Give an upload of mine up. What was sent already stays sent."""
    await receiving.give_up(ctx, upload)
    return Response(None, status_code=204, headers=tus.SPOKEN)


@get(PATH, tags=["files"])
async def uploads(ctx: Context) -> list[UploadView]:
    """My uploads that were not sent, the oldest first."""
    return [each.view for each in await keeping.load_all(ctx.site, ctx.person, wall_ms())]


routes = [abilities, begin, stands_at, append, give_up, uploads]
