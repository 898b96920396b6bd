"""HTTP routes of sites: docs/developers/protocol.md, section 3."""

from bilin.sites.routes import homes, kept_back, network, sites, verify

routes = [*network.routes, *verify.routes, *homes.routes, *sites.routes, *kept_back.routes]
