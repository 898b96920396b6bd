"""The check of sizes finds what is too long, and only in code that people write."""

from pathlib import Path

import pytest

from tools.sizes import LONGEST_FILE, LONGEST_FUNCTION, too_long

LONG = "x = 1\n" * (LONGEST_FILE + 1)


@pytest.mark.parametrize("name", ["a.py", "b.ts", "c.tsx", "d.css"])
def test_a_long_file_is_found(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(LONG)
    assert list(too_long(tmp_path, tmp_path)) == [f"{name}: {LONGEST_FILE + 1} lines (at most {LONGEST_FILE})"]


@pytest.mark.parametrize("name", ["schema.gen.ts", "a.test.ts", "test_a.py", "static/a.ts", "README.md"])
def test_generated_code_and_tests_are_left_out(tmp_path: Path, name: str) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text(LONG)
    assert list(too_long(tmp_path, tmp_path)) == []


def test_a_long_function_is_found(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("async def f():\n" + "    x = 1\n" * LONGEST_FUNCTION)
    (tmp_path / "b.py").write_text("def g():\n" + "    x = 1\n" * (LONGEST_FUNCTION - 1))
    lines = LONGEST_FUNCTION + 1
    assert list(too_long(tmp_path, tmp_path)) == [f"a.py:1: f has {lines} lines (at most {LONGEST_FUNCTION})"]
