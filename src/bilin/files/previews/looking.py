"""Having a picture looked at: in a process of its own, which can be killed at any moment and takes nothing with it."""

import asyncio
import os
import re
import sys
from contextlib import suppress

import msgspec
import structlog

from bilin.pictures import Made

logger = structlog.get_logger(__name__)

PATIENCE_S = 30.0
PYTHON = "/proc/self/exe"
"""This very program, also where its path is out of reach for the user that we have become (`bilin.app.as_user`)."""
COMMAND = (PYTHON, "-S", "-s", "-P", "-m", "bilin.pictures.making")
OPENED = re.compile(r"/proc/self/fd/(\d+)")
decoder = msgspec.msgpack.Decoder(Made)


class Looker:
    """Begins a process for each picture."""

    async def look(self, picture: bytes, side: int) -> Made | None:
        """A preview, or why there is none; None: the process ended before it had an answer."""
        try:
            process = await _begun(side)
        except OSError as cause:
            logger.warning("files.no_preview", reason=repr(cause))
            return None
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


async def _begun(side: int) -> asyncio.subprocess.Process:
    """It finds the modules where we have found them, through the folders that are open here."""
    opened = {int(found[1]) for each in sys.path if (found := OPENED.match(each)) is not None}
    return await asyncio.create_subprocess_exec(
        *COMMAND,
        str(side),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env={"LANG": "C.UTF-8", "PYTHONPATH": os.pathsep.join(each for each in sys.path if each)},
        pass_fds=tuple(opened),
        cwd="/",
        start_new_session=True,
    )
