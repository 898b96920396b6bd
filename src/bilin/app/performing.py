"""In the process that writes the log: requests that the site's other processes pass on to it."""

import asyncio

from bilin.core.at_writer import passed_subject, perform
from bilin.core.forwarding import Application
from bilin.core.site import Site


def perform_for_others(site: Site) -> None:
    """Answer them for as long as this process writes the log."""

    async def answer(_: str, payload: bytes) -> bytes:
        return await perform(site.get(Application).app, payload)

    async def run() -> None:
        answering = await site.bus.answer(passed_subject(site.number), answer)
        try:
            await asyncio.Event().wait()
        finally:
            await answering.stop()

    site.keep_while_writing("performing", run)
