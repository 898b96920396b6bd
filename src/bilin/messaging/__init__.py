"""Messaging: conversations and their members, messages, reactions, receipts and what a person wants to see of them."""

from bilin.core.module import Module
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
from bilin.messaging.settings import MessagingSettings

module = Module("messaging")

__all__ = [
    "ConversationCreated",
    "ConversationPreferencesChanged",
    "ConversationRenamed",
    "MemberRemoved",
    "MemberRoleChanged",
    "MembersAdded",
    "MessageEdited",
    "MessageRecalled",
    "MessageSent",
    "MessagingSettings",
    "OwnerChanged",
    "ReactionSet",
    "ReadMarked",
    "module",
]
