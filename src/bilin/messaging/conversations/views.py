"""What deciding needs to know of conversations, remembered in this process: sending asks the database nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cachetools import LRUCache

from bilin.core.database import Connection, Pool, reading, versions
from bilin.core.events import EVENT_TYPES
from bilin.core.ids import ConversationId, PersonId
from bilin.core.log import Entry, Expect
from bilin.core.site import Site
from bilin.messaging.conversations.events import ShapingEvent
from bilin.messaging.conversations.model import Kind
from bilin.messaging.conversations.tables import DIRECT
from bilin.messaging.members.errors import MemberNotFound
from bilin.messaging.members.model import Role

REMEMBERED_MEMBERS = 500_000
REMEMBERED_CHANGES = 10_000
SELECT = """
SELECT c.kind, c.owner, r.person, r.is_admin FROM messaging.conversation c
  JOIN messaging.member r ON r.conversation = c.id AND r.present WHERE c.id = $1 AND c.created <> 0"""


@dataclass(frozen=True, slots=True)
class ConversationView:
    """A conversation as far as decisions depend on it."""

    id: ConversationId
    kind: Kind
    roles: Mapping[int, Role]
    """The role of each member."""
    expected: tuple[Expect]
    """Goes into decisions: who is a member, and with what role, must still be so at the commit."""

    def role_of(self, person: PersonId) -> Role:
        """The role of a member. Raises `MemberNotFound`."""
        role = self.roles.get(person)
        if role is None:
            raise MemberNotFound(person=person)
        return role


class ConversationViews:
    """The views used last. The tail tells which of them are no longer right."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._views: LRUCache[int, ConversationView] = LRUCache(REMEMBERED_MEMBERS, lambda view: len(view.roles))
        self._changes: LRUCache[int, int] = LRUCache(REMEMBERED_CHANGES)
        self._begun = 0
        self._shaping = {name for name, known in EVENT_TYPES.items() if issubclass(known.cls, ShapingEvent)}

    def remembered(self, conversation: int) -> ConversationView | None:
        """The view, if it is remembered. It may be a moment old: a "no" must not rest on it."""
        return self._views.get(conversation)

    async def load(self, conversation: ConversationId) -> ConversationView | None:
        """The view as it is now; None when there is no such conversation."""
        begun = self._begun
        async with reading(self._pool) as db:
            view = await read_view(db, conversation)
        self._views.pop(conversation, None)
        if view is None or len(view.roles) > REMEMBERED_MEMBERS or begun != self._begun:
            return view
        if view.expected[0].version >= self._changes.get(conversation, 0):
            self._views[conversation] = view
        return view

    def hear(self, entries: Sequence[Entry]) -> None:
        """Listener of the tail: forget what changed."""
        for entry in entries:
            if entry.type in self._shaping:
                for conversation in entry.event().bumps():
                    self._views.pop(conversation, None)
                    self._changes[conversation] = entry.pos

    def start_over(self) -> None:
        """Changes were missed: nothing is remembered, neither what is being read at this moment."""
        self._begun += 1
        self._views.clear()
        self._changes.clear()


async def start(site: Site) -> None:
    """Remember conversations, as long as the tail does not tell that they changed."""
    views = ConversationViews(site.pool)
    site.tail.listen(views.hear, views.start_over)
    site.provide(ConversationViews, views)


async def read_view(db: Connection, conversation: ConversationId) -> ConversationView | None:
    """The conversation as it is; None when there is none. The version is read first, so it is never too new."""
    version = (await versions(db, [conversation]))[conversation]
    rows = await db.fetch(SELECT, conversation)
    if not rows:
        return None
    roles: dict[int, Role] = {row["person"]: "admin" if row["is_admin"] else "member" for row in rows}
    if rows[0]["owner"] in roles:
        roles[rows[0]["owner"]] = "owner"
    kind: Kind = "direct" if rows[0]["kind"] == DIRECT else "group"
    return ConversationView(conversation, kind, roles, (Expect(conversation, version),))
