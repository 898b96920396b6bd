"""What may not be here: each site finds what it has, and has all of its people's conversations as far as they came."""

from bilin.core.commands import Context
from bilin.core.database import Connection
from bilin.core.scopes import members_of
from bilin.search.model import SiteAway
from bilin.sites import Homes, Network, sites_missing


async def sites_away(ctx: Context, db: Connection, scopes: frozenset[int]) -> list[SiteAway]:
    """The sites at home to people of these conversations that cannot be reached, or of whose earlier messages some are
    still coming."""
    network = ctx.site.get(Network)
    peers = {peer.number: peer for peer in network.peers()}
    if not peers or not scopes:
        return []
    missing = await sites_missing(db, sorted(scopes))
    lost = {number for number, peer in peers.items() if not peer.reachable}
    concerned = missing & peers.keys()
    if lost:
        people = {person for each in (await members_of(db, sorted(scopes))).values() for person in each}
        concerned |= lost & ctx.site.get(Homes).now.sites_of(people)
    return [
        SiteAway(number, peers[number].name, None if peers[number].reachable else peers[number].since_ms)
        for number in sorted(concerned)
    ]
