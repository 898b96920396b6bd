"""`member_role_changed` and `owner_changed`: the latest by id decides."""

from bilin.core.events import Batch, Work, applies
from bilin.messaging.apply.leading import keep_leading
from bilin.messaging.apply.notices import insert_notices
from bilin.messaging.events import MemberRoleChanged, OwnerChanged
from bilin.messaging.model import OwnerIs, RoleIs

SET_ADMIN = """
INSERT INTO messaging.member AS r (conversation, person, is_admin, is_admin_id)
SELECT DISTINCT ON (conversation, person) conversation, person, is_admin, id
  FROM unnest($1::bigint[], $2::bigint[], $3::bool[], $4::bigint[]) AS s(conversation, person, is_admin, id)
 ORDER BY conversation, person, id DESC
ON CONFLICT (person, conversation) DO UPDATE SET is_admin = excluded.is_admin, is_admin_id = excluded.is_admin_id
  WHERE excluded.is_admin_id > r.is_admin_id"""

SET_OWNER = """
INSERT INTO messaging.conversation AS c (id, owner, owner_id)
SELECT DISTINCT ON (conversation) conversation, owner, id
  FROM unnest($1::bigint[], $2::bigint[], $3::bigint[]) AS s(conversation, owner, id) ORDER BY conversation, id DESC
ON CONFLICT (id) DO UPDATE SET owner = excluded.owner, owner_id = excluded.owner_id
  WHERE excluded.owner_id > c.owner_id"""


@applies(MemberRoleChanged)
async def apply_role_changed(work: Work, changed: Batch[MemberRoleChanged]) -> None:
    """Make members admins, or admins members."""
    conversations, people, ids = changed.columns("conversation", "person", "id")
    await work.db.execute(SET_ADMIN, conversations, people, [role == "admin" for role in changed.column("role")], ids)
    admins = [(each.event.conversation, each.event.person, "admin") for each in changed if each.event.role == "admin"]
    await keep_leading(work.db, admins)
    await insert_notices(work, [(record, RoleIs(record.event.person, record.event.role)) for record in changed])


@applies(OwnerChanged)
async def apply_owner_changed(work: Work, changed: Batch[OwnerChanged]) -> None:
    """Hand groups on. The new owner's own role becomes that of a member: it is what they fall back to."""
    conversations, people, ids = changed.columns("conversation", "person", "id")
    await work.db.execute(SET_OWNER, conversations, people, ids)
    await work.db.execute(SET_ADMIN, conversations, people, [False] * len(ids), ids)
    await keep_leading(
        work.db, [(conversation, person, "owner") for conversation, person in zip(conversations, people, strict=True)]
    )
    await insert_notices(work, [(record, OwnerIs(record.event.person)) for record in changed])
