"""Who sees the events of which conversation, for the gateway."""

from collections.abc import Sequence

from bilin.core.database import Connection
from bilin.core.ids import PersonId
from bilin.core.site import Site

SELECT_PRESENT = """
SELECT person, conversation FROM messaging.member r
  JOIN unnest($1::bigint[], $2::bigint[]) AS asked(person, conversation) USING (person, conversation) WHERE r.present"""
SELECT_TOPICS = "SELECT conversation FROM messaging.member WHERE person = $1 AND present"


async def start(site: Site) -> None:
    """Tell who follows which conversation."""
    site.topics.add(topics_of)


async def topics_of(db: Connection, person: PersonId) -> set[int]:
    """The conversations whose events a person sees."""
    return {row["conversation"] for row in await db.fetch(SELECT_TOPICS, person)}


async def members_among(db: Connection, pairs: Sequence[tuple[int, int]]) -> set[tuple[int, int]]:
    """Which of these (person, conversation) pairs are members now."""
    rows = await db.fetch(SELECT_PRESENT, [person for person, _ in pairs], [conversation for _, conversation in pairs])
    return {(row["person"], row["conversation"]) for row in rows}
