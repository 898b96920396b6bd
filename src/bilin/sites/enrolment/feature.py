"""What enrolment brings to the house."""

from bilin.core.module import FIRST_QUESTIONS, Feature
from bilin.sites.enrolment.routes import routes

feature = Feature(
    name="enrolment",
    none=FIRST_QUESTIONS,
    routes=routes,
)
