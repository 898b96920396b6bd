"""Lanes: all run, each is shown whole, one that fails fails all, and none outlives the tool."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
MAKEFILE = """
first:
\t@sleep 0.3; echo this is the first
second:
\t@echo this is the second
bad:
\t@echo "FAILED tests/test_it.py::test_it"; echo this one fails; exit 3
long:
\t@echo $$$$ > long.pid; exec sleep 60
"""


def _lanes(folder: Path, *targets: str) -> "subprocess.Popen[str]":
    (folder / "Makefile").write_text(MAKEFILE)
    environ = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    command = [sys.executable, "-m", "tools.side_by_side", *targets]
    return subprocess.Popen(
        command, cwd=folder, env=environ | {"PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE, text=True
    )


def test_all_run_and_are_shown_one_after_the_other(tmp_path: Path) -> None:
    lanes = _lanes(tmp_path, "first", "second")
    said, _ = lanes.communicate(timeout=30)
    assert lanes.returncode == 0
    assert said.split("\n") == ["this is the first", "", "make second", "this is the second", ""]


def test_one_that_fails_fails_all_and_the_others_are_shown(tmp_path: Path) -> None:
    lanes = _lanes(tmp_path, "second", "bad", "first")
    said, _ = lanes.communicate(timeout=30)
    assert lanes.returncode != 0
    assert "this one fails" in said
    assert "this is the first" in said
    assert "Failed in make bad:\nFAILED tests/test_it.py::test_it\nmake: ***" in said.split("this is the first")[1]


def test_the_first_is_named_at_the_end_too(tmp_path: Path) -> None:
    lanes = _lanes(tmp_path, "bad", "second")
    said, _ = lanes.communicate(timeout=30)
    assert lanes.returncode != 0
    assert "FAILED tests/test_it.py::test_it" in said.split("this is the second")[1]


def test_none_outlives_it(tmp_path: Path) -> None:
    lanes = _lanes(tmp_path, "first", "long")
    until = time.monotonic() + 20
    while not (tmp_path / "long.pid").exists() or not (tmp_path / "long.pid").read_text().strip():
        assert time.monotonic() < until
        time.sleep(0.02)
    lanes.send_signal(signal.SIGTERM)
    lanes.wait(30)
    pid = int((tmp_path / "long.pid").read_text())
    assert not Path(f"/proc/{pid}").exists() or " Z " in Path(f"/proc/{pid}/stat").read_text()
