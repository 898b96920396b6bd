"""Asks about Python, npm and the bundled programs, writes `dist/sbom.cdx.json`, and tells."""

import sys
from datetime import UTC, datetime
from pathlib import Path

from tools.audit.bundled import bundled_programs, check_bundled, read_known
from tools.audit.locks import npm_packages, python_packages
from tools.audit.report import Answer, exit_code, lines
from tools.audit.sbom import write_sbom
from tools.audit.sources import ask_npm, ask_python

ROOT = Path(__file__).parents[2]
SBOM = ROOT / "dist" / "sbom.cdx.json"


def main() -> None:
    """Tells everything, and ends with what `tools.audit` promises."""
    today = datetime.now(UTC).date()
    programs = bundled_programs()
    python = python_packages((ROOT / "requirements.lock").read_text())
    npm = npm_packages((ROOT / "web" / "package-lock.json").read_text())
    answers: list[Answer] = [
        ask_python(ROOT / "requirements.lock"),
        ask_npm(ROOT / "web"),
        check_bundled(programs, read_known(), today),
    ]
    write_sbom(SBOM, [*python, *npm, *programs])
    print(*lines(answers), sep="\n")
    print(f"SBOM: {SBOM.relative_to(ROOT)} ({len(python)} Python, {len(npm)} npm, {len(programs)} programs)")
    sys.exit(exit_code(answers))


if __name__ == "__main__":
    main()
