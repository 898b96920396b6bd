"""Answers are compressed (gzip, RFC 1952) for who takes that; large ones in a thread, so that the loop carries messages
meanwhile: zlib does without Python's lock."""

import asyncio
import zlib
from collections.abc import Iterable
from typing import Any

from litestar.enums import ScopeType
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from bilin.core import http

LEVEL = 3
LEAST_BYTES = 2_000
IN_THREAD_FROM_BYTES = 32_768
"""Some tenths of a millisecond; handing it to a thread costs as much as that."""
GZIP = 31
"""`wbits` of zlib for the format of gzip."""


class Compression(ASGIMiddleware):
    """Compresses what is sent in one piece."""

    scopes = (ScopeType.HTTP,)
    exclude_opt_key = http.UNCOMPRESSED

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """Hold the head back until the body is there, and with it how it is sent."""
        head: list[Any] = []

        async def compressing(message: Message) -> None:
            if message["type"] == "http.response.start":
                head.append(message)
            elif message["type"] == "http.response.body" and head:
                start = head.pop()
                body = message.get("body", b"")
                if is_worth_it(start["headers"], body) and not message.get("more_body"):
                    packed = await pack(body)
                    start["headers"] = packed_headers(start["headers"], len(packed))
                    await send(start)
                    await send({**message, "body": packed})
                else:
                    await send(start)
                    await send(message)
            else:
                await send(message)

        await next_app(scope, receive, compressing if takes_gzip(scope["headers"]) else send)


def takes_gzip(headers: Iterable[tuple[bytes, bytes]]) -> bool:
    """Whether who asks takes it."""
    return any(name == b"accept-encoding" and b"gzip" in value for name, value in headers)


def is_worth_it(headers: Iterable[tuple[bytes, bytes]], body: bytes) -> bool:
    """Whether a body is large enough, and not compressed already."""
    return len(body) >= LEAST_BYTES and not any(name.lower() == b"content-encoding" for name, _ in headers)


async def pack(body: bytes) -> bytes:
    """The body, compressed."""
    if len(body) < IN_THREAD_FROM_BYTES:
        return compress(body)
    return await asyncio.to_thread(compress, body)


def compress(body: bytes) -> bytes:
    """In this thread."""
    return zlib.compress(body, LEVEL, GZIP)


def packed_headers(headers: Iterable[tuple[bytes, bytes]], size: int) -> list[tuple[bytes, bytes]]:
    """The headers of a compressed body."""
    kept = [(name, value) for name, value in headers if name.lower() not in (b"content-length", b"vary")]
    told = [value for name, value in headers if name.lower() == b"vary"]
    vary = b", ".join([*told, b"Accept-Encoding"])
    return [*kept, (b"content-encoding", b"gzip"), (b"vary", vary), (b"content-length", b"%d" % size)]
