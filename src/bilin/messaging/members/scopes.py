"""Who is in which conversation, for those who decide what leaves this site (`bilin.core.scopes`)."""

from collections.abc import Mapping, Sequence

from bilin.core.database import Connection
from bilin.core.ids import PersonId
from bilin.core.scopes import ScopeKind
from bilin.messaging.members.subscriptions import members_among

SELECT_MEMBERS = """
SELECT conversation, array_agg(person) AS people FROM messaging.member
 WHERE conversation = ANY($1::bigint[]) AND (present OR $2) GROUP BY conversation"""
SELECT_CONVERSATIONS = """
SELECT DISTINCT conversation FROM messaging.member WHERE person = ANY($1::bigint[]) AND (present OR $2)"""


async def members_of(db: Connection, conversations: Sequence[int]) -> Mapping[int, Sequence[PersonId]]:
    """The present members of these conversations."""
    return await _members(db, conversations, former=False)


async def ever_members_of(db: Connection, conversations: Sequence[int]) -> Mapping[int, Sequence[PersonId]]:
    """The present and former members of these conversations."""
    return await _members(db, conversations, former=True)


async def conversations_of(db: Connection, people: Sequence[PersonId]) -> set[int]:
    """The conversations in which at least one of these people is present."""
    return {row["conversation"] for row in await db.fetch(SELECT_CONVERSATIONS, people, False)}


async def conversations_ever_of(db: Connection, people: Sequence[PersonId]) -> set[int]:
    """The conversations in which at least one of these people is or was."""
    return {row["conversation"] for row in await db.fetch(SELECT_CONVERSATIONS, people, True)}


async def _members(db: Connection, conversations: Sequence[int], *, former: bool) -> dict[int, Sequence[PersonId]]:
    return {row["conversation"]: row["people"] for row in await db.fetch(SELECT_MEMBERS, conversations, former)}


CONVERSATION = ScopeKind(
    name="conversation",
    members=members_of,
    ever_members=ever_members_of,
    scopes_of=conversations_of,
    scopes_ever_of=conversations_ever_of,
    members_among=members_among,
)
