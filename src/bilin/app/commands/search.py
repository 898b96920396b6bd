"""`bilin search`"""

import asyncio
from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from bilin.app.configuration import read_configuration
from bilin.app.joining import joined
from bilin.app.migrations import upgrade
from bilin.app.supervisor import Progress
from bilin.core.crypto import Keyring, read_master_key
from bilin.core.database import open_pool
from bilin.core.settings import DatabaseSettings, Settings, SiteSettings
from bilin.core.site import MASTER_KEY_FILE
from bilin.search import rebuild as rebuild_index

search = App(name="search", help="The search index.")


@search.command
def rebuild(*, config: Annotated[Path | None, Parameter(help="TOML file with the settings.")] = None) -> None:
    """Make the search index anew from the messages. Bilin may run, and people go on searching."""
    progress = Progress()
    done = asyncio.run(_rebuild(read_configuration(config), progress))
    progress.say("search", f"{done:,} messages are in the index")


async def _rebuild(settings: Settings, progress: Progress) -> int:
    done = 0
    async with joined(settings, progress, bus=False) as reachable:
        url, folder = reachable[DatabaseSettings].url, reachable[SiteSettings].data_dir
        await upgrade(url)
        pool = await open_pool(url)
        try:
            async with progress.step("Making the search index", "Search index made"):
                async for done, total in rebuild_index(pool, Keyring(read_master_key(folder / MASTER_KEY_FILE))):
                    progress.doing(f"Making the search index: {done:,} of {total:,} messages")
        finally:
            await pool.close()
    return done
