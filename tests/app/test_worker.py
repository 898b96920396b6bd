"""The worker process: what modules do in the background lives as long as it does, and begins anew when it fails."""

import asyncio
import os
import signal
from itertools import pairwise

import pytest
from structlog.testing import capture_logs

from bilin.app import worker
from bilin.core import site as site_module
from bilin.core.database import Pool
from bilin.core.jobs import JOBS
from bilin.core.log import Decision, LogWriter
from bilin.core.module import Feature, Module
from bilin.core.settings import Settings
from bilin.core.site import Background, Site, open_site
from bilin.org import UnitAdded
from tests.core.log.conftest import running


class Errand:
    """Fails, then ends, then does its work."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.begun = 0
        self.grown: list[int] = []
        self.is_working = asyncio.Event()
        self.was_stopped = False
        site.tail.on_growth(self.grown.append)

    async def run(self) -> None:
        self.begun += 1
        if self.begun == 1:
            raise RuntimeError("the first time")
        if self.begun == 2:
            return
        self.is_working.set()
        try:
            await asyncio.sleep(3600)
        finally:
            self.was_stopped = True


async def test_background_tasks_live_with_the_worker(
    settings: Settings, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(site_module, "AGAIN_S", 0.02)
    errands: list[Errand] = []

    def background(site: Site) -> list[Background]:
        errands.append(Errand(site))
        return [("errand", errands[0].run)]

    errand_module = Module("errands", (Feature(name="errands", background=background),))
    monkeypatch.setattr(worker, "modules", lambda: [errand_module])
    with capture_logs() as said:
        working = asyncio.create_task(worker.work(settings))
        async with asyncio.timeout(20):
            while not errands or not errands[0].is_working.is_set():
                assert not working.done()
                await asyncio.sleep(0.02)
        (errand,) = errands
        written = await write_something(settings, database_url, errand.site)
        async with asyncio.timeout(20):
            while errand.grown != [written]:
                await asyncio.sleep(0.02)
        os.kill(os.getpid(), signal.SIGTERM)
        await asyncio.wait_for(working, 30)
    assert errand.was_stopped
    assert errand.begun == 3
    told = [each["event"] for each in said if each.get("task") == "errand"]
    assert told == ["site.task_failed", "site.task_ended"]


async def write_something(settings: Settings, database_url: str, site: Site) -> int:
    """As the web process would; the id of what was written."""
    log = LogWriter(database_url, site.bus, site.keys, site.clock, site.number)
    async with running(log):
        unit = UnitAdded(unit=site.clock.next(), parent=None, name="Bilin", kind="company", rank=0)  # type: ignore[arg-type]
        return (await log.append(Decision([unit]), None)).id


async def test_what_fails_again_and_again_is_tried_ever_later(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(site_module, "AGAIN_S", 0.01)
    monkeypatch.setattr(site_module, "MAX_AGAIN_S", 0.08)
    loop = asyncio.get_running_loop()
    at: list[float] = []

    async def fail() -> None:
        at.append(loop.time())
        raise ValueError

    site = await open_site(settings)
    site.keep("failing", fail)
    async with asyncio.timeout(30):
        while len(at) < 7:
            await asyncio.sleep(0.01)
    await site.close()
    waits = [later - earlier for earlier, later in pairwise(at)]
    assert waits[0] >= 0.009
    assert waits[1] >= 0.019
    assert all(wait >= 0.079 for wait in waits[3:])
    count = len(at)
    await asyncio.sleep(0.2)
    assert len(at) == count


async def test_the_worker_does_what_schedules_have_due(settings: Settings, database: Pool) -> None:
    """At its first start everything is due once."""
    working = asyncio.create_task(worker.work(settings))
    async with asyncio.timeout(20):
        while len(done := await database.fetch("SELECT name, begun, failures FROM core.job_figure")) < len(JOBS):
            assert not working.done()
            await asyncio.sleep(0.02)
    os.kill(os.getpid(), signal.SIGTERM)
    await asyncio.wait_for(working, 30)
    assert {tuple(row) for row in done} == {(name, 1, 0) for name in JOBS}
    assert await database.fetchval("SELECT count(*) FROM jobs.procrastinate_workers") == 0
