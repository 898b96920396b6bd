"""`make client-types`: write what clients know of the server from the server's own declarations.

Two files: `web/src/core/api/generated.ts` (shapes, events, routes, errors with their parameters, permissions) and the
parts of `docs/developers/protocol.md` between marks. ``--check`` writes nothing, and fails when something else would be
written: so no route, event or error can be added or changed without clients knowing.
"""

import sys
from collections.abc import Callable
from pathlib import Path

from bilin.app.modules import assemble_house
from tools.contract.page import page_of
from tools.contract.typescript import typescript

ROOT = Path(__file__).parents[1]
WRITTEN: dict[Path, Callable[[str], str]] = {
    ROOT / "web" / "src" / "core" / "api" / "generated.ts": lambda _: typescript(),
    ROOT / "docs" / "developers" / "protocol.md": page_of,
}


def main() -> None:
    """Write, or check."""
    assemble_house()
    outdated = []
    for path, write in WRITTEN.items():
        present = path.read_text(encoding="utf-8") if path.exists() else ""
        wanted = write(present)
        if present == wanted:
            continue
        if "--check" in sys.argv:
            outdated.append(str(path.relative_to(ROOT)))
        else:
            path.write_text(wanted, encoding="utf-8")
    if outdated:
        sys.exit(f"{', '.join(outdated)} is not what the server declares: run `make client-types`.")


if __name__ == "__main__":
    main()
