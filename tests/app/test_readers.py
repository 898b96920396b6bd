"""Who reads along: a person on a terminal gets lines, a program behind a file or a pipe gets JSON."""

import json
import os
import pty
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

SAYS = """
import importlib
command = importlib.import_module("bilin.app.commands.serve")

async def supervise(settings, role, progress, token):
    import structlog
    command.telemetry.configure_logging(settings[command.LogSettings])
    progress.heading("Bilin 比邻")
    async with progress.step("Starting NATS", "NATS"):
        structlog.get_logger().info("site.quiet")
        structlog.get_logger().warning("site.away", site=2)
    progress.note("Other sites cannot reach this one")

command.supervise = supervise
command.serve()
"""
"""`bilin serve` with nothing to run: what it says, and what a process of it logs."""


def said(stream: int, environ: Mapping[str, str], folder: Path) -> None:
    """Whatever `bilin serve` says and logs, to a stream."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("BILIN_")}
    own |= {"BILIN_DATA_DIR": str(folder / "data"), "TERM": "xterm"}
    subprocess.run(
        [sys.executable, "-c", SAYS], env={**own, **environ}, cwd=folder, stdout=stream, stderr=stream, check=True
    )


def on_a_terminal(folder: Path, **environ: str) -> str:
    ours, theirs = pty.openpty()
    with os.fdopen(ours, "rb", buffering=0) as reading:
        said(theirs, environ, folder)
        os.close(theirs)
        parts = []
        try:
            while part := reading.read(65_536):
                parts.append(part)
        except OSError:  # the other end is closed: Linux's way to end a terminal
            pass
    return b"".join(parts).decode()


def in_a_file(folder: Path, **environ: str) -> str:
    file = folder / "output"
    with file.open("wb") as output:
        said(output.fileno(), environ, folder)
    return file.read_text()


def through_a_pipe(folder: Path, **environ: str) -> str:
    reading, writing = os.pipe()
    said(writing, environ, folder)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as output:
        return output.read()


def events(output: str) -> list[str]:
    """Every line is one object."""
    return [json.loads(line)["event"] for line in output.splitlines()]


def test_a_person_reads_lines(tmp_path: Path) -> None:
    output = on_a_terminal(tmp_path)
    assert "✓" in output
    assert "Other sites cannot reach this one" in output
    assert "site.away" in output
    assert "site.quiet" not in output, "only warnings interrupt what a person reads"
    assert '{"' not in output


@pytest.mark.parametrize("read", [in_a_file, through_a_pipe])
def test_a_program_reads_one_object_a_line(tmp_path: Path, read: object) -> None:
    assert callable(read)
    assert events(read(tmp_path)) == ["serve.starting", "site.quiet", "site.away", "serve.step", "serve.note"]


def test_the_setting_wins_over_what_the_stream_is(tmp_path: Path) -> None:
    assert "site.away" in events(on_a_terminal(tmp_path, BILIN_LOG_FORMAT="json"))
    assert '{"' not in in_a_file(tmp_path, BILIN_LOG_FORMAT="TEXT")
