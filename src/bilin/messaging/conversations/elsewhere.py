"""Which other sites conversations and people belong to. In a company of one site nothing is asked."""

from collections.abc import Mapping, Sequence

import msgspec

from bilin.core.database import Connection
from bilin.core.ids import PersonId
from bilin.core.site import Site
from bilin.messaging.members.scopes import members_of
from bilin.sites import Homes, Network


class Home(msgspec.Struct, frozen=True):
    """The site a person is at home at, and where browsers open it."""

    site: int
    name: str
    address: str


async def sites_elsewhere(site: Site, db: Connection, pos: int, conversations: Sequence[int]) -> Mapping[int, set[int]]:
    """The other sites at home to members of each conversation, as of a snapshot; conversations without any left out."""
    if len(site.get(Network).roll.sites) == 1:
        return {}
    homes = await site.get(Homes).as_of(db, pos)
    found = await members_of(db, conversations)
    return {each: sites for each, people in found.items() if (sites := homes.sites_of(people) - {site.number})}


async def home_of(site: Site, db: Connection, pos: int, person: PersonId) -> Home:
    """Where a person is at home, as of a snapshot."""
    sites = site.get(Network).roll.sites
    number = site.number if len(sites) == 1 else (await site.get(Homes).as_of(db, pos)).of_person(person)
    known = sites.get(number)
    return Home(number, known.name if known else "", known.address if known else "")
