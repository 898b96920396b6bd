"""What sites do in each process of this site. Without an address of the account between sites they do nothing."""

from collections.abc import Sequence
from functools import partial

from bilin.core.module import FIRST_QUESTIONS, Feature
from bilin.core.roles import Role
from bilin.core.site import Background, Site
from bilin.sites import enrolment, forwarding
from bilin.sites.health.report import keep_metrics
from bilin.sites.health.verifying import DIGESTS, DigestDesk
from bilin.sites.health.witness import Witness
from bilin.sites.homes.home_map import Homes
from bilin.sites.registry.settings import SitesSettings
from bilin.sites.registry.sites import SiteRegistry
from bilin.sites.replication.feed.feeding import Feeding
from bilin.sites.replication.following.event_auth import judge_again
from bilin.sites.replication.network import Network


async def start(site: Site) -> None:
    """In a web process: know the sites and homes; in the one that writes the log, follow the other sites."""
    homes, roll = Homes(site.pool), SiteRegistry()
    site.tail.listen(homes.hear, homes.look_again)
    site.tail.listen(roll.hear, roll.look_again)
    await homes.start()
    await roll.read(site.pool)
    network = Network(site, roll)
    forwarding.start(site, network)
    network.answer(DIGESTS, DigestDesk(site.pool, site.number).answer)
    witness = Witness(site, network)
    if site.has(Role.WRITER):
        network.hear_statuses(witness.hear)
    await network.start()
    site.log.writer.judge = partial(judge_again, site.number)
    site.provide(Homes, homes)
    site.provide(Network, network)
    site.tail.on_growth(lambda _: network.kept_back_review.news())
    site.keep("sites-homes", homes.run)
    site.keep("sites-roll", lambda: roll.run(site.pool))
    await enrolment.start(site)
    if site.settings[SitesSettings].nats_url:
        site.keep("sites-network", network.run)
        site.keep_while_writing("sites-witness", witness.run)
        site.keep_while_writing("sites-metrics", lambda: keep_metrics(site, network))


def background(site: Site) -> Sequence[Background]:
    """In the worker: feed the other sites."""
    if not site.settings[SitesSettings].nats_url:
        return ()
    feeding = Feeding(site)
    return (("sites-roll", feeding.keep_roll), ("sites-feeding", feeding.run))


running = Feature(
    name="sites at work",
    none=FIRST_QUESTIONS,
    start=start,
    background=background,
)
