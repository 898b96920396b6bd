"""What the health of sites brings to the house."""

from bilin.core.module import FIRST_QUESTIONS, Feature
from bilin.sites.health.routes import routes
from bilin.sites.health.tables import head
from bilin.sites.health.verifying.routes import routes as verifying_routes

feature = Feature(
    name="health",
    none=FIRST_QUESTIONS,
    tables=(head,),
    routes=(*routes, *verifying_routes),
)
