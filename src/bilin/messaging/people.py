"""Who may be brought into conversations."""

from collections.abc import Sequence

from bilin.core.commands import Context
from bilin.core.database import reading
from bilin.core.ids import PersonId
from bilin.messaging.errors import PersonUnknown
from bilin.org import people_by_ids


async def require_active(ctx: Context, people: Sequence[PersonId]) -> None:
    """Raises `PersonUnknown` unless all of them are active people of the organisation."""
    if not people:
        return
    async with reading(ctx.site.pool) as db:
        active = {person.id for person in await people_by_ids(db, people) if person.active}
    if missing := [person for person in people if person not in active]:
        raise PersonUnknown(details={"people": missing})
