"""Which store a site has."""

from pathlib import Path

from bilin.core.settings import Settings, SiteSettings
from bilin.files.blobs.folder import FolderStore
from bilin.files.blobs.objects import s3_store
from bilin.files.blobs.store import Store
from bilin.files.settings import FilesSettings

FOLDER = Path("files/blobs")
"""In the data folder."""


def open_store(settings: Settings) -> Store:
    """The store that the settings name."""
    own = settings[FilesSettings]
    return s3_store(own) if own.store else FolderStore(settings[SiteSettings].data_dir / FOLDER)
