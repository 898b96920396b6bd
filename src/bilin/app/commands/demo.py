"""`bilin demo`"""

import asyncio
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from bilin.app.configuration import read_configuration
from bilin.app.demo import PASSWORD, Sample, load_sample
from bilin.app.joining import joined
from bilin.app.migrations import upgrade
from bilin.app.supervisor import Progress
from bilin.core.errors import Conflict
from bilin.core.settings import DatabaseSettings, LogSettings, Settings
from bilin.core.site import open_site
from bilin.core.telemetry import configure_logging

WRITER_PATIENCE_S = 3.0


class ServerWrites(Conflict):
    """A running server holds the log's lock."""

    code = "app.server_writes"
    title = "Bilin is running on this folder"
    hint = "Stop it with Ctrl-C, load the sample company, and start it again."


def demo(*, config: Annotated[Path | None, Parameter(help="TOML file with the settings.")] = None) -> None:
    """Load the sample company into an empty site: a headquarters, four branches, 300 people, their conversations."""
    progress = Progress()
    configure_logging(LogSettings(level="warning"))
    sample = asyncio.run(_load(read_configuration(config), progress))
    progress.line()
    progress.say("loaded", f"{sample.people} people, {sample.conversations} conversations, {sample.messages} messages")
    progress.say("sign in", f"{sample.administrator} (administrator), {', '.join(sample.others)}")
    progress.say("with", f"the password {PASSWORD}")
    progress.say("new", f"{sample.newcomer}, who has to choose a password of their own")
    progress.line()
    progress.line("Now run `bilin serve` (or `make serve`).")


async def _load(settings: Settings, progress: Progress) -> Sample:
    async with joined(settings, progress) as reachable:
        await upgrade(reachable[DatabaseSettings].url)
        site = await open_site(reachable)
        try:
            site.spawn("log-writer", site.log.run())
            for _ in range(int(WRITER_PATIENCE_S / 0.05)):
                if site.log.is_writing:
                    break
                await asyncio.sleep(0.05)
            else:
                raise ServerWrites
            async with progress.step("Loading the sample company", "Sample company"):
                return await load_sample(site)
        finally:
            await site.close()
