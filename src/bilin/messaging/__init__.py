"""Messaging: conversations and their members, messages, reactions, receipts and what a person wants to see of them."""

from bilin.core.log.retelling import retells
from bilin.core.module import Module
from bilin.core.site import Site
from bilin.core.topics import subscriptions
from bilin.messaging import apply, claims, digests, scopes, undoing
from bilin.messaging.bodies import open_body, open_quote, open_title
from bilin.messaging.commands.add_members import AddMembers, add_members
from bilin.messaging.commands.begin import BeginDirect, begin_direct
from bilin.messaging.commands.create import CreateGroup, create_group
from bilin.messaging.commands.send import SendMessage, send_message
from bilin.messaging.content import Content, Mention, Paragraph, Span, Text
from bilin.messaging.events import (
    ConversationCreated,
    ConversationPreferencesChanged,
    ConversationRenamed,
    MemberRemoved,
    MemberRoleChanged,
    MembersAdded,
    MessageEdited,
    MessageRecalled,
    MessageSent,
    OwnerChanged,
    ReactionSet,
    ReadMarked,
)
from bilin.messaging.model import MemberRole, Quote, direct_id
from bilin.messaging.pace import Pace
from bilin.messaging.placing import load_bodies, load_titles
from bilin.messaging.queries.conversations import members_among, topics_of
from bilin.messaging.resealing import reseal
from bilin.messaging.retelling import change_of, retell, said_in, with_newest, without_quote, without_words
from bilin.messaging.routes import ROUTES
from bilin.messaging.settings import MessagingSettings
from bilin.messaging.views import ConversationViews


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
    routes=ROUTES,
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
    "scopes",
    "send_message",
    "undoing",
    "with_newest",
    "without_quote",
    "without_words",
]
