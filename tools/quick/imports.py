"""Who imports whom among our Python files, and how far a test is from what changed.

`from bilin.messaging import send` leads to the file that defines `send`, not to all that `__init__.py` gathers: else
every test would hang on every file.
"""

import ast
from collections import deque
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOTS = {"src/bilin": "bilin", "tests": "tests", "tools": "tools", "bench": "bench"}
Graph = Mapping[str, frozenset[str]]
"""File → the files it imports, both as paths from the root."""


class Imports:
    """The imports of a working copy."""

    def __init__(self, root: Path) -> None:
        self._files = {_name(root, path): path for path in _sources(root)}
        self._trees = {name: ast.parse(path.read_bytes()) for name, path in self._files.items()}
        self._root = root

    def graph(self) -> Graph:
        """Every file with the files it imports."""
        return {
            self._path(name): frozenset(
                self._path(found) for found in (*self._imported(name), *self._fixtures(name)) if found != name
            )
            for name in self._files
        }

    def _fixtures(self, name: str) -> Iterator[str]:
        """What pytest imports for a test: `conftest.py` of each folder above it."""
        if name.rpartition(".")[2].startswith("test_"):
            while folder := name.rpartition(".")[0]:
                name = folder
                if f"{folder}.conftest" in self._files:
                    yield f"{folder}.conftest"

    def _path(self, name: str) -> str:
        return self._files[name].relative_to(self._root).as_posix()

    def _imported(self, name: str) -> Iterator[str]:
        for node in ast.walk(self._trees[name]):
            if isinstance(node, ast.Import):
                yield from (found for each in node.names if (found := self._nearest(each.name)))
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                for each in node.names:
                    yield from self._defined(node.module, each.name, set())

    def _defined(self, module: str, what: str, seen: set[tuple[str, str]]) -> Iterator[str]:
        """Where a name comes from: through as many packages as hand it on."""
        if f"{module}.{what}" in self._files:
            yield f"{module}.{what}"
            return
        if module not in self._files or (module, what) in seen:
            return
        seen.add((module, what))
        for node in self._trees[module].body:
            if isinstance(node, ast.ImportFrom) and node.module and not node.level:
                for each in node.names:
                    if (each.asname or each.name) == what:
                        yield from self._defined(node.module, each.name, seen)
                        return
        yield module

    def _nearest(self, name: str) -> str | None:
        """The module of `import bilin.core.ids`; None of a library's."""
        return name if name in self._files else None


def distances(graph: Graph, changed: set[str]) -> dict[str, int]:
    """How many imports lie between each file and the nearest that changed; those that none lead to are missing."""
    importers: dict[str, set[str]] = {}
    for importer, imported in graph.items():
        for each in imported:
            importers.setdefault(each, set()).add(importer)
    found = dict.fromkeys(changed, 0)
    waiting = deque(found)
    while waiting:
        at = waiting.popleft()
        for importer in importers.get(at, ()):
            if importer not in found:
                found[importer] = found[at] + 1
                waiting.append(importer)
    return found


def _sources(root: Path) -> Iterator[Path]:
    for each in ROOTS:
        yield from sorted((root / each).rglob("*.py"))


def _name(root: Path, path: Path) -> str:
    for folder, name in ROOTS.items():
        if (root / folder) in path.parents:
            parts = [name, *path.relative_to(root / folder).with_suffix("").parts]
            return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
    raise ValueError(path)
