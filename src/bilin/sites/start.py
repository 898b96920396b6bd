"""What sites do in each process of this site. Without an address of the account between sites they do nothing."""

from collections.abc import Sequence
from functools import partial

from bilin.core.site import Background, Site
from bilin.sites import forwarding, joining
from bilin.sites.feed.feeding import Feeding
from bilin.sites.following.judging import judge_again
from bilin.sites.homes import Homes
from bilin.sites.network import Network
from bilin.sites.report import keep_metrics
from bilin.sites.roll import Roll
from bilin.sites.settings import SitesSettings
from bilin.sites.verifying import DIGESTS, DigestDesk


async def start(site: Site) -> None:
    """In the web process: know the sites and homes, and follow the other sites."""
    homes, roll = Homes(site.pool), Roll()
    site.tail.listen(homes.hear, homes.look_again)
    site.tail.listen(roll.hear, roll.look_again)
    await homes.start()
    await roll.read(site.pool)
    network = Network(site, roll)
    forwarding.start(site, network)
    network.answer(DIGESTS, DigestDesk(site.pool, site.number).answer)
    await network.start()
    site.log.judge = partial(judge_again, site.number)
    site.provide(Homes, homes)
    site.provide(Network, network)
    site.tail.listen(lambda _: network.keeper.news())
    site.keep("sites-homes", homes.run)
    site.keep("sites-roll", lambda: roll.run(site.pool))
    await joining.start(site)
    if site.settings[SitesSettings].nats_url:
        site.keep("sites-network", network.run)
        site.keep("sites-metrics", lambda: keep_metrics(site, network))


def background(site: Site) -> Sequence[Background]:
    """In the worker: feed the other sites."""
    if not site.settings[SitesSettings].nats_url:
        return ()
    feeding = Feeding(site)
    return (("sites-roll", feeding.keep_roll), ("sites-feeding", feeding.run))
