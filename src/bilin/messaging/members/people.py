"""Who may be brought into conversations."""

from collections.abc import Iterable, Sequence

from bilin.core.commands import Context
from bilin.core.database import reading
from bilin.core.ids import ConversationId, PersonId
from bilin.messaging.members.errors import PersonUnknown
from bilin.org import people_by_ids
from bilin.sites import require_may_meet


async def require_welcome(
    ctx: Context, people: Sequence[PersonId], present: Iterable[int], conversation: ConversationId | None = None
) -> None:
    """Pass when these people may come to those who are present; `conversation`: where that is, if it is there already.

    Raises `PersonUnknown` unless all are active people of the organisation, and `Stays` (of sites) where policy keeps
    conversations of one of them, or of somebody present, at a site that is not the other's.
    """
    if not people:
        return
    async with reading(ctx.site.pool) as db:
        active = {person.id for person in await people_by_ids(db, people) if person.active}
        if missing := [person for person in people if person not in active]:
            raise PersonUnknown(people=missing)
        await require_may_meet(db, [PersonId(person) for person in present], people, conversation)
