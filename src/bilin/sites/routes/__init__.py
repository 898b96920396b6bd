"""HTTP routes of sites: docs/developers/protocol.md, section 3."""

from bilin.sites.routes import network, verify

routes = [*network.routes, *verify.routes]
