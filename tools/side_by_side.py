"""Runs make targets side by side: `python -m tools.side_by_side test-python test-browser-people`.

Tests wait for half of their time, for servers to start and lines to come back, so two lanes on two cores take little
more than the longer one. The first is shown as it goes, the others whole when it has ended; one that fails fails all.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from typing import IO


def main(targets: list[str]) -> int:
    """The exit code: 0 when all targets succeeded."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with contextlib.ExitStack() as files:
        outputs = [files.enter_context(tempfile.TemporaryFile()) for _ in targets[1:]]
        lanes = [_start(target, output) for target, output in zip(targets, [None, *outputs], strict=True)]
        try:
            codes = [lanes[0].wait()]
            for target, lane, output in zip(targets[1:], lanes[1:], outputs, strict=True):
                codes.append(lane.wait())
                _show(target, output)
            return next((code for code in codes if code), 0)
        finally:
            for lane in lanes:
                _end(lane)


def _show(target: str, output: IO[bytes]) -> None:
    print(f"\nmake {target}", flush=True)
    output.seek(0)
    shutil.copyfileobj(output, sys.stdout.buffer)
    sys.stdout.flush()


def _end(lane: "subprocess.Popen[bytes]") -> None:
    if lane.poll() is None:
        os.killpg(lane.pid, signal.SIGTERM)
        lane.wait()


def _start(target: str, output: IO[bytes] | None) -> "subprocess.Popen[bytes]":
    """In a process group of its own, so that everything it started ends with it."""
    told = subprocess.STDOUT if output is not None else None
    make = ["make", "--no-print-directory", target]
    return subprocess.Popen(make, stdout=output, stderr=told, start_new_session=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
