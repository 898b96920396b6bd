"""What enrolment brings to the house."""

from bilin.core.module import FIRST_QUESTIONS, Feature
from bilin.sites.enrolment.checks import look_at_certificates
from bilin.sites.enrolment.routes import routes

feature = Feature(
    name="enrolment",
    none=FIRST_QUESTIONS - {"checks"},
    checks=(look_at_certificates,),
    routes=routes,
)
