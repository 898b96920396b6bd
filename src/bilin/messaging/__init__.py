"""Messaging: conversations and their members, messages, reactions, receipts and what a person wants to see of them."""

from bilin.core.log.retelling import retells
from bilin.core.module import Module
from bilin.core.site import Site
from bilin.core.topics import subscriptions
from bilin.messaging import apply, claims, digests, undoing
from bilin.messaging.conversations.commands.begin import BeginDirect, begin_direct
from bilin.messaging.conversations.commands.create import CreateGroup, create_group
from bilin.messaging.conversations.events import ConversationCreated, ConversationRenamed
from bilin.messaging.conversations.model import direct_id
from bilin.messaging.conversations.routes import conversation_routes
from bilin.messaging.conversations.views import ConversationViews
from bilin.messaging.members import scopes as _scopes  # noqa: F401 (registers)
from bilin.messaging.members.commands.add_members import AddMembers, add_members
from bilin.messaging.members.events import MemberRemoved, MemberRoleChanged, MembersAdded, OwnerChanged
from bilin.messaging.members.model import MemberRole
from bilin.messaging.members.routes import member_routes
from bilin.messaging.members.subscriptions import members_among, topics_of
from bilin.messaging.messages.bodies import open_body, open_quote, open_title
from bilin.messaging.messages.commands.send import SendMessage, send_message
from bilin.messaging.messages.content import Content, Mention, Paragraph, Span, Text
from bilin.messaging.messages.events import MessageEdited, MessageRecalled, MessageSent
from bilin.messaging.messages.model import Quote
from bilin.messaging.messages.pace import Pace
from bilin.messaging.messages.placing import load_bodies, load_titles
from bilin.messaging.messages.resealing import reseal
from bilin.messaging.messages.retelling import change_of, retell, said_in, with_newest, without_quote, without_words
from bilin.messaging.messages.routes import message_routes
from bilin.messaging.preferences.events import ConversationPreferencesChanged
from bilin.messaging.preferences.routes import preference_routes
from bilin.messaging.reactions.events import ReactionSet
from bilin.messaging.reactions.routes import reaction_routes
from bilin.messaging.receipts import tables as _receipts  # noqa: F401 (the schema needs them known)
from bilin.messaging.receipts.events import ReadMarked
from bilin.messaging.receipts.routes import receipt_routes
from bilin.messaging.settings import MessagingSettings
from bilin.messaging.sync.routes import sync_routes


async def start(site: Site) -> None:
    """Remember conversations, as long as the tail does not tell that they changed; tell who follows which."""
    views = ConversationViews(site.pool)
    site.tail.listen(views.hear, views.start_over)
    site.provide(ConversationViews, views)
    site.provide(Pace, Pace(site.settings[MessagingSettings].sends_per_minute))
    site.topics.add(topics_of)


subscriptions(members_among)
retells(retell)
module = Module(
    "messaging",
    routes=[
        *conversation_routes,
        *preference_routes,
        *member_routes,
        *message_routes,
        *reaction_routes,
        *receipt_routes,
        *sync_routes,
    ],
    start=start,
    background=lambda site: [("messaging-reseal", lambda: reseal(site))],
)

__all__ = [
    "AddMembers",
    "BeginDirect",
    "Content",
    "ConversationCreated",
    "ConversationPreferencesChanged",
    "ConversationRenamed",
    "CreateGroup",
    "MemberRemoved",
    "MemberRole",
    "MemberRoleChanged",
    "MembersAdded",
    "Mention",
    "MessageEdited",
    "MessageRecalled",
    "MessageSent",
    "MessagingSettings",
    "OwnerChanged",
    "Paragraph",
    "Quote",
    "ReactionSet",
    "ReadMarked",
    "SendMessage",
    "Span",
    "Text",
    "add_members",
    "apply",
    "begin_direct",
    "change_of",
    "claims",
    "create_group",
    "digests",
    "direct_id",
    "load_bodies",
    "load_titles",
    "module",
    "open_body",
    "open_quote",
    "open_title",
    "said_in",
    "send_message",
    "undoing",
    "with_newest",
    "without_quote",
    "without_words",
]
