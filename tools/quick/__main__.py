"""Checks and tests for what changed: `python -m tools.quick [BASE]`.

The server's tests are chosen by imports and by how long they took, the nearest first (`tools.quick.choice`); the
browser's by Vitest, which knows its own imports. Both run side by side. What is left out is said: `make test` runs it.
"""

import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tools.quick.changes import base_of, changed_files
from tools.quick.choice import Choice, choose
from tools.quick.imports import Imports

ROOT = Path(__file__).parents[2]
BUDGET_S = 75.0
"""Of the tests' own time, which two processes share with the checks."""
SHOWN = 12
PYTHON, WEB = (".py", ".toml"), "web/"
SOURCES = (".ts", ".tsx", ".css")
Command = tuple[str, ...]


def main(base: str | None) -> int:
    """The exit code."""
    began = time.monotonic()
    since = base_of(ROOT, base)
    changed = changed_files(ROOT, since)
    print(f"{len(changed)} files differ from {since[:12]}.")
    lanes = [lane for lane in (_server(changed), _web(changed)) if lane]
    with ThreadPoolExecutor() as side_by_side:
        failed = [step for failures in side_by_side.map(_run, lanes) for step in failures]
    print(f"\n{'Failed: ' + ', '.join(failed) if failed else 'All good'}, after {time.monotonic() - began:.0f} s.")
    return 1 if failed else 0


def _server(changed: Sequence[str]) -> list[Command]:
    """Style and imports of all, types of what is new to mypy's memory, and the tests."""
    choice = choose(ROOT, Imports(ROOT).graph(), changed, BUDGET_S)
    _show(choice)
    if not choice.run and not any(path.endswith(PYTHON) for path in changed):
        return []
    checks: list[Command] = [
        ("ruff", "check", "--quiet"),
        ("ruff", "format", "--check", "--quiet"),
        (sys.executable, "-m", "tools.sizes"),
        ("lint-imports",),
        ("mypy",),
    ]
    tests = [each.path for each in choice.run]
    return (
        [*checks, ("pytest", "-q", "-n", "2", "--dist", "loadgroup", "--no-loadscope-reorder", *tests)]
        if tests
        else checks
    )


def _web(changed: Sequence[str]) -> list[Command]:
    """Style and types of all, the tests that import what changed."""
    here = [path.removeprefix(WEB) for path in changed if path.startswith(WEB) and (ROOT / path).is_file()]
    if not any(path.startswith(WEB) for path in changed):
        return []
    sources = [path for path in here if path.startswith(("src/", "tools/")) and path.endswith(SOURCES)]
    print(
        f"Of the browser's tests those that import {len(sources)} changed files; no real browser (make test-browser)."
    )
    npm: Command = ("npm", "--prefix", "web", "run", "--silent")
    checks: list[Command] = [(*npm, "lint"), (*npm, "types"), (*npm, "i18n:check")]
    return [*checks, (*npm, "related", "--", *sources)] if sources else checks


def _show(choice: Choice) -> None:
    seconds = sum(each.seconds for each in choice.run)
    print(f"Of the server's tests {len(choice.run)} files, some {seconds:.0f} s of work:")
    for each in choice.run:
        print(f"  {each.path}: {each.why}")
    if choice.left_out:
        print(f"Left out, for `make test`: {len(choice.left_out)} files further away or longer, such as")
        for each in choice.left_out[:SHOWN]:
            print(f"  {each.path} ({each.seconds:.0f} s): {each.why}")


def _run(lane: Sequence[Command]) -> list[str]:
    """The steps of a lane that failed; each is shown when it has ended, one that checks only when it failed."""
    failed = []
    for step in lane:
        done = subprocess.run(step, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
        is_test = "pytest" in step or "related" in step
        if done.returncode:
            failed.append(" ".join(step[:6]))
        if done.returncode or is_test:
            print(f"\n{' '.join(step[:6])} …\n{done.stdout}", end="", flush=True)
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else None))
