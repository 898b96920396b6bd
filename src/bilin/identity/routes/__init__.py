"""HTTP routes of identity: docs/developers/protocol.md, section 3."""

from bilin.identity.routes import grants, imports, me, people, sessions, setup, undoing

routes = [*setup.routes, *undoing.routes, *sessions.routes, *me.routes, *people.routes, *grants.routes, *imports.routes]
