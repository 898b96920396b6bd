"""The events of the model: types of messaging, organisation and sites as they are, with as little in them as goes."""

import msgspec

from bilin.core.events import Event
from bilin.core.ids import ConversationId, MessageId, PersonId, UnitId
from bilin.core.log.entry import decode_event, encode_event, type_of
from bilin.messaging import (
    ConversationCreated,
    MemberRemoved,
    MemberRoleChanged,
    MembersAdded,
    MessageEdited,
    MessageSent,
    OwnerChanged,
    direct_id,
)
from bilin.messaging.members.model import MemberRole
from bilin.messaging.messages.content import Content, Paragraph, Text
from bilin.org import PersonChanged, Post
from bilin.sites.homes.events import HomeSet, PolicySet
from bilin.sites.homes.model import Leaves
from bilin.sites.replication.events import KeptBackSettled
from bilin.sites.replication.transport.wire import Sent

COMPANY = (HomeSet, PolicySet, PersonChanged, KeptBackSettled)
"""Go to every site, and may change who has which conversation."""
MEMBERSHIP = (ConversationCreated, MembersAdded, MemberRemoved)
"""Let people in or out."""
TOLD = (*MEMBERSHIP, MemberRoleChanged, OwnerChanged)
"""Go also where only who is in it is heard."""

_known: dict[tuple[str, bytes], Event] = {}


def says(words: str) -> Content:
    """What a message says."""
    return Content((Paragraph((Text(words),)),))


def text(conversation: int, words: str) -> MessageSent:
    """A text."""
    place = ConversationId(conversation)
    return MessageSent(conversation=place, content=says(words), reply_to=None, mentions=(), mentions_all=False)


def group(conversation: int, owner: PersonId, people: tuple[PersonId, ...], title: str) -> ConversationCreated:
    """A new group."""
    members = tuple(MemberRole(person, "owner" if person == owner else "member") for person in people)
    return ConversationCreated(conversation=ConversationId(conversation), kind="group", title=title, members=members)


def begun(one: PersonId, other: PersonId) -> ConversationCreated:
    """A direct conversation."""
    members = tuple(MemberRole(person, "member") for person in (one, other))
    return ConversationCreated(conversation=direct_id(one, other), kind="direct", title="", members=members)


def edited(conversation: ConversationId, message: int, words: str) -> MessageEdited:
    """A text with other words."""
    content = says(words)
    return MessageEdited(
        conversation=conversation, message=MessageId(message), content=content, mentions=(), mentions_all=False
    )


def moved(person: PersonId, unit: UnitId) -> PersonChanged:
    """Somebody works elsewhere."""
    return PersonChanged(person=person, unit=unit, units=(Post(unit, "", main=True),))


def policy(unit: UnitId, leaves: Leaves) -> PolicySet:
    """What leaves the home of a unit's people of what they say."""
    return PolicySet(unit=unit, leaves=leaves, kinds=("conversation",))


def read(sent: Sent) -> Event:
    """The event in what travelled; events do not change, so equal ones are one."""
    key = sent.type, sent.data
    found = _known.get(key)
    if found is None:
        if len(_known) > 100_000:
            _known.clear()
        found = _known[key] = decode_event(sent.type, sent.version, sent.data)
    return found


def forge(told: Sent, identifier: int, actor: int | None, event: Event) -> Sent:
    """Another event under the mark of one that was sent."""
    data = encode_event(event)
    return msgspec.structs.replace(
        told, id=identifier, actor=actor, type=type_of(event)[0], version=type_of(event)[1], data=data
    )
