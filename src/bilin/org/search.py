"""Finding people by a part of their name, its pinyin or initials, or their title."""

from collections.abc import Sequence

from bilin.core.characters import fold
from bilin.core.database import Connection
from bilin.core.ids import PersonId
from bilin.org.model import Person
from bilin.org.queries import PERSON, person_of

MAX_QUERY_CHARS = 64
SELECT_FOUND = f"""{PERSON}
WHERE p.active AND (p.found_by LIKE '%' || $1 || '%' OR p.id = ANY($2::bigint[]))
ORDER BY CASE
    WHEN p.found_by LIKE E'\\n' || $1 || E'\\n%' THEN 0
    WHEN p.found_by LIKE E'\\n' || $1 || '%' OR p.id = ANY($2::bigint[]) THEN 1
    WHEN p.found_by LIKE E'%\\n' || $1 || '%' THEN 2
    ELSE 3 END, p.sort, p.id
LIMIT $3"""


async def search_people(db: Connection, query: str, also: Sequence[PersonId], limit: int) -> list[Person]:
    """Active people whose name, pinyin, initials or title contain the query, and those in `also`.

    Whole names come first, then beginnings, then everything else; each by name.
    """
    part = " ".join(fold(query)[:MAX_QUERY_CHARS].split())
    if not part:
        return []
    pattern = part.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
    return [person_of(row) for row in await db.fetch(SELECT_FOUND, pattern, list(also), limit)]
