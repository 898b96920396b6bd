"""`member_role_changed` and `owner_changed`: the lines of the timeline beside what they write."""

from bilin.core.events import Batch, Work, applies, write_all
from bilin.messaging.members.apply.leading import keep_leading
from bilin.messaging.members.events import MemberRoleChanged, OwnerChanged
from bilin.messaging.notices.apply import insert_notices
from bilin.messaging.notices.model import OwnerIs, RoleIs


@applies(MemberRoleChanged)
async def apply_role_changed(work: Work, changed: Batch[MemberRoleChanged]) -> None:
    """Make members admins, or admins members."""
    await write_all(work, changed)
    admins = [(each.event.conversation, each.event.person, "admin") for each in changed if each.event.role == "admin"]
    await keep_leading(work.db, admins)
    await insert_notices(work, [(record, RoleIs(record.event.person, record.event.role)) for record in changed])


@applies(OwnerChanged)
async def apply_owner_changed(work: Work, changed: Batch[OwnerChanged]) -> None:
    """Hand groups on."""
    await write_all(work, changed)
    await keep_leading(work.db, [(each.event.conversation, each.event.person, "owner") for each in changed])
    await insert_notices(work, [(record, OwnerIs(record.event.person)) for record in changed])
