"""Which sites have a conversation, for what is handed over beside the log."""

from bilin.core.database import Connection
from bilin.core.scopes import ever_members_of, members_of
from bilin.sites.homes.home_map import read_homes
from bilin.sites.replication.feed.sharing import sites_with_all


async def sites_with(db: Connection, scope: int) -> frozenset[int]:
    """The sites that have everything of a scope, as of the snapshot of the connection; none while a policy keeps it
    where it is."""
    present = (await members_of(db, [scope])).get(scope, ())
    ever = (await ever_members_of(db, [scope])).get(scope, ())
    return sites_with_all(await read_homes(db, [*present, *ever]), present, ever)
