"""HTTP routes of sites: docs/developers/protocol.md, section 3."""

from bilin.sites.routes import homes, network, sites, verify

routes = [*network.routes, *verify.routes, *homes.routes, *sites.routes]
