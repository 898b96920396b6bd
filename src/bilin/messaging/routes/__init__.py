"""Thin HTTP: parse, call, render (protocol, section 3)."""

from bilin.messaging.routes.conversations import conversation_routes
from bilin.messaging.routes.members import member_routes
from bilin.messaging.routes.messages import message_routes
from bilin.messaging.routes.reactions import reaction_routes
from bilin.messaging.routes.receipts import receipt_routes
from bilin.messaging.routes.sync import sync_routes

ROUTES = [
    *conversation_routes,
    *member_routes,
    *message_routes,
    *reaction_routes,
    *receipt_routes,
    *sync_routes,
]
