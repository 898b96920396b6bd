"""What drafts bring to the house."""

from bilin.core.module import FIRST_QUESTIONS, Feature
from bilin.messaging.drafts.facts import DraftSet, draft
from bilin.messaging.drafts.routes import draft_routes

feature = Feature(
    name="drafts",
    none=FIRST_QUESTIONS,
    events=(DraftSet,),
    tables=(draft,),
    routes=draft_routes,
)
