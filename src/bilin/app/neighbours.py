"""What the processes of this machine tell each other and the supervisor: how they are, and their figures.

Each listens on a Unix socket of its own in the data folder, is asked one word, and answers once.
"""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from pathlib import Path

import msgspec

from bilin.core.log.handover.frames import SocketFolder

PREFIX, SUFFIX = "process-", ".sock"
HEALTH, METRICS = "health", "metrics"
"""The words."""
WITHIN_S = 2.0
MAX_ANSWER_BYTES = 16 << 20

Answers = Mapping[str, Callable[[], Awaitable[bytes]]]
"""What a process answers, by the word it is asked."""


class Health(msgspec.Struct, frozen=True):
    """How one process is."""

    is_ready: bool
    checks: dict[str, bool]
    """What has to be so, by name."""


decode_health = msgspec.msgpack.Decoder(Health).decode


@contextlib.asynccontextmanager
async def answering(data: Path, name: str, answers: Answers) -> AsyncIterator[None]:
    """Answer for the time of the block, under the name of this process."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, TimeoutError, ValueError, asyncio.IncompleteReadError):
            async with asyncio.timeout(WITHIN_S):
                word = (await reader.readline()).decode("ascii").strip()
                if word in answers:
                    writer.write(await answers[word]())
                    await writer.drain()
        writer.close()

    folder = SocketFolder(data)
    listening = socket.socket(socket.AF_UNIX)
    path = folder.path(f"{PREFIX}{name}{SUFFIX}")
    path.unlink(missing_ok=True)
    listening.bind(str(path))
    server = await asyncio.start_unix_server(answer, sock=listening)
    try:
        yield
    finally:
        server.close()
        path.unlink(missing_ok=True)
        folder.close()


async def ask_health(data: Path, name: str) -> Health | None:
    """How a process of this machine is; None while it does not say."""
    with contextlib.closing(SocketFolder(data)) as folder:
        answer = await _ask(folder.path(f"{PREFIX}{name}{SUFFIX}"), HEALTH)
    return None if answer is None else decode_health(answer)


async def ask_all(data: Path, word: str) -> dict[str, bytes]:
    """What the processes of this machine answer, by their names."""
    with contextlib.closing(SocketFolder(data)) as folder:
        paths = sorted(folder.path("").glob(f"{PREFIX}*{SUFFIX}"))
        answers = await asyncio.gather(*(_ask(path, word) for path in paths))
    names = [path.name.removeprefix(PREFIX).removesuffix(SUFFIX) for path in paths]
    return {name: answer for name, answer in zip(names, answers, strict=True) if answer is not None}


async def _ask(path: Path, word: str) -> bytes | None:
    try:
        async with asyncio.timeout(WITHIN_S):
            reader, writer = await asyncio.open_unix_connection(str(path), limit=MAX_ANSWER_BYTES)
            try:
                writer.write(f"{word}\n".encode())
                return await reader.read() or None
            finally:
                writer.close()
    except (OSError, TimeoutError):
        return None
