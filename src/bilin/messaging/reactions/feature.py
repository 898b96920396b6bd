"""What reactions bring to the house."""

from bilin.core.module import FIRST_QUESTIONS, Feature
from bilin.messaging.reactions.events import ReactionSet
from bilin.messaging.reactions.routes import reaction_routes
from bilin.messaging.reactions.tables import reaction

feature = Feature(
    name="reactions",
    none=FIRST_QUESTIONS,
    events=(ReactionSet,),
    tables=(reaction,),
    routes=reaction_routes,
)
