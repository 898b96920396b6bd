"""Messaging: conversations and their members, messages, reactions, receipts and what a person wants to see of them."""

from bilin.core.module import Module
from bilin.messaging.conversations.commands.begin import BeginDirect, begin_direct
from bilin.messaging.conversations.commands.create import CreateGroup, create_group
from bilin.messaging.conversations.events import ConversationCreated, ConversationRenamed
from bilin.messaging.conversations.feature import feature as conversations_feature
from bilin.messaging.conversations.model import direct_id
from bilin.messaging.drafts.facts import DraftSet
from bilin.messaging.drafts.routes import feature as drafts_feature
from bilin.messaging.members.commands.add_members import AddMembers, add_members
from bilin.messaging.members.events import MemberRemoved, MemberRoleChanged, MembersAdded, OwnerChanged
from bilin.messaging.members.feature import feature as members_feature
from bilin.messaging.members.model import MemberRole
from bilin.messaging.messages.bodies import open_body, open_quote, open_title
from bilin.messaging.messages.commands.send import SendMessage, send_message
from bilin.messaging.messages.content import Content, Mention, Paragraph, Span, Text
from bilin.messaging.messages.events import MessageEdited, MessageRecalled, MessageSent
from bilin.messaging.messages.feature import feature as messages_feature
from bilin.messaging.messages.model import Quote
from bilin.messaging.messages.placing import load_bodies, load_titles
from bilin.messaging.messages.retelling import change_of, said_in, with_newest, without_quote, without_words
from bilin.messaging.pins.facts import PinSet
from bilin.messaging.pins.routes import feature as pins_feature
from bilin.messaging.preferences.events import ConversationPreferencesChanged
from bilin.messaging.preferences.feature import feature as preferences_feature
from bilin.messaging.reactions.events import ReactionSet
from bilin.messaging.reactions.feature import feature as reactions_feature
from bilin.messaging.receipts.events import ReadMarked
from bilin.messaging.receipts.feature import feature as receipts_feature
from bilin.messaging.settings import MessagingSettings
from bilin.messaging.stars.facts import StarSet
from bilin.messaging.stars.routes import feature as stars_feature
from bilin.messaging.sync.feature import feature as sync_feature

module = Module(
    "messaging",
    # Messages come first: joining, notices and read marks look for "the newest message before this id".
    features=(
        messages_feature,
        conversations_feature,
        members_feature,
        reactions_feature,
        receipts_feature,
        preferences_feature,
        pins_feature,
        stars_feature,
        drafts_feature,
        sync_feature,
    ),
)

__all__ = [
    "AddMembers",
    "BeginDirect",
    "Content",
    "ConversationCreated",
    "ConversationPreferencesChanged",
    "ConversationRenamed",
    "CreateGroup",
    "DraftSet",
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
    "PinSet",
    "Quote",
    "ReactionSet",
    "ReadMarked",
    "SendMessage",
    "Span",
    "StarSet",
    "Text",
    "add_members",
    "begin_direct",
    "change_of",
    "create_group",
    "direct_id",
    "load_bodies",
    "load_titles",
    "module",
    "open_body",
    "open_quote",
    "open_title",
    "said_in",
    "send_message",
    "with_newest",
    "without_quote",
    "without_words",
]
