"""Settings of sites: section `[sites]`, variables `BILIN_SITES_…`."""

from typing import Annotated

from msgspec import Meta

from bilin.core.settings import Section, settings_section

HEADQUARTERS = "host:port addresses of headquarters that a branch dials; set by joining, and here when they have moved"
LISTEN = (
    "host:port on which other sites reach this one (headquarters only); empty = 0.0.0.0:7420 once a site is invited"
)
ADDRESS = (
    "host:port that invitations name: where branches reach headquarters from outside; empty = the machine's own name"
)
NATS_URL = "tls://… of the account that carries messages between sites, with a NATS of your own; empty = embedded"
PROXY = "http://… proxy through which a branch reaches headquarters; empty = straight"
MAX_LIFE_S = 30 * 86_400
LIFE = "How long an invitation is good"


@settings_section("sites")
class SitesSettings(Section, frozen=True):
    """How sites of one company reach each other."""

    listen: Annotated[str, Meta(description=LISTEN)] = ""
    address: Annotated[str, Meta(description=ADDRESS)] = ""
    headquarters: Annotated[tuple[str, ...], Meta(description=HEADQUARTERS)] = ()
    nats_url: Annotated[str, Meta(description=NATS_URL, extra={"secret": True, "line": True})] = ""
    proxy: Annotated[str, Meta(description=PROXY)] = ""
    invitation_life_s: Annotated[int, Meta(ge=60, le=MAX_LIFE_S, description=LIFE)] = 86_400
