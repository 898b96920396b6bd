"""Work that goes on for as long as a process lives: what it logs when it cannot."""

import asyncio

import pytest
from structlog.testing import capture_logs

from bilin.core import site
from bilin.core.errors import Unavailable


async def test_a_database_that_is_away_is_no_fault_of_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(site, "AGAIN_S", 0.001)
    causes: list[Exception] = [Unavailable("the database does not answer"), ValueError("a mistake")]
    done = asyncio.Event()

    async def work() -> None:
        if causes:
            raise causes.pop(0)
        done.set()
        await asyncio.Event().wait()

    with capture_logs() as lines:
        kept = asyncio.create_task(site.kept("work", work))
        await asyncio.wait_for(done.wait(), 30)
        kept.cancel()
    assert [(line["event"], line["log_level"]) for line in lines] == [
        ("site.task_waits", "warning"),
        ("site.task_failed", "error"),
    ]
