"""Which tests one process takes together: those that share something of their file, so that it is made once.

pytest-xdist's own `loadgroup` tells a group by the node's id, which it writes to an attribute that pytest 9 no longer
reads: every test went alone, without a word.
"""

from functools import cache
from pathlib import Path

from xdist.scheduler import LoadScopeScheduling

SIGNS = ('scope="module"', "xdist_group")
"""In a file of tests, or in the conftest.py of one of its folders."""


class Together(LoadScopeScheduling):  # type: ignore[misc]
    """Hands out test by test, and what shares something as a whole."""

    def _split_scope(self, nodeid: str) -> str:
        path = nodeid.partition("::")[0]
        return path if shares(self.config.rootpath / path) else nodeid


@cache
def shares(path: Path) -> bool:
    """Whether the tests of a file share something."""
    folders = [folder / "conftest.py" for folder in path.parents]
    return any(sign in each.read_text() for each in (path, *folders) if each.is_file() for sign in SIGNS)
