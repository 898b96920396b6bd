"""Writes how Chinese characters are read for the browser, from what the server finds people by.

python -m tools.readings          # writes web/src/core/pinyin/readings.gen.ts
python -m tools.readings --check  # exit code 1 when it is not up to date
"""

import sys
from pathlib import Path

from bilin.org.readings import readings

FILE = Path(__file__).parents[1] / "web/src/core/pinyin/readings.gen.ts"
FIRST, LAST = 0x4E00, 0x9FFF
"""The block of ideographs that nearly all names and titles are written with."""


def table() -> str:
    """The module: all syllables, and for each character the places of its readings, the most common first."""
    found = [readings(chr(code)) for code in range(FIRST, LAST + 1)]
    syllables = sorted({reading for each in found for reading in each})
    place = {syllable: str(number) for number, syllable in enumerate(syllables)}
    rows = " ".join(",".join(place[reading] for reading in each) for each in found)
    return f"""/** Made by `python -m tools.readings`; do not edit. ü is written v. */
export const firstCharacter = {FIRST:#x}

export const syllables = '{" ".join(syllables)}'

/** For each character from the first on, the places of its readings among the syllables. */
export const readingPlaces = '{rows}'
"""


def main() -> int:
    """Write the file, or say whether it is as it would be written."""
    if "--check" in sys.argv[1:]:
        return 0 if FILE.read_text(encoding="utf-8") == table() else 1
    FILE.write_text(table(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
