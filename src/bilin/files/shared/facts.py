"""What everybody in a conversation, and every site of theirs, must know of a file: never its bytes."""

import sqlalchemy as sa

from bilin.core.digests import compared
from bilin.core.events import Event, Reach, event
from bilin.core.ids import ConversationId, Id, PersonId
from bilin.core.registers import register, sealed_under, tombstone
from bilin.core.tables import big, metadata

file = sa.Table(
    "file",
    metadata,
    big("conversation", primary_key=True),
    big("file", primary_key=True, comment="the upload it was"),
    big("id", comment="the event that added it; null: only its end is known yet"),
    big("person", comment="who sent it"),
    sa.Column("name", sa.LargeBinary, comment="sealed", info=sealed_under("conversation")),
    sa.Column("media_type", sa.Text),
    big("size", comment="bytes"),
    sa.Column("blob", sa.Text, comment="its bytes, in the store of a site that has them"),
    sa.Column("key", sa.LargeBinary, comment="of its bytes, sealed", info=sealed_under("conversation")),
    big("version_of", comment="the first of which it is a later version"),
    big("removed_by"),
    big("removed_id", comment="null: it is there"),
    sa.Index("file_blob", "blob"),
    sa.Index("file_person", "person", "file"),
    schema="files",
    info=compared("files.files", conversation="conversation", file="file", is_scoped=True),
)
KEY = ("conversation", "file")
added = register(file, KEY, ("person", "name", "media_type", "size", "blob", "key", "version_of"))
removed = tombstone(file, KEY, "removed_id", ("removed_by",))
"""What it said stays in its row until the sweep: it may come after its end."""


class FileEvent(Event, frozen=True, kw_only=True):
    """Base of what happens to a file of a conversation: its members see it, and its data key seals it."""

    REACH = Reach.SCOPE

    conversation: ConversationId
    file: Id

    def topics(self, actor: PersonId | None) -> tuple[int, ...]:
        return (self.conversation,)

    def key_scope(self) -> int:
        return self.conversation


@event(
    "files.file_added",
    version=1,
    writes=[added(person="actor")],
    private=("name", "blob", "key"),
    stays=True,
)
class FileAdded(FileEvent, frozen=True, kw_only=True):
    """The actor sent a file: it is in the conversation. Its bytes lie in the store of their site under `blob`."""

    name: str
    media_type: str
    size: int
    blob: str
    key: bytes
    version_of: Id | None = None


@event("files.file_removed", version=1, writes=[removed(removed_by="actor")], stays=True)
class FileRemoved(FileEvent, frozen=True, kw_only=True):
    """A file was taken back with the message that brought it: nobody opens it any more."""
