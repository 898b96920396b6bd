"""`bilin audit`"""

import asyncio
from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from bilin.app.configuration import read_configuration
from bilin.app.joining import joined
from bilin.app.supervisor import Progress
from bilin.core.crypto import Keyring, read_master_key
from bilin.core.database import open_pool
from bilin.core.settings import DatabaseSettings, Settings, SiteSettings
from bilin.core.site import MASTER_KEY_FILE
from bilin.governance import Verified, verify_chain

audit = App(name="audit", help="The audit chain over everything that happened.")


@audit.command
def verify(*, config: Annotated[Path | None, Parameter(help="TOML file with the settings.")] = None) -> None:
    """Compute the whole chain again from the log and compare. Write the last hash down somewhere else."""
    progress = Progress()
    verified = asyncio.run(_verify(read_configuration(config), progress))
    progress.say("events", f"{verified.events} of {verified.log_head} in the log")
    progress.say("chain", verified.chain)
    if verified.events < verified.log_head:
        progress.line("The newest events are not in the chain yet: the worker adds them while Bilin runs.")


async def _verify(settings: Settings, progress: Progress) -> Verified:
    async with joined(settings, progress, bus=False) as reachable:
        pool = await open_pool(reachable[DatabaseSettings].url)
        try:
            keys = Keyring(read_master_key(reachable[SiteSettings].data_dir / MASTER_KEY_FILE))
            return await verify_chain(pool, keys)
        finally:
            await pool.close()
