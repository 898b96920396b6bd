"""Errors of messaging."""

from bilin.core.errors import Conflict, Forbidden, Invalid, NotFound


class ConversationNotFound(NotFound):
    """There is none, or the person is not in it."""

    code = "messaging.conversation_not_found"
    title = "There is no such conversation"
    hint = "Ask a member to add you."


class MessageNotFound(NotFound):
    """There is none in this conversation."""

    code = "messaging.message_not_found"
    title = "There is no such message"
    hint = "Load the conversation again."


class MemberNotFound(NotFound):
    """The person is not in this conversation."""

    code = "messaging.member_not_found"
    title = "This person is not in the conversation"
    hint = "Load the conversation again."


class PersonUnknown(Invalid):
    """Somebody who does not exist, or no longer works here."""

    code = "messaging.person_unknown"
    title = "Some of these people do not exist or no longer have an account"
    hint = "Choose people from the directory; details.people names those that are not there."


class NotInDirect(Conflict):
    """Only groups have titles, roles and changing members."""

    code = "messaging.not_in_direct"
    title = "A direct conversation has no title, roles or further members"
    hint = "Make a group instead."


class RoleNeeded(Forbidden):
    """The role in the conversation does not allow it."""

    code = "messaging.role_needed"
    title = "Your role in this conversation does not allow it"
    hint = "Ask its owner or an admin."


class OwnerMustHandOn(Conflict):
    """The owner cannot go while others stay."""

    code = "messaging.owner_must_hand_on"
    title = "The owner cannot leave the group behind"
    hint = "Hand the group on to somebody else first."


class GroupFull(Conflict):
    """More people than one group may have."""

    code = "messaging.group_full"
    title = "The group would have too many members"
    hint = "Split it, or ask the administrator to raise messaging.group_max_members."


class WindowClosed(Forbidden):
    """Too late to edit or recall."""

    code = "messaging.window_closed"
    title = "It is too late to change this message"
    hint = "Send a new message; an owner or admin of the group may still recall this one."


class EditedMeanwhile(Conflict):
    """The words to change are no longer those that were seen; `details` has the version and the content there now."""

    code = "messaging.edited_meanwhile"
    title = "The message was edited meanwhile, perhaps on another device"
    hint = "Compare the two; to put yours in the other's place send it again with `based_on` = details.version."


class NotYourMessage(Forbidden):
    """Somebody else's words."""

    code = "messaging.not_your_message"
    title = "This is somebody else's message"
    hint = "Ask its sender."


class MessageGone(Conflict):
    """It was recalled, or it is a notice, which has no words of its own."""

    code = "messaging.message_gone"
    title = "This message was recalled or is a notice"
    hint = "Choose another message."


class TooManyMembers(Conflict):
    """Receipts are kept to smaller conversations."""

    code = "messaging.too_many_members"
    title = "The conversation is too large to tell who has read what"
    hint = "Ask the administrator to raise messaging.receipts_max_members."


class TooManyReactions(Conflict):
    """Enough different emoji under one message."""

    code = "messaging.too_many_reactions"
    title = "There are too many different emoji under this message"
    hint = "Use one of those that are there."
