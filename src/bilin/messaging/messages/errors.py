"""Errors of messages."""

from bilin.core.errors import Conflict, Forbidden, NotFound
from bilin.core.ids import Id, MessageId
from bilin.messaging.messages.content import Content


class MessageNotFound(NotFound):
    """There is none in this conversation."""

    code = "messaging.message_not_found"
    title = "There is no such message"
    hint = "Load the conversation again."
    message: MessageId | None = None


class WindowClosed(Forbidden):
    """Too late to edit or recall."""

    code = "messaging.window_closed"
    title = "It is too late to change this message"
    hint = "Send a new message; an owner or admin of the group may still recall this one."
    window_s: int
    """How long after it was sent."""


class EditedMeanwhile(Conflict):
    """The words to change are no longer those that were seen; `details` has the version and the content there now."""

    code = "messaging.edited_meanwhile"
    title = "The message was edited meanwhile, perhaps on another device"
    hint = "Compare the two; to put yours in the other's place send it again with `based_on` = details.version."
    version: Id
    content: Content


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
