"""An administrator says that a backup was put back: what was anchored after it is over, and that stays written down."""

import asyncio
from pathlib import Path

from bilin.core.crypto import Keyring
from bilin.core.database import Pool, snapshot
from bilin.core.errors import Conflict
from bilin.core.log.store import read_run
from bilin.governance.anchors import AnchorFile
from bilin.governance.verify import Walk


class NothingSetBack(Conflict):
    """The log has all that was anchored, or was changed in another way than by putting a backup back."""

    code = "governance.nothing_set_back"
    title = "The log does not look as if a backup had been put back"
    hint = "`bilin audit verify` tells what there is."


class StillRunning(Conflict):
    """The worker writes the file of anchors."""

    code = "governance.still_running"
    title = "Bilin runs and writes the file of anchors itself"
    hint = "Stop it, run this command, and start it again."


async def accept_restored(pool: Pool, keys: Keyring, path: Path) -> int:
    """Write down that the log was set back; through which position it is what it was.

    Raises `NothingSetBack`, `StillRunning` or `AnchorsChanged`.
    """
    try:
        file = AnchorFile(path, keys.audit)
    except BlockingIOError as cause:
        raise StillRunning from cause
    try:
        async with snapshot(pool) as (db, head):
            walk = Walk(db, keys, head)
            report = await walk.verify([path])
            if not report.is_set_back_only:
                raise NothingSetBack
            await asyncio.to_thread(file.append, "restored", await read_run(db), walk.common, bytes(32))
    finally:
        file.close()
    return walk.common
