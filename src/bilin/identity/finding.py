"""What search is told of people: who is active, by every way their names are said; by what reaches them, when whole."""

from collections.abc import Sequence

from bilin.core.commands import Context
from bilin.core.database import Connection
from bilin.core.searchable import Named, NamedHit, Wanted
from bilin.identity.login_lookups import LoginLookups
from bilin.org import Person, search_people


async def find_people(ctx: Context, db: Connection, query: str, limit: int) -> list[Person]:
    """Active people who fit, the best first."""
    also = await ctx.site.get(LoginLookups).people(db, ctx.person, query)
    return await search_people(db, query, also, limit)


async def find(ctx: Context, db: Connection, wanted: Wanted, limit: int) -> Sequence[NamedHit]:
    """The same for search."""
    found = await find_people(ctx, db, wanted.text, limit)
    return [NamedHit("person", each.id, each.name, each.title) for each in found]


PEOPLE = Named(kind="person", find=find)
