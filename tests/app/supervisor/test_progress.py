"""What is written while Bilin starts."""

import asyncio
import contextlib
import io
import os
import sys

import pytest
from rich.console import Console

from bilin.app.supervisor import Progress


def _progress(*, terminal: bool) -> tuple[Progress, io.StringIO]:
    said = io.StringIO()
    return Progress(Console(file=said, force_terminal=terminal, highlight=False, width=80)), said


async def test_a_finished_step_is_one_line_in_a_log() -> None:
    progress, said = _progress(terminal=False)
    async with progress.step("Starting NATS", "NATS"):
        pass
    assert said.getvalue().split() == ["✓", "NATS", "0.0", "s"]
    assert "\x1b" not in said.getvalue()


async def test_a_step_that_fails_is_not_ticked_off() -> None:
    progress, said = _progress(terminal=False)
    with pytest.raises(RuntimeError):
        async with progress.step("Starting NATS", "NATS"):
            raise RuntimeError
    assert "✓" not in said.getvalue()


async def test_a_closed_output_is_no_reason_to_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as broken:
        monkeypatch.setattr(sys, "stdout", broken)
        progress = Progress()
        progress.note("nobody reads this " * 10_000)
        async with progress.step("Starting NATS", "NATS"):
            pass
        monkeypatch.undo()
        with contextlib.suppress(BrokenPipeError):
            broken.close()


async def test_a_terminal_shows_what_is_being_done() -> None:
    progress, said = _progress(terminal=True)
    async with progress.step("Starting NATS", "NATS"):
        progress.doing("Waiting for NATS")
        await asyncio.sleep(0.01)
    assert "Waiting for NATS" in said.getvalue()
    assert said.getvalue().rstrip().endswith("s\x1b[0m")
