"""What changed: since this branch left main, and in the working copy."""

import subprocess
from pathlib import Path

MAIN = "main"


def base_of(root: Path, wanted: str | None = None) -> str:
    """What to compare with: `wanted`, else where the branch left main; on main itself the last commit, or the one
    before it while nothing was changed since."""
    if wanted:
        return wanted
    forked = _git(root, "merge-base", MAIN, "HEAD", may_fail=True)
    if forked and forked != _git(root, "rev-parse", "HEAD"):
        return forked
    return "HEAD" if _git(root, "status", "--porcelain") else "HEAD~"


def changed_files(root: Path, base: str) -> list[str]:
    """Paths from the root of what was changed, added or removed since."""
    since = _git(root, "diff", "--name-only", "--no-renames", base).splitlines()
    new = _git(root, "ls-files", "--others", "--exclude-standard").splitlines()
    return sorted({*since, *new})


def _git(root: Path, *arguments: str, may_fail: bool = False) -> str:
    done = subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True, check=not may_fail)  # noqa: S607
    return done.stdout.strip()
