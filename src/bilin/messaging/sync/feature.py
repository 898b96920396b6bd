"""What the first screen brings to the house."""

from bilin.core.module import FIRST_QUESTIONS, Feature
from bilin.messaging.sync.routes import sync_routes

feature = Feature(
    name="sync",
    none=FIRST_QUESTIONS,
    routes=sync_routes,
)
