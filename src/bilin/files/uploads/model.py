"""An upload as its person sees it, and as it is kept."""

from dataclasses import dataclass

import msgspec

from bilin.core.ids import Id, PersonId


class UploadView(msgspec.Struct, frozen=True):
    """A file on its way to this site, or that waits here to be sent."""

    id: Id
    name: str
    size: int
    media_type: str
    received: int
    """Bytes that are here. All of them are: it can be sent."""
    has_ended: bool
    expires_ms: int
    """Then it goes, if it was not sent; Unix milliseconds."""


class About(msgspec.Struct, frozen=True):
    """What lies sealed of an upload."""

    name: str
    media_type: str
    """As it was said, until all of it is here; then as it is."""
    key: bytes
    """Of its pieces, until they have a blob."""


@dataclass(frozen=True, slots=True)
class Upload:
    """An upload as it is kept."""

    id: Id
    person: PersonId
    size: int
    received: int
    rest: bytes
    """What came behind the last whole piece."""
    about: About
    expires_ms: int
    blob: str | None

    @property
    def view(self) -> UploadView:
        """What its person sees."""
        about = self.about
        has_ended = self.blob is not None
        return UploadView(self.id, about.name, self.size, about.media_type, self.received, has_ended, self.expires_ms)
