"""What homes bring to the house."""

from bilin.core.module import FIRST_QUESTIONS, Feature
from bilin.sites.homes.events import HomeSet, PolicySet
from bilin.sites.homes.routes import routes
from bilin.sites.homes.tables import home, home_said, policy, was_home

feature = Feature(
    name="homes",
    none=FIRST_QUESTIONS,
    events=(HomeSet, PolicySet),
    tables=(home, was_home, home_said, policy),
    routes=routes,
)
