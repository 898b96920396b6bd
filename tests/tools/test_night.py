"""The parts of a night: all run, whatever becomes of the first, and the end says how each went."""

import sys

import pytest

from tools.night import Part, main

GOOD = Part("what holds", (sys.executable, "-c", ""))
BAD = Part("what does not", (sys.executable, "-c", "raise SystemExit(3)"))
TOLD = Part("what is asked for", (sys.executable, "-c", "import os; assert int(os.environ['TEST_EFFORT']) > 1"))


def test_all_parts_run_and_each_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main((BAD, GOOD)) == 1
    lines = capsys.readouterr().out.splitlines()[-2:]
    assert [line.split()[0] for line in lines] == ["FAILED", "holds"]
    assert [line.endswith(part.name) for line, part in zip(lines, (BAD, GOOD), strict=True)] == [True, True]


def test_it_holds_when_every_part_does_and_more_is_tried_than_by_day() -> None:
    assert main((GOOD, TOLD)) == 0
