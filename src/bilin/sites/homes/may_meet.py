"""Conversations that may not leave a site: who may not be brought together with whom."""

from collections.abc import Iterable, Sequence

from bilin.core.database import Connection
from bilin.core.ids import PersonId
from bilin.core.scopes import ever_members_of
from bilin.sites.homes.errors import Stays
from bilin.sites.homes.home_map import HomeMap, read_homes

IS_ANY_CLOSED = """
SELECT EXISTS (SELECT FROM sites.policy WHERE leaves = 'nothing' AND 'conversation' = ANY(kinds))"""


async def require_may_meet(
    db: Connection, present: Sequence[PersonId], newcomers: Sequence[PersonId], scope: int | None = None
) -> None:
    """Pass when these newcomers may come into one conversation with those who are present and with each other.

    A person whose policy says that conversations stay at their site can be in one only with people who are at home
    there, whoever of them came first; and when they have left, what they said there stays as well. `scope`: where the
    newcomers come to, when it is there already. Raises `Stays`, which names the newcomers that do not fit.
    """
    if not await db.fetchval(IS_ANY_CLOSED):
        return
    people = [*present, *newcomers]
    former = () if scope is None else (await ever_members_of(db, [scope])).get(scope, ())
    homes = await read_homes(db, [*people, *former])
    if kept := misfits(homes, present, newcomers, former):
        raise Stays(people=kept)


def misfits(
    homes: HomeMap, present: Iterable[PersonId], newcomers: Sequence[PersonId], former: Iterable[PersonId]
) -> list[PersonId]:
    """The newcomers who may not come to those who are present, and to those who are or were there."""
    people = [*present, *newcomers]
    sites = homes.sites_of(people)
    closed = {
        homes.of_person(person) for person in (*people, *former) if homes.leaves(person, "conversation") == "nothing"
    }

    def fits(person: PersonId) -> bool:
        here = homes.of_person(person)
        is_closed = homes.leaves(person, "conversation") == "nothing"
        return sites <= {here} if is_closed else closed <= {here}

    return [person for person in newcomers if not fits(person)]
