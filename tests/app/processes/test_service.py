"""What ends by itself is started again; what was told to stop is not."""

import asyncio
import os
import signal
import sys
from collections.abc import Callable

import pytest

from bilin.app.embedded import EmbeddedServerFailed
from bilin.app.processes import KeptService, Process, how_it_ended, service, spawn

SLEEPER = [sys.executable, "-S", "-c", "import time; time.sleep(600)"]


class Sleeper:
    """A service for these tests; `refusals` starts fail after the first."""

    name = "Sleeper"
    stop_signal = signal.SIGTERM
    stop_within_s = 5.0

    def __init__(self, refusals: int = 0) -> None:
        self.starts: list[Process] = []
        self.refusals = refusals
        self.is_tidy = False

    async def start(self) -> Process:
        if self.starts and self.refusals:
            self.refusals -= 1
            raise EmbeddedServerFailed("not now")
        self.starts.append(spawn(self.name, SLEEPER, environ=os.environ))
        return self.starts[-1]

    def tidy(self) -> None:
        self.is_tidy = True


@pytest.fixture(autouse=True)
def _short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "AGAIN_S", 0.01)
    monkeypatch.setattr(service, "LONGEST_AGAIN_S", 0.01)


async def _until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(30):
        while not condition():
            await asyncio.sleep(0.01)


async def test_it_comes_back_each_time_it_is_killed() -> None:
    sleeper, said = Sleeper(), list[str]()
    kept = KeptService(sleeper, said.append)
    await kept.start()
    for expected in (2, 3):
        sleeper.starts[-1].send(signal.SIGKILL)
        await _until(lambda expected=expected: len(sleeper.starts) == expected)  # type: ignore[misc]
    await kept.stop()
    assert said == ["Sleeper was ended by SIGKILL; starting it again"] * 2
    assert kept.restarts == 2


async def test_a_restart_that_fails_is_tried_again() -> None:
    sleeper, said = Sleeper(refusals=3), list[str]()
    kept = KeptService(sleeper, said.append)
    await kept.start()
    sleeper.starts[0].send(signal.SIGKILL)
    await _until(lambda: len(sleeper.starts) == 2)
    await kept.stop()
    assert said.count("Sleeper does not start: not now; trying again") == 3


async def test_a_stop_is_for_good() -> None:
    sleeper, said = Sleeper(), list[str]()
    kept = KeptService(sleeper, said.append)
    await kept.start()
    running = kept.pid
    await kept.stop()
    await asyncio.sleep(0.1)
    assert running == sleeper.starts[0].pid
    assert kept.pid is None
    assert len(sleeper.starts) == 1
    assert said == []
    assert sleeper.is_tidy


async def test_a_first_start_that_fails_is_told_to_the_caller() -> None:
    class Broken(Sleeper):
        async def start(self) -> Process:
            raise EmbeddedServerFailed("never")

    kept = KeptService(Broken(), print)
    with pytest.raises(EmbeddedServerFailed):
        await kept.start()
    await kept.stop()


def test_ends_are_told_in_words() -> None:
    assert how_it_ended(-9) == "was ended by SIGKILL"
    assert how_it_ended(3) == "ended with code 3"


async def test_a_wanted_restart_is_quiet_and_is_kept_again() -> None:
    sleeper, said = Sleeper(refusals=1), list[str]()
    kept = KeptService(sleeper, said.append)
    await kept.start()
    await kept.restart()
    assert sleeper.starts[0].exit_code is not None
    assert kept.pid == sleeper.starts[1].pid
    assert said == ["Sleeper does not start: not now; trying again"]
    assert kept.restarts == 0
    kept.send(signal.SIGKILL)
    await _until(lambda: len(sleeper.starts) == 3)
    await kept.stop()
    assert not sleeper.refusals
