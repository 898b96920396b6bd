"""Anchors: heads of the audit chain written down outside the database, so that an end that was cut off shows.

The file lies beside the keys, is only ever appended to, and is flushed to the disk with every line. A line is JSON and
covers the line before it by an HMAC under the chain's key: lines cannot be made, changed or taken out without it. Its
end can be cut off; who wants to find that out as well keeps copies elsewhere, and so do the other sites.
"""

import fcntl
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import msgspec

from bilin.core.codec import to_json
from bilin.core.crypto import AuditKey
from bilin.core.errors import BilinError
from bilin.core.ids import wall_ms

ANCHOR_FILE = Path("keys/audit-anchors")
FIRST = b"\x00" * 32
Kind = Literal["head", "restored"]


class AnchorsChanged(BilinError):
    """A line of the file of anchors is not what was written."""

    code = "governance.anchors_changed"
    status = 500
    title = "The file of anchors was changed"
    hint = "Compare it with the copies that you keep elsewhere."


class Anchor(msgspec.Struct, frozen=True):
    """One line. `head`: the chain was `chain` at `pos`, in the run of the log named. `restored`: an administrator said
    that a backup was put back, which goes through `pos`; what older anchors say of later positions is over."""

    kind: Kind
    run: str
    pos: int
    chain: str
    """Hexadecimal."""
    at_ms: int
    """Unix milliseconds."""
    key: int


class _Line(msgspec.Struct, frozen=True):
    anchor: msgspec.Raw
    mac: str


_decode_line = msgspec.json.Decoder(_Line).decode
_decode_anchor = msgspec.json.Decoder(Anchor).decode


def read_anchors(path: Path, key: AuditKey) -> Iterator[Anchor]:
    """The anchors of a file in order; none when there is no file. Raises `AnchorsChanged` at the first bad line.

    A last line without its end was being written when the power failed, and is none.
    """
    if not path.exists():
        return
    before = FIRST
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            if not line.endswith(b"\n"):
                return
            anchor, before = _read_line(line, number, before, key)
            yield anchor


def _read_line(line: bytes, number: int, before: bytes, key: AuditKey) -> tuple[Anchor, bytes]:
    try:
        said = _decode_line(line)
        mac = _mac(key, before, bytes(said.anchor))
        if said.mac == mac.hex():
            return _decode_anchor(bytes(said.anchor)), mac
    except msgspec.DecodeError as cause:
        raise AnchorsChanged(f"line {number} of the anchors is no anchor") from cause
    raise AnchorsChanged(f"line {number} of the anchors was changed, or a line before it was taken out")


class AnchorFile:
    """The file, for who writes it. It is locked while it is open: there is one writer at a time."""

    def __init__(self, path: Path, key: AuditKey) -> None:
        """Raises `AnchorsChanged`, `BlockingIOError` when another process writes it, or another `OSError`."""
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._key = key
        self.last: Anchor | None = None
        """The last head that was written down."""
        self._before = FIRST
        self._handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self._look(path)
        except BaseException:
            os.close(self._handle)
            raise

    def _look(self, path: Path) -> None:
        """Find the end, and let go of a line that was not written to its end."""
        size = 0
        with path.open("rb") as file:
            for number, line in enumerate(file, 1):
                if not line.endswith(b"\n"):
                    os.ftruncate(self._handle, size)
                    return
                anchor, self._before = _read_line(line, number, self._before, self._key)
                size += len(line)
                self.last = anchor if anchor.kind == "head" else self.last

    def append(self, kind: Kind, run: int, pos: int, chain: bytes) -> None:
        """Write a line; it is on the disk after it."""
        anchor = Anchor(kind, str(run), pos, chain.hex(), wall_ms(), self._key.id)
        said = to_json(anchor)
        mac = _mac(self._key, self._before, said)
        os.write(self._handle, to_json(_Line(msgspec.Raw(said), mac.hex())) + b"\n")
        os.fsync(self._handle)
        self._before = mac
        self.last = anchor if kind == "head" else self.last

    def close(self) -> None:
        """Let another process write."""
        os.close(self._handle)


def _mac(key: AuditKey, before: bytes, said: bytes) -> bytes:
    return key.sign(b"anchor" + before + said)
