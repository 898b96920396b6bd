"""Opening a file of a conversation, wherever its bytes are."""

from typing import Any

from litestar import Response, get, post
from litestar.response import Stream

from bilin.core.budgets import cost
from bilin.core.commands import Context
from bilin.core.errors import NotFound
from bilin.core.http import UNCOMPRESSED, refuses
from bilin.core.ids import ConversationId, Id
from bilin.files.between.opening import be_here, opened_from_anywhere
from bilin.files.blobs.store import StoreAway
from bilin.files.errors import (
    BytesElsewhere,
    BytesMissing,
    OnItsWay,
    PictureTooLarge,
    PictureUnreadable,
    PreviewsAway,
    SiteFull,
)
from bilin.files.previews.making import SIDES, Previews
from bilin.files.shared.download import SANDBOX, RangeNotSatisfiable, etag_of, headers_of, part_of
from bilin.files.shared.reading import FileNotFound, read_file
from bilin.files.uploads.tus import AnyRequest

ONE = "/api/conversations/{conversation:str}/files/{file:str}"
POINTS = 2
REFUSALS = (FileNotFound, BytesMissing, OnItsWay, BytesElsewhere, StoreAway, SiteFull, RangeNotSatisfiable)
PREVIEW_REFUSALS = (
    FileNotFound,
    BytesMissing,
    BytesElsewhere,
    StoreAway,
    PictureTooLarge,
    PictureUnreadable,
    PreviewsAway,
)


@get(
    ONE,
    include_in_schema=False,
    opt=cost(POINTS) | {UNCOMPRESSED: True} | refuses(*REFUSALS),
)
async def download(request: AnyRequest, conversation: ConversationId, file: Id, ctx: Context) -> Response[Any]:
    """The bytes of a file, or a part of them (`Range`), for who is in the conversation. Those that another site has
    are brought here first: `files.on_its_way` says how far they are."""
    found = await read_file(ctx, conversation, file)
    etag = etag_of(found)
    if request.headers.get("if-none-match") == etag:
        return Response(None, status_code=304, headers={"etag": etag})
    is_same = request.headers.get("if-range", etag) == etag
    part = part_of(found.size, request.headers.get("range") if is_same else None)
    body = await opened_from_anywhere(ctx.site, found, part)
    headers = headers_of(found, part)
    media_type = headers.pop("content-type")
    return Stream(body, status_code=200 if part.is_whole else 206, headers=headers, media_type=media_type)


@post(ONE + "/bring", status_code=204, opt=refuses(*REFUSALS), tags=["files"])
async def bring(conversation: ConversationId, file: Id, ctx: Context) -> None:
    """Have the bytes of a file at this site, so that the download begins at once. `files.on_its_way` says how far they
    are, and is answered until they are here: ask again."""
    await be_here(ctx.site, await read_file(ctx, conversation, file))


@get(
    ONE + "/preview/{size:str}",
    include_in_schema=False,
    opt=cost(1) | {UNCOMPRESSED: True} | refuses(*PREVIEW_REFUSALS),
)
async def preview(
    request: AnyRequest, conversation: ConversationId, file: Id, size: str, ctx: Context
) -> Response[bytes]:
    """A picture as it shows in a conversation (`small`: 640 pixels) or fills a window (`large`: 2,048): WebP, without
    anything beside what it shows."""
    side = SIDES.get(size)
    if side is None:
        raise NotFound
    found = await read_file(ctx, conversation, file)
    headers = {"etag": f'"{found.blob}-{side}"', "cache-control": "private, no-cache"}
    if request.headers.get("if-none-match") == headers["etag"]:
        return Response(b"", status_code=304, headers=headers)
    body = await ctx.site.get(Previews).preview(found, side)
    headers |= {"content-security-policy": SANDBOX, "content-disposition": "inline"}
    return Response(body, headers=headers, media_type="image/webp")


routes = [download, bring, preview]
