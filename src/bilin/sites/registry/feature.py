"""What the registry of sites brings to the house."""

from bilin.core.module import FIRST_QUESTIONS, Feature
from bilin.sites.registry.events import SiteAdded, SiteChanged, SiteInvited, SiteJoined, SiteRetired, SiteRevoked
from bilin.sites.registry.model import SITES_MANAGE
from bilin.sites.registry.routes import routes
from bilin.sites.registry.settings import SitesSettings
from bilin.sites.registry.tables import invitation, site

feature = Feature(
    name="registry",
    none=FIRST_QUESTIONS,
    events=(SiteAdded, SiteChanged, SiteInvited, SiteJoined, SiteRevoked, SiteRetired),
    tables=(site, invitation),
    permissions={
        SITES_MANAGE: "Add, change and retire sites; say what leaves them",
    },
    settings=(SitesSettings,),
    routes=routes,
)
