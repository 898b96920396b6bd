"""Who is in a conversation, page by page: a group has thousands."""

import asyncpg
import msgspec

from bilin.core.commands import Context
from bilin.core.database import Connection, snapshot
from bilin.core.ids import ConversationId, Id, MessageId, PersonId
from bilin.messaging.conversations.errors import ConversationNotFound
from bilin.messaging.members.model import Member, Role

MAX_MEMBERS = 1_000
SELECT_MEMBERS = """
SELECT r.person, r.began, r.read_seq, r.is_admin, r.person = c.owner AS is_owner, coalesce(k.marks, '{}') AS marks
  FROM messaging.member r JOIN messaging.conversation c ON c.id = r.conversation
  LEFT JOIN (SELECT person, array_agg(through) AS marks FROM messaging.read_mark
              WHERE conversation = $1 AND ($2::bigint IS NULL OR person > $2) GROUP BY person) k ON k.person = r.person
 WHERE r.conversation = $1 AND r.present AND c.created <> 0 AND ($2::bigint IS NULL OR r.person > $2)
 ORDER BY r.person LIMIT $3"""
IS_MEMBER = "SELECT FROM messaging.member WHERE conversation = $1 AND person = $2 AND present"


def readable(person: str, conversation: str) -> str:
    """SQL: which conversations a person may read, all that is in them, by their row `me` of `messaging.member`. The one
    rule of the timeline and of search."""
    return f"me.person = {person} AND me.conversation = {conversation} AND me.present"


class MembersPage(msgspec.Struct, frozen=True):
    """Some members, by id, and after whom the next page begins; null: there are no more."""

    pos: int
    members: list[Member]
    next: PersonId | None


async def read_members(ctx: Context, conversation: ConversationId, after: PersonId | None, limit: int) -> MembersPage:
    """Members of a conversation of mine. Raises `ConversationNotFound`."""
    async with snapshot(ctx.site.pool) as (db, pos):
        if await db.fetchrow(IS_MEMBER, conversation, ctx.person) is None:
            raise ConversationNotFound
        members, further = await members_after(db, conversation, after, limit)
    return MembersPage(pos, members, further)


async def members_after(
    db: Connection, conversation: ConversationId, after: PersonId | None, limit: int | None
) -> tuple[list[Member], PersonId | None]:
    """A page of members, and after whom the next begins. Everybody without a limit."""
    rows = await db.fetch(SELECT_MEMBERS, conversation, after, None if limit is None else limit + 1)
    members = [_member(row) for row in rows[:limit]]
    return members, members[-1].person if len(rows) > len(members) else None


def _member(row: asyncpg.Record) -> Member:
    role = role_of(is_owner=bool(row["is_owner"]), is_admin=row["is_admin"])
    marks = [MessageId(mark) for mark in row["marks"]]
    return Member(PersonId(row["person"]), role, Id(row["began"]), row["read_seq"], marks)


def role_of(*, is_owner: bool, is_admin: bool) -> Role:
    """What somebody is in a conversation."""
    return "owner" if is_owner else "admin" if is_admin else "member"
