"""Runs make targets side by side: `python -m tools.side_by_side test-python test-browser-people`.

Tests wait for half of their time, for servers to start and lines to come back, so two lanes on two cores take little
more than the longer one. The first is shown as it goes, the others whole when it has ended; one that fails fails all.
At the end it says once more which tests failed, where whoever keeps only the last lines finds it.
"""

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from typing import IO

# How pytest, Playwright (second and first line), Vitest and make name what failed.
_FAILURE = re.compile(r"\s*(FAILED |ERROR |✘ |\d+\) \[|FAIL |make(\[\d+\])?: \*\*\* )")
_MOST_NAMED = 40
_LOOKS_EVERY_S = 0.1


def main(targets: list[str]) -> int:
    """The exit code: 0 when all targets succeeded."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with contextlib.ExitStack() as files:
        outputs = [files.enter_context(tempfile.TemporaryFile()) for _ in targets]
        lanes = [_start(target, output) for target, output in zip(targets, outputs, strict=True)]
        try:
            codes = [_follow(lanes[0], outputs[0])]
            for target, lane, output in zip(targets[1:], lanes[1:], outputs[1:], strict=True):
                codes.append(lane.wait())
                _show(target, output)
            for target, code, output in zip(targets, codes, outputs, strict=True):
                if code:
                    _name_failures(target, output)
            return next((code for code in codes if code), 0)
        finally:
            for lane in lanes:
                _end(lane)


def _follow(lane: "subprocess.Popen[bytes]", output: IO[bytes]) -> int:
    """Shows what it says as it says it, until it ends; gives its exit code."""
    shown = 0
    while True:
        ended = lane.poll()
        said = os.pread(output.fileno(), 1 << 20, shown)
        shown += len(said)
        sys.stdout.buffer.write(said)
        sys.stdout.flush()
        if ended is not None and not said:
            return ended
        if not said:
            with contextlib.suppress(subprocess.TimeoutExpired):
                lane.wait(_LOOKS_EVERY_S)


def _show(target: str, output: IO[bytes]) -> None:
    print(f"\nmake {target}", flush=True)
    output.seek(0)
    shutil.copyfileobj(output, sys.stdout.buffer)
    sys.stdout.flush()


def _name_failures(target: str, output: IO[bytes]) -> None:
    output.seek(0)
    said = output.read().decode(errors="replace").splitlines()
    named = list(dict.fromkeys(line for line in said if _FAILURE.match(line)))
    print("\n".join([f"\nFailed in make {target}:", *named[:_MOST_NAMED]]), flush=True)


def _end(lane: "subprocess.Popen[bytes]") -> None:
    if lane.poll() is None:
        os.killpg(lane.pid, signal.SIGTERM)
        lane.wait()


def _start(target: str, output: IO[bytes]) -> "subprocess.Popen[bytes]":
    """In a process group of its own, so that everything it started ends with it."""
    make = ["make", "--no-print-directory", target]
    return subprocess.Popen(make, stdout=output, stderr=subprocess.STDOUT, start_new_session=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
