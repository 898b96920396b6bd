"""What preferences of conversations bring to the house."""

from bilin.core.module import FIRST_QUESTIONS, Feature
from bilin.messaging.preferences.events import ConversationPreferencesChanged
from bilin.messaging.preferences.routes import preference_routes

feature = Feature(
    name="conversation preferences",
    none=FIRST_QUESTIONS,
    events=(ConversationPreferencesChanged,),
    routes=preference_routes,
)
