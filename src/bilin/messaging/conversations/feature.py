"""What conversations bring to the house, and what goes for all that happens in them."""

from bilin.core.module import FIRST_QUESTIONS, Feature
from bilin.messaging.claims import MessagingKnowledge
from bilin.messaging.conversations.apply.creation import apply_created
from bilin.messaging.conversations.apply.titles import apply_renamed
from bilin.messaging.conversations.events import ConversationCreated, ConversationRenamed
from bilin.messaging.conversations.finding import CONVERSATIONS
from bilin.messaging.conversations.routes import conversation_routes
from bilin.messaging.conversations.tables import conversation
from bilin.messaging.conversations.views import start
from bilin.messaging.settings import POLICIES, MessagingSettings
from bilin.messaging.undoing import MessagingUndoing

feature = Feature(
    name="conversations",
    none=FIRST_QUESTIONS - {"policies", "searchable"},
    policies=POLICIES,
    searchable=(CONVERSATIONS,),
    events=(ConversationCreated, ConversationRenamed),
    appliers=(apply_created, apply_renamed),
    tables=(conversation,),
    settings=(MessagingSettings,),
    claims=MessagingKnowledge,
    undoing=MessagingUndoing,
    routes=conversation_routes,
    start=start,
)
