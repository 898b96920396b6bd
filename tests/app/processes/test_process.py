"""A child ends with its parent, however the parent ends."""

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bilin.app.processes import Process, getting_ready, spawn
from tests.support.process_table import look_at, wait_until_gone

SLEEPER = [sys.executable, "-S", "-c", "import time; time.sleep(600)"]
STUBBORN = [
    sys.executable,
    "-S",
    "-c",
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(600)",
]
PARENT = """
import os, sys, time
from bilin.app.processes import spawn
print(spawn("child", sys.argv[1:], environ=os.environ).pid, flush=True)
time.sleep(600)
"""


async def test_kill_9_of_the_parent_ends_the_child() -> None:
    parent = subprocess.Popen([sys.executable, "-c", PARENT, *SLEEPER], stdout=subprocess.PIPE)
    assert parent.stdout is not None
    child = look_at(int(parent.stdout.readline()))
    assert child is not None
    parent.kill()
    parent.wait()
    parent.stdout.close()
    assert wait_until_gone([child], 5) == []


async def test_its_end_is_noticed_without_polling() -> None:
    process = spawn("quick", [sys.executable, "-S", "-c", "raise SystemExit(7)"], environ=os.environ)
    assert await asyncio.wait_for(process.wait(), 30) == 7
    assert process.exit_code == 7
    assert await process.wait() == 7


async def test_who_does_not_listen_is_ended_by_force(tmp_path: Path) -> None:
    said = tmp_path / "said"
    with said.open("wb") as output:
        process = spawn("stubborn", STUBBORN, environ=os.environ, output=output)
    while "up" not in said.read_text():
        await asyncio.sleep(0.01)
    assert await process.stop(signal.SIGTERM, 0.2) == -signal.SIGKILL


async def test_two_may_wait_for_the_same_end() -> None:
    process = spawn("sleeper", SLEEPER, environ=os.environ)
    waiting = [asyncio.create_task(process.wait()) for _ in range(2)]
    await asyncio.sleep(0.05)
    process.send(signal.SIGTERM)
    assert await asyncio.gather(*waiting) == [-signal.SIGTERM, -signal.SIGTERM]


async def test_a_start_that_is_called_off_leaves_no_child() -> None:
    started: list[Process] = []

    async def start() -> None:
        process = spawn("sleeper", SLEEPER, environ=os.environ)
        started.append(process)
        async with getting_ready(process):
            await asyncio.sleep(600)

    task = asyncio.create_task(start())
    await asyncio.sleep(0.05)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert started[0].exit_code == -signal.SIGTERM
