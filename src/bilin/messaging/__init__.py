"""Messaging: conversations and their members, messages, reactions, receipts and what a person wants to see of them."""

from bilin.core.module import Module, features_of
from bilin.messaging.conversations.commands.begin import BeginDirect, begin_direct
from bilin.messaging.conversations.commands.create import CreateGroup, create_group
from bilin.messaging.conversations.events import ConversationCreated, ConversationRenamed
from bilin.messaging.conversations.model import direct_id
from bilin.messaging.drafts.facts import DraftSet
from bilin.messaging.members.commands.add_members import AddMembers, add_members
from bilin.messaging.members.events import MemberRemoved, MemberRoleChanged, MembersAdded, OwnerChanged
from bilin.messaging.members.model import MemberRole
from bilin.messaging.messages.bodies import open_body, open_quote, open_title
from bilin.messaging.messages.commands.send import SendMessage, send_message
from bilin.messaging.messages.content import Content, Mention, Paragraph, Span, Text
from bilin.messaging.messages.events import MessageEdited, MessageRecalled, MessageSent
from bilin.messaging.messages.model import Quote
from bilin.messaging.messages.placing import load_bodies, load_titles
from bilin.messaging.messages.retelling import change_of, said_in, with_newest, without_quote, without_words
from bilin.messaging.preferences.events import ConversationPreferencesChanged
from bilin.messaging.reactions.events import ReactionSet
from bilin.messaging.receipts.events import ReadMarked
from bilin.messaging.settings import MessagingSettings

# Messages come first: joining, notices and read marks look for "the newest message before this id".
module = Module("messaging", features_of(__name__, first=("messages", "conversations", "members")))

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
    "Quote",
    "ReactionSet",
    "ReadMarked",
    "SendMessage",
    "Span",
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
