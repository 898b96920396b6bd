"""Checks that no file has over 400 lines and no Python function over 60, tests and generated code aside.

Past that something wants a room of its own: see CONTRIBUTING.md.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

LONGEST_FILE = 400
LONGEST_FUNCTION = 60
FOLDERS = ("src", "web/src", "web/tools", "tools", "bench")
SUFFIXES = {".py", ".ts", ".tsx", ".css"}
LEFT_OUT = {"node_modules", "static", "locales", "__pycache__"}


def main() -> None:
    """Prints what is too long; exit code 1 when anything is."""
    root = Path(__file__).parents[1]
    found = [line for folder in FOLDERS for line in too_long(root / folder, root)]
    print("\n".join(found) if found else f"No file over {LONGEST_FILE} lines, no function over {LONGEST_FUNCTION}.")
    sys.exit(1 if found else 0)


def too_long(folder: Path, root: Path) -> Iterator[str]:
    """One line for each file or function that is too long."""
    for path in sorted(folder.rglob("*")):
        if path.suffix not in SUFFIXES or not path.is_file() or _is_left_out(path.relative_to(root)):
            continue
        text = path.read_text(encoding="utf-8")
        lines = text.count("\n")
        if lines > LONGEST_FILE:
            yield f"{path.relative_to(root)}: {lines} lines (at most {LONGEST_FILE})"
        if path.suffix == ".py":
            yield from _long_functions(path.relative_to(root), text)


def _is_left_out(path: Path) -> bool:
    is_generated = ".gen." in path.name or path.name == "generated.ts"
    is_test = ".test." in path.name or path.name.startswith("test_")
    return is_generated or is_test or bool(LEFT_OUT & set(path.parts))


def _long_functions(path: Path, text: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > LONGEST_FUNCTION:
                yield f"{path}:{node.lineno}: {node.name} has {lines} lines (at most {LONGEST_FUNCTION})"


if __name__ == "__main__":
    main()
