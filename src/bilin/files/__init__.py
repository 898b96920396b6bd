"""Files: their bytes in a store beside the log, uploads, and facts of those that were sent (docs/decisions/0059)."""

from bilin.core.module import Module
from bilin.files import features
from bilin.files.errors import BytesMissing, UploadNotFound
from bilin.files.kinds import MAX_TYPE_CHARS
from bilin.files.names import MAX_NAME_BYTES
from bilin.files.shared.adding import MAX_FILES, SentAlready, Shown, UploadNotEnded, add_files, remove_files
from bilin.files.shared.facts import FileAdded, FileRemoved

module = Module("files", features=(features.blobs, features.uploads, features.shared))

__all__ = [
    "MAX_FILES",
    "MAX_NAME_BYTES",
    "MAX_TYPE_CHARS",
    "BytesMissing",
    "FileAdded",
    "FileRemoved",
    "SentAlready",
    "Shown",
    "UploadNotEnded",
    "UploadNotFound",
    "add_files",
    "module",
    "remove_files",
]
