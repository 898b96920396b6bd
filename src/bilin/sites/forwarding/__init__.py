"""Forwarding: a command that another site decides goes there, and its answer comes back."""

from bilin.core.forwarding import Forwarder
from bilin.core.ownership import Ownership
from bilin.core.site import Site
from bilin.sites.forwarding.asking import SiteForwarder
from bilin.sites.forwarding.messages import FORWARD
from bilin.sites.forwarding.performing import Performer
from bilin.sites.homes.ownership import HomeOwnership
from bilin.sites.replication.network import Network

__all__ = ["start"]


def start(site: Site, network: Network) -> None:
    """In the web process: know the owners, ask them, and answer what others ask."""
    site.provide(Ownership, HomeOwnership(site.number))
    site.provide(Forwarder, SiteForwarder(site, network))
    network.answer(FORWARD, Performer(site).answer)
