"""Of whom something is true that policies may speak of: who has a role, or a post of some title."""

from collections.abc import Collection, Iterable

from bilin.core.database import Connection
from bilin.core.ids import PersonId, UnitId
from bilin.policies.model import POST, ROLE

SELECT_HOLDERS = """
SELECT 'role:' || role AS subject, array_agg(DISTINCT person) AS people FROM identity.role_grant
 WHERE revoked IS NULL AND unit IS NOT NULL AND role = ANY($1::text[]) GROUP BY role
UNION ALL
SELECT 'post:' || title, array_agg(DISTINCT person) FROM (
  SELECT t.person, CASE WHEN t.main THEN p.title ELSE t.title END AS title
    FROM org.post t JOIN org.person p ON p.id = t.person) AS held
 WHERE title = ANY($2::text[]) GROUP BY title"""
SELECT_ACTIVE = """
SELECT p.id, u.stands AS unit FROM org.person p JOIN org.unit u ON u.id = p.unit
 WHERE p.active AND p.added IS NOT NULL AND u.stands = ANY($1::bigint[])"""


async def holders_of(db: Connection, subjects: Iterable[str]) -> dict[str, Collection[PersonId]]:
    """Who has these roles (over any unit) and posts (in any unit); deactivated people among them."""
    wanted = set(subjects)
    if not wanted:
        return {}
    roles = [each.removeprefix(ROLE) for each in wanted if each.startswith(ROLE)]
    titles = [each.removeprefix(POST) for each in wanted if each.startswith(POST)]
    rows = await db.fetch(SELECT_HOLDERS, roles, titles)
    return {subject: frozenset() for subject in wanted} | {row["subject"]: frozenset(row["people"]) for row in rows}


async def active_in(db: Connection, units: Collection[UnitId]) -> dict[PersonId, UnitId]:
    """The active people whose main unit is one of these, with it."""
    rows = await db.fetch(SELECT_ACTIVE, list(units))
    return {PersonId(row["id"]): UnitId(row["unit"]) for row in rows}


def subjects_true_of(person: PersonId, holders: dict[str, Collection[PersonId]]) -> tuple[str, ...]:
    """Which of these roles and posts a person has."""
    return tuple(subject for subject, people in holders.items() if person in people)
