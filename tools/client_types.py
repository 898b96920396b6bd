"""`make client-types`: write what clients know of the server from the server's own declarations.

One file, `web/src/core/api/generated.ts`: shapes, events, routes, errors with their parameters, permissions. The
browser client is compiled with it, and docs/developers/protocol.md sends its readers there. ``--check`` writes nothing,
and fails when something else would be written: no route, event or error changes without clients knowing.
"""

import sys
from pathlib import Path

from bilin.app.modules import assemble_house
from tools.contract.typescript import typescript

GENERATED = Path(__file__).parents[1] / "web" / "src" / "core" / "api" / "generated.ts"


def main() -> None:
    """Write, or check."""
    assemble_house()
    present = GENERATED.read_text(encoding="utf-8") if GENERATED.exists() else ""
    wanted = typescript()
    if present != wanted and "--check" in sys.argv:
        sys.exit(f"{GENERATED.name} is not what the server declares: run `make client-types`.")
    if present != wanted:
        GENERATED.write_text(wanted, encoding="utf-8")


if __name__ == "__main__":
    main()
