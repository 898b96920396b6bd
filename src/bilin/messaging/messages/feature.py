"""What messages bring to the house."""

from bilin.core.module import FIRST_QUESTIONS, Feature
from bilin.messaging.messages.apply.changes import apply_edited
from bilin.messaging.messages.apply.sent import apply_sent
from bilin.messaging.messages.events import MessageEdited, MessageRecalled, MessageSent
from bilin.messaging.messages.finding import MESSAGES
from bilin.messaging.messages.pace import start
from bilin.messaging.messages.resealing import hourly, reseal
from bilin.messaging.messages.retelling import retell
from bilin.messaging.messages.routes import message_routes
from bilin.messaging.messages.tables import message

feature = Feature(
    name="messages",
    none=FIRST_QUESTIONS - {"searchable", "jobs", "schedules"},
    searchable=(MESSAGES,),
    events=(MessageSent, MessageEdited, MessageRecalled),
    appliers=(apply_sent, apply_edited),
    tables=(message,),
    retells=retell,
    routes=message_routes,
    start=start,
    jobs=(reseal,),
    schedules=(hourly,),
)
