"""What another site may say of files, by size and form."""

from typing import ClassVar

from bilin.core.claims import Knowledge, Limits
from bilin.files.blobs.cipher import KEY_BYTES, MAX_BYTES
from bilin.files.blobs.store import is_name
from bilin.files.kinds import MAX_TYPE_CHARS, TYPE
from bilin.files.names import tidy_name
from bilin.files.shared.facts import FileAdded, FileRemoved


def _added(event: FileAdded) -> bool:
    name, kind = event.name, event.media_type
    is_named = tidy_name(name) == name
    is_typed = len(kind) <= MAX_TYPE_CHARS and TYPE.fullmatch(kind) is not None
    has_bytes = 0 <= event.size <= MAX_BYTES and is_name(event.blob) and len(event.key) == KEY_BYTES
    return is_named and is_typed and has_bytes


def _removed(_: FileRemoved) -> bool:
    """It holds ids alone, which are looked at when it is read."""
    return True


class FilesKnowledge(Knowledge):
    """Who may say it, messaging knows; how it may look, is known here."""

    LIMITS: ClassVar[Limits] = {FileAdded: _added, FileRemoved: _removed}
