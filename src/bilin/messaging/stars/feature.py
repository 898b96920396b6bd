"""What stars bring to the house."""

from bilin.core.module import FIRST_QUESTIONS, Feature
from bilin.messaging.stars.facts import StarSet, star
from bilin.messaging.stars.routes import star_routes

feature = Feature(
    name="stars",
    none=FIRST_QUESTIONS,
    events=(StarSet,),
    tables=(star,),
    routes=star_routes,
)
