"""The page on ASVS 5.0 names every requirement of levels 1 and 2 once, and what it points to is there."""

import re
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/developers/asvs.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| (\d+\.\d+\.\d+) \| ([12]) \| ([a-z ]+) \| (.+) \|$", re.MULTILINE)
FOUND = ROW.findall(PAGE)
LEVEL_1, LEVEL_2 = 70, 183
"""How many requirements the standard has (OWASP ASVS 5.0.0, May 2025)."""
STATES = ("met", "partly", "not", "does not apply")


def test_every_requirement_has_a_row() -> None:
    assert max(Counter(number for number, *_ in FOUND).values()) == 1
    assert Counter(level for _, level, *_ in FOUND) == {"1": LEVEL_1, "2": LEVEL_2}
    assert {state for *_, state, _ in FOUND} <= set(STATES)


def test_nothing_of_level_1_is_missing() -> None:
    assert [number for number, level, state, _ in FOUND if level == "1" and state == "not"] == []


def test_the_summary_counts_the_rows() -> None:
    for wanted in ("1", "2"):
        states = Counter(state for _, level, state, _ in FOUND if level == wanted)
        row = f"| {wanted} | " + " | ".join(str(states[state]) for state in STATES) + " |"
        assert row in PAGE


def test_places_are_there() -> None:
    named = {place for *_, where in FOUND for place in re.findall(r"`([\w./-]+/[\w./-]+|[A-Z]+\.md)`", where)}
    assert sorted(place for place in named if not place.startswith("/") and not (ROOT / place).exists()) == []
