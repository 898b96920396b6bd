"""Opening a file of a conversation."""

from typing import Any

from litestar import Response, get
from litestar.response import Stream

from bilin.core.budgets import cost
from bilin.core.commands import Context
from bilin.core.http import UNCOMPRESSED, refuses
from bilin.core.ids import ConversationId, Id
from bilin.files.blobs.store import Store, StoreAway
from bilin.files.errors import BytesMissing
from bilin.files.shared.download import RangeNotSatisfiable, etag_of, headers_of, opened, part_of
from bilin.files.shared.reading import FileNotFound, read_file
from bilin.files.uploads.tus import AnyRequest

POINTS = 2


@get(
    "/api/conversations/{conversation:str}/files/{file:str}",
    include_in_schema=False,
    opt=cost(POINTS) | {UNCOMPRESSED: True} | refuses(FileNotFound, BytesMissing, StoreAway, RangeNotSatisfiable),
)
async def download(request: AnyRequest, conversation: ConversationId, file: Id, ctx: Context) -> Response[Any]:
    """The bytes of a file, or a part of them (`Range`), for who is in the conversation."""
    found = await read_file(ctx, conversation, file)
    etag = etag_of(found)
    if request.headers.get("if-none-match") == etag:
        return Response(None, status_code=304, headers={"etag": etag})
    is_same = request.headers.get("if-range", etag) == etag
    part = part_of(found.size, request.headers.get("range") if is_same else None)
    body = await opened(ctx.site.get(Store), found, part)
    headers = headers_of(found, part)
    media_type = headers.pop("content-type")
    return Stream(body, status_code=200 if part.is_whole else 206, headers=headers, media_type=media_type)


routes = [download]
