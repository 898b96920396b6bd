"""What files are called: whatever a computer says is made a name that is one everywhere, and shows what it is."""

import re
from typing import Final

from bilin.core.characters import composed, has_control, is_blank

MAX_NAME_BYTES: Final = 255
"""In UTF-8: no file system takes more."""
MAX_ENDING_CHARS: Final = 16
NAMELESS: Final = "file"
FORBIDDEN: Final = frozenset('/\\:*?"<>|')
"""What some system takes for a path or a pattern; folders of a path are cut off before."""
_END = re.compile(r"[\s.]+\Z")
"""Windows takes no name that ends so."""
_DEVICE = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)\s*(\..*)?", re.IGNORECASE | re.DOTALL)
"""What Windows takes for a device, whatever it ends with."""
PROGRAM: Final = re.compile(
    "apk|app|appimage|bat|bin|cmd|com|command|cpl|deb|dll|dmg|exe|gadget|hta|inf|ins|iso|jar|js|jse|lnk|msc|msi|msp|"
    "pif|pkg|ps1|psm1|py|pyw|reg|rpm|run|scr|sh|so|sys|url|vb|vbe|vbs|wsf|wsh|xll"
)
"""Endings of what a double click runs."""
MAGIC_OF_PROGRAMS: Final = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe")
"""How programs of Windows, Linux and macOS, scripts and Java classes begin."""


def tidy_name(said: str) -> str:
    """The name of a file as it is stored. Folders, controls of direction and lines, and what no system takes go; what
    is too long loses its middle and keeps its ending."""
    last = said.replace("\\", "/").rstrip("/").rpartition("/")[2]
    shown = composed("".join(sign for sign in last if not has_control(sign)))
    name = _END.sub("", "".join("_" if sign in FORBIDDEN else sign for sign in shown)).lstrip()
    if is_blank(name):
        return NAMELESS
    return _cut(f"_{name}" if _DEVICE.fullmatch(name) else name)


def ending_of(name: str) -> str:
    """What follows the last dot, in lower case; nothing for a name without."""
    stem, _, ending = name.rpartition(".")
    return ending.lower() if stem else ""


def is_program(name: str, head: bytes) -> bool:
    """Whether a double click may run it, by its name or by how it begins."""
    return PROGRAM.fullmatch(ending_of(name)) is not None or head.startswith(MAGIC_OF_PROGRAMS)


def _cut(name: str) -> str:
    if len(name.encode()) <= MAX_NAME_BYTES:
        return name
    stem, dot, ending = name.rpartition(".")
    tail = f"…{dot}{ending}" if stem and len(ending) <= MAX_ENDING_CHARS else "…"
    room = MAX_NAME_BYTES - len(tail.encode())
    return name.encode()[:room].decode("utf-8", "ignore").rstrip() + tail
