"""What pins bring to the house."""

from bilin.core.module import FIRST_QUESTIONS, Feature
from bilin.messaging.pins.facts import PinSet, pin
from bilin.messaging.pins.routes import pin_routes

feature = Feature(
    name="pins",
    none=FIRST_QUESTIONS,
    events=(PinSet,),
    tables=(pin,),
    routes=pin_routes,
)
