"""The message bus and the web process."""

import asyncio
from collections.abc import AsyncIterator
from urllib.parse import urlsplit

from bilin import __version__
from bilin.app.supervisor.external import check_nats
from bilin.app.supervisor.folder import running_web
from bilin.app.supervisor.health import get_json, missing
from bilin.core.checks import Examined, Observation, broken, unchecked, warning, well
from bilin.core.settings import NatsSettings

PATIENCE_S = 3.0


async def look_at_bus(examined: Examined) -> AsyncIterator[Observation]:
    """Without it messages arrive up to a fifth of a second later."""
    name, url = "core.bus", examined.settings[NatsSettings].url
    if not url:
        yield unchecked(name, "No NATS can be reached: Bilin does not run on this folder.")
        return
    try:
        await asyncio.wait_for(check_nats(url), PATIENCE_S)
    except (OSError, TimeoutError) as failed:
        said = f"NATS does not answer ({str(failed) or type(failed).__name__}): messages arrive late."
        yield broken(name, said, "Look at logs/nats.log in the data folder, or at your own NATS.")
    else:
        yield well(name, "NATS answers.")


async def look_at_web(examined: Examined) -> AsyncIterator[Observation]:
    """What people talk to."""
    name, running = "app.web", running_web(examined.folder)
    if running is None:
        yield unchecked(name, "No web process runs on this folder.", "Start it: `bilin serve`.")
        return
    parts = urlsplit(running.address)
    answer = await get_json(parts.hostname or "", parts.port or 80, "/health")
    if answer is None:
        yield broken(name, f"{running.address} does not answer.", "Look at the logs of `bilin serve`.")
        return
    status, body = answer
    if lacks := missing(body):
        yield broken(name, f"{running.address} is not ready: {', '.join(lacks)}.", "Look at the logs of `bilin serve`.")
    elif status != 200:
        yield broken(name, f"{running.address} answers {status}.", "Look at the logs of `bilin serve`.")
    elif (version := body.get("version")) != __version__:
        said = f"{running.address} runs version {version}, this program is {__version__}."
        yield warning(name, said, "Start the server anew after an upgrade.")
    else:
        yield well(name, f"{running.address} is ready (version {__version__}).")
