"""Which tests are worth running after a change, when there is a minute and a half: the nearest first."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from tools.quick.imports import Graph, distances

LAST_RUNS = Path(".cache/tests/seconds.json")
"""How long each file of tests took when it ran last; the tests themselves write it down."""
GUESS_S, GUESS_SLOW_S = 0.4, 15.0
"""For a test that never ran here, and for one that says it is slow."""
BY_HAND = ("tests/slow/",)
UNKNOWN = 1_000
"""The distance of what no import leads to."""


@dataclass(frozen=True)
class Chosen:
    """A file of tests, and why."""

    path: str
    why: str
    seconds: float


@dataclass(frozen=True)
class Choice:
    """What is run and what is left out, the nearest first."""

    run: Sequence[Chosen]
    left_out: Sequence[Chosen]


def choose(root: Path, graph: Graph, changed: Sequence[str], budget_s: float) -> Choice:
    """The tests that changes of files (paths from the root) may break, as many as fit into so many seconds."""
    found = _candidates(root, graph, changed)
    run, left_out, spent = [], [], 0.0
    for each in found:
        if spent + each.seconds <= budget_s or each.path in changed:
            run.append(each)
            spent += each.seconds
        else:
            left_out.append(each)
    return Choice(run, left_out)


def _candidates(root: Path, graph: Graph, changed: Sequence[str]) -> list[Chosen]:
    here = {path for path in changed if path in graph}
    near = distances(graph, here)
    others = [path for path in changed if path not in graph]
    seconds = _seconds(root)
    ranked = []
    for path in graph:
        if not PurePosixPath(path).name.startswith("test_") or path.startswith(BY_HAND):
            continue
        named = _names(root / path, others)
        at_home = any(_is_at_home(path, each) for each in here)
        if path not in near and named is None and not at_home:
            continue
        distance = near.get(path, UNKNOWN)
        why = f"names {named}" if named else _why(distance, at_home=at_home)
        rank = (path not in here and named is None, not at_home, distance, path)
        ranked.append((rank, Chosen(path, why, seconds.get(path) or _guess(root / path))))
    return [each for _, each in sorted(ranked, key=lambda pair: pair[0])]


def _why(distance: int, *, at_home: bool) -> str:
    if distance == 0:
        return "changed"
    imports = "imports what changed" if distance == 1 else f"imports it through {distance - 1}"
    if not at_home:
        return imports
    return "in the folder of its tests" + ("" if distance == UNKNOWN else f", {imports}")


def _is_at_home(test: str, changed: str) -> bool:
    """`tests/org/…` are the tests of `src/bilin/org/…`."""
    home, source = PurePosixPath(test).parts[1:-1], PurePosixPath(changed).parts
    inside = source[2:-1] if source[:2] == ("src", "bilin") else source[1:-1]
    return bool(home) and bool(inside) and home == inside[: len(home)]


def _names(test: Path, others: Sequence[str]) -> str | None:
    """A changed file that is no Python and whose name stands in the test: a page, a catalogue, a vector."""
    text = test.read_text()
    names = {PurePosixPath(path).name: path for path in others}
    return next((path for name, path in names.items() if f'{name}"' in text or f"{name}'" in text), None)


def _seconds(root: Path) -> Mapping[str, float]:
    file = root / LAST_RUNS
    known: dict[str, float] = json.loads(file.read_text()) if file.exists() else {}
    return known


def _guess(test: Path) -> float:
    text = test.read_text()
    count, slow = len(re.findall(r"^(?:async )?def test_", text, re.MULTILINE)), text.count("mark.slow")
    return count * GUESS_S + slow * GUESS_SLOW_S
