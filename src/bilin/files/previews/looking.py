"""Having a picture looked at: in a process of its own, which can be killed at any moment and takes nothing with it."""

import asyncio
import sys
from contextlib import suppress

import msgspec
import structlog

from bilin.pictures import Made

logger = structlog.get_logger(__name__)

PATIENCE_S = 30.0
AT_ONCE = 2
COMMAND = (sys.executable, "-I", "-m", "bilin.pictures.making")
decoder = msgspec.msgpack.Decoder(Made)


class Looker:
    """Looks at so many pictures at once."""

    def __init__(self) -> None:
        self._turns = asyncio.Semaphore(AT_ONCE)

    async def look(self, picture: bytes, side: int) -> Made | None:
        """A preview, or why there is none; None: the process ended before it had an answer."""
        async with self._turns:
            process = await asyncio.create_subprocess_exec(
                *COMMAND,
                str(side),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
                env={"LANG": "C.UTF-8"},
                cwd="/",
                start_new_session=True,
            )
            try:
                said, _ = await asyncio.wait_for(process.communicate(picture), PATIENCE_S)
                return decoder.decode(said)
            except (TimeoutError, msgspec.DecodeError, ConnectionError) as cause:
                logger.warning("files.no_preview", code=process.returncode, reason=repr(cause))
                return None
            finally:
                with suppress(ProcessLookupError):
                    process.kill()
                await process.wait()
