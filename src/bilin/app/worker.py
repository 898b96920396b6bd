"""The worker process: durable followers of the log, jobs and schedules, and what modules do in the background."""

import asyncio
import signal

import structlog
import uvloop

from bilin.app import collector, neighbours
from bilin.app.configuration import read_configuration
from bilin.app.metrics import own_figures
from bilin.app.migrations import upgrade
from bilin.core import telemetry
from bilin.core.house import modules
from bilin.core.jobs import JOBS, SCHEDULES
from bilin.core.jobs.running import JobRunner
from bilin.core.log.follower import FollowerRunner
from bilin.core.roles import WORKERS_NUMBER, Place, Role
from bilin.core.settings import DatabaseSettings, LogSettings, Settings, SiteSettings
from bilin.core.site import open_site

logger = structlog.get_logger(__name__)


async def work(settings: Settings) -> None:
    """Run all followers and background tasks until the process is told to stop."""
    await upgrade(settings[DatabaseSettings].url)
    place = Place(frozenset({Role.WORKER}), WORKERS_NUMBER)
    site = await open_site(settings, place)
    runners = [
        FollowerRunner(follower, site.pool, site.keys) for module in modules() for follower in module.followers(site)
    ]

    def stir(_: int) -> None:
        for runner in runners:
            runner.stir()

    site.tail.on_growth(stir)
    jobs = JobRunner(site, JOBS.values(), SCHEDULES.values())
    background = [task for module in modules() for task in module.background(site)]
    await site.tail.start(heads_only=True)
    site.keep("tail", site.tail.run)
    for runner in runners:
        site.keep(runner.name, runner.run)
    site.keep("jobs", jobs.keep_running)
    for name, begin in background:
        site.keep(name, begin)
    collector.settle()
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    names = [name for name, _ in background]
    logger.info("worker.ready", followers=[runner.name for runner in runners], background=names)
    async with neighbours.answering(settings[SiteSettings].data_dir, place.name, {neighbours.METRICS: own_figures}):
        await stop.wait()
    await site.close()


def main() -> None:
    """Entry point of the supervisor's child."""
    settings = read_configuration()
    telemetry.configure_logging(settings[LogSettings])
    uvloop.run(work(settings))


if __name__ == "__main__":
    main()
