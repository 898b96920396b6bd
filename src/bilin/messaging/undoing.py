"""Putting back what was done in conversations: messages are recalled, words, members and roles are as they were."""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from bilin.core.events import Event, Recorded
from bilin.core.undoing import NOTHING, Cell, Undoing
from bilin.messaging.conversations.events import ConversationCreated, ConversationRenamed
from bilin.messaging.members.events import MemberRemoved, MemberRoleChanged, MembersAdded, OwnerChanged
from bilin.messaging.members.model import Role
from bilin.messaging.messages.events import MessageEdited, MessageRecalled, MessageSent
from bilin.messaging.receipts.events import ReadMarked


class MessagingUndoing(Undoing):
    """A recall is for good, and read marks do no harm; what else stays says so where it is declared."""

    READS_IN_SCOPE: ClassVar = (
        ConversationCreated,
        ConversationRenamed,
        MembersAdded,
        MemberRemoved,
        MemberRoleChanged,
        OwnerChanged,
        MessageEdited,
        MessageRecalled,
    )
    STAYS: ClassVar = (MessageRecalled, ReadMarked)

    def named(self, record: Recorded[Event]) -> Iterable[int]:
        return (record.event.message,) if isinstance(record.event, MessageEdited) else ()

    def see(self, records: Sequence[Recorded[Event]]) -> None:
        self._direct = {
            r.event.conversation
            for r in records
            if isinstance(r.event, ConversationCreated) and r.event.kind == "direct"
        }
        self._recalled = {r.event.message for r in records if isinstance(r.event, MessageRecalled)}

    def cells(self, record: Recorded[Event]) -> Iterable[tuple[Cell, Any]]:
        match record.event:
            case MessageSent() as event:
                yield ("words", event.conversation, record.id), (event.content, event.mentions, event.mentions_all)
            case MessageEdited() as event:
                yield ("words", event.conversation, event.message), (event.content, event.mentions, event.mentions_all)
            case ConversationRenamed() as event:
                yield ("title", event.conversation), event.title
            case MembersAdded() as event:
                yield from ((("inside", event.conversation, person), True) for person in event.people)
            case MemberRemoved() as event:
                yield ("inside", event.conversation, event.person), False
            case MemberRoleChanged() as event:
                yield ("admin", event.conversation, event.person), event.role == "admin"
            case OwnerChanged() as event:
                yield ("owner", event.conversation), event.person
                yield ("admin", event.conversation, event.person), False
            case ConversationCreated() as event if event.kind == "group":
                yield from _created(event)

    def restore(self, cell: Cell, value: Any, present: Any) -> Event | None:
        kind, conversation, *about = cell
        if conversation in self._direct and kind != "words":
            return None
        if kind == "words":
            return None if about[0] in self._recalled else _words(conversation, about[0], value)
        if kind == "inside":
            people = about[0]
            if value is True:
                return MembersAdded(conversation=conversation, people=(people,))
            return MemberRemoved(conversation=conversation, person=people) if present else None
        if kind == "admin":
            role: Role = "admin" if value is True else "member"
            is_so = (value is True) == present
            return None if is_so else MemberRoleChanged(conversation=conversation, person=about[0], role=role)
        if value is NOTHING:
            return None
        if kind == "title":
            return ConversationRenamed(conversation=conversation, title=value)
        return OwnerChanged(conversation=conversation, person=value)


def _created(event: ConversationCreated) -> Iterable[tuple[Cell, Any]]:
    yield ("title", event.conversation), event.title
    for member in event.members:
        yield ("inside", event.conversation, member.person), True
        if member.role == "owner":
            yield ("owner", event.conversation), member.person
        else:
            yield ("admin", event.conversation, member.person), member.role == "admin"


def _words(conversation: Any, message: Any, value: Any) -> Event:
    if value is NOTHING:
        return MessageRecalled(conversation=conversation, message=message)
    content, mentions, mentions_all = value
    return MessageEdited(
        conversation=conversation, message=message, content=content, mentions=mentions, mentions_all=mentions_all
    )
