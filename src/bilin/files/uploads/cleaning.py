"""A picture that was uploaded, without what it tells of where and when it was taken (docs/decisions/0085)."""

import threading

from bilin.files.blobs.catalogue import Whole
from bilin.files.blobs.sealing import write_sealed
from bilin.files.uploads.writing import PieceWriter
from bilin.pictures import MAX_CLEANED_BYTES, cleaned

ONE_AT_A_TIME = threading.Lock()
"""A picture is in memory meanwhile."""


def without_told(kind: str, whole: Whole, writer: PieceWriter) -> Whole:
    """Sealed anew beside it, as long as it was; itself where there is nothing to take out. It blocks: call it in a
    thread."""
    if not kind.startswith("image/") or whole.size > MAX_CLEANED_BYTES:
        return whole
    with ONE_AT_A_TIME:
        clean = cleaned(kind, writer.read())
        return whole if clean is None else write_sealed(whole.source.with_suffix(".clean"), clean)
