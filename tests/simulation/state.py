"""The merge rules of messaging as pure reducers: one event at a time, in the order it arrives at a site.

What `digest` gives must be equal wherever the same events arrived, in any order. Numbers (`numbers`, `read`) speak of
the order of arrival at this site and are not part of it.
"""

from collections.abc import Callable
from typing import Any

from bilin.core.events import Event
from bilin.core.ids import PersonId, UnitId
from bilin.core.ownership import FOUNDER
from bilin.messaging import (
    ConversationCreated,
    ConversationRenamed,
    MemberRemoved,
    MemberRoleChanged,
    MembersAdded,
    MessageEdited,
    MessageRecalled,
    MessageSent,
    OwnerChanged,
    ReadMarked,
)
from bilin.messaging.conversations.events import ConversationEvent
from bilin.messaging.messages.content import Content
from bilin.messaging.pins import PinSet
from bilin.messaging.reactions.events import ReactionSet
from bilin.messaging.stars import StarSet
from bilin.org import PersonChanged
from bilin.sites.homes.events import HomeSet, PolicySet
from bilin.sites.homes.home_map import HomeMap
from bilin.sites.replication.events import KeptBackSettled
from tests.simulation.facts import MEMBERSHIP
from tests.support.registers import Told, later

Row = tuple[object, ...]
Digest = tuple[int, tuple[int, str], tuple[int, int], list[Row], list[Row]]
"""When it was made, title, owner, members and messages."""


class Member:
    """Somebody who is or was in a conversation, or was spoken of."""

    __slots__ = ("admin", "admin_id", "changed", "joined", "present", "read_through", "removed")

    def __init__(self) -> None:
        self.present, self.changed = False, 0
        self.joined, self.removed = 0, 0
        """The last time they were let in, and out."""
        self.admin, self.admin_id = False, 0
        self.read_through = 0

    def lead(self, identifier: int, *, admin: bool) -> None:
        """Somebody said whether they are an admin."""
        if identifier > self.admin_id:
            self.admin, self.admin_id = admin, identifier


class Message:
    """A text, or only what was said of one that has not come yet."""

    __slots__ = ("body_id", "content", "recalled", "registers", "sender", "times")

    def __init__(self) -> None:
        self.sender, self.body_id, self.recalled, self.times = 0, 0, 0, 0
        self.content: Content | None = None
        self.registers: dict[tuple[object, ...], Told] = {}
        """What is declared as a register of it: reactions and pins."""

    def digest(self) -> tuple[object, ...]:
        content = None if self.recalled else self.content
        return self.sender, content, self.body_id, self.recalled, self.times, sorted(self.registers.items())


class Conversation:
    """One conversation as far as it is here."""

    __slots__ = ("created", "is_direct", "last", "led", "members", "messages", "numbers", "owner", "read", "title")

    def __init__(self) -> None:
        self.created = 0
        self.title: tuple[int, str] = (0, "")
        self.owner: tuple[int, int] = (0, 0)
        self.is_direct = False
        self.members: dict[PersonId, Member] = {}
        self.led: set[tuple[int, str]] = set()
        """(person, role) of who was ever owner or admin."""
        self.messages: dict[int, Message] = {}
        self.numbers: dict[int, int] = {}
        """Text → its number, in the order of arrival."""
        self.last = 0
        self.read: dict[PersonId, int] = {}
        """Person → the highest number read here."""

    def member(self, person: PersonId) -> Member:
        found = self.members.get(person)
        if found is None:
            found = self.members[person] = Member()
        return found

    def message(self, identifier: int) -> Message:
        found = self.messages.get(identifier)
        if found is None:
            found = self.messages[identifier] = Message()
        return found

    def present(self) -> list[PersonId]:
        return [person for person, member in self.members.items() if member.present]

    def leads(self, person: PersonId) -> bool:
        """Whether somebody is the owner or an admin."""
        return not self.is_direct and (self.owner[1] == person or self.members[person].admin)

    def may_recall(self, person: PersonId, message: int) -> bool:
        """Whether somebody may take a message back, and nobody did yet."""
        found = self.messages[message]
        return not found.recalled and (found.sender == person or self.leads(person))

    def unread(self, person: PersonId) -> int:
        return self.last - self.read.get(person, 0)

    def digest(self) -> Digest:
        members: list[Row] = sorted(
            (p, m.present, m.changed, m.admin, m.admin_id, m.read_through) for p, m in self.members.items()
        )
        messages: list[Row] = [
            (identifier, *self.messages[identifier].digest()) for identifier in sorted(self.messages)
        ]
        return self.created, self.title, self.owner, members, messages


class State:
    """Everything that is derived from a log."""

    def __init__(self) -> None:
        self.conversations: dict[int, Conversation] = {}
        self.where: dict[PersonId, set[int]] = {}
        """Person → conversations they are or were in, or were spoken of in."""
        self.homes: dict[UnitId, Told] = {}
        """Unit → (event, site)."""
        self.policies: dict[UnitId, Told] = {}
        self.units: dict[PersonId, Told] = {}
        """Person → (event, unit)."""
        self.accepted: dict[int, Told] = {}
        """Kept back event → (event, True): an administrator accepted it."""
        self.own: dict[PersonId, dict[int, Told]] = {}
        """Person → message → (event, whether they marked it)."""
        self.units_ever: dict[PersonId, set[UnitId]] = {}
        """All units a person ever had."""
        self.homes_said: dict[UnitId, dict[int, int]] = {}
        """Unit → event → the home it gave it."""
        self._map: HomeMap | None = None

    def home(self, person: PersonId) -> int:
        unit = self.units.get(person, (0, UnitId(0)))[1]
        return int(self.homes.get(unit, (0, 1))[1])

    def leaves(self, person: PersonId) -> str:
        """What of a person's conversations leaves their home."""
        unit = self.units.get(person, (0, UnitId(0)))[1]
        return str(self.policies.get(unit, (0, "shared"))[1])

    def home_map(self) -> HomeMap:
        """Homes and policies as the product keeps them; the same as long as nothing moved."""
        if self._map is None:
            units = {*self.homes, *self.policies, *(unit for _, unit in self.units.values())}
            self._map = HomeMap(
                parents=dict.fromkeys(units),
                homes={unit: site for unit, (_, site) in self.homes.items()},
                retired=(),
                policies={unit: (leaves, ("conversation",)) for unit, (_, leaves) in self.policies.items()},
                people={person: unit for person, (_, unit) in self.units.items()},
                had={unit: set(said.values()) for unit, said in self.homes_said.items()},
                said={unit: sorted(said.items()) for unit, said in self.homes_said.items()},
            )
        return self._map

    def sites_of(self, scope: int) -> set[int]:
        """The sites that must have all of a conversation, or of what is a person's own, and that alone may. It is said
        here once more, in few words, for whoever judges."""
        if scope in self.own:
            return {self.home(PersonId(scope))}
        if self.is_kept(scope):
            return set()
        present = self.conversation(scope).present()
        is_archived = any(self.leaves(person) == "everything" for person in present)
        return {self.home(person) for person in present} | ({FOUNDER} if is_archived else set())

    def is_kept(self, scope: int) -> bool:
        """Whether somebody is or was in it of whom nothing leaves."""
        members = self.conversation(scope).members.items()
        return any(self.leaves(person) == "nothing" for person, each in members if each.changed)

    def touched_by(self, event: Any) -> set[int]:
        """The conversations, and people whose own it is, of which an event may change who has them."""
        match event:
            case ConversationEvent():
                return {event.conversation}
            case PersonChanged():
                people = {event.person}
            case HomeSet() | PolicySet():
                people = {person for person, (_, unit) in self.units.items() if unit == event.unit}
            case _:
                return set()
        return {*people & self.own.keys(), *(scope for person in people for scope in self.where.get(person, ()))}

    def told(self, message: tuple[int, int], register: tuple[object, ...]) -> Told:
        """What a register of a message (conversation, id) says."""
        return self.conversations[message[0]].messages[message[1]].registers.get(register, (0, None))

    def conversation(self, identifier: int) -> Conversation:
        found = self.conversations.get(identifier)
        if found is None:
            found = self.conversations[identifier] = Conversation()
        return found

    def company(self) -> tuple[object, ...]:
        """What every site must know."""
        return (
            sorted(self.homes.items()),
            sorted(self.policies.items()),
            sorted(self.units.items()),
            sorted(self.accepted),
        )

    def digest_of(self, scope: int) -> object:
        """All of a conversation, of what is a person's own, or (0) of the company."""
        if not scope:
            return self.company()
        if scope in self.conversations:
            return self.conversations[scope].digest()
        return sorted(self.own.get(PersonId(scope), {}).items())

    def apply(self, identifier: int, actor: int, event: Any, here: bool) -> None:
        """Take one event in; `here`: it began at this site."""
        if isinstance(event, StarSet):
            meet(self.own.setdefault(event.person, {}), event.message, identifier, event.present)
        elif isinstance(event, ConversationEvent):
            self._apply_to(self.conversation(event.conversation), identifier, PersonId(actor), event, here)
        else:
            self._map = None
            match event:
                case HomeSet():
                    self.homes_said.setdefault(event.unit, {})[identifier] = event.site or 0
                    meet(self.homes, event.unit, identifier, event.site)
                case PolicySet():
                    meet(self.policies, event.unit, identifier, event.leaves)
                case PersonChanged():
                    self.units_ever.setdefault(event.person, set()).add(event.unit or UnitId(0))
                    meet(self.units, event.person, identifier, event.unit)
                case KeptBackSettled():
                    for each in event.events:
                        meet(self.accepted, each, identifier, event.accepted)

    def _apply_to(self, conversation: Conversation, identifier: int, actor: PersonId, event: Any, here: bool) -> None:
        REDUCERS[type(event)](conversation, identifier, actor, event)
        if isinstance(event, MEMBERSHIP):
            for person, _ in (*event.subscribes(actor), *event.unsubscribes(actor)):
                self.where.setdefault(person, set()).add(event.conversation)
        if here and isinstance(event, MessageSent | ReadMarked):
            through = conversation.numbers.get(identifier if isinstance(event, MessageSent) else event.through, 0)
            conversation.read[actor] = max(conversation.read.get(actor, 0), through)


def meet(table: dict[Any, Told], key: object, identifier: int, said: object) -> None:
    """A register: of what is told of a key the later counts."""
    table[key] = later(table.get(key, (0, None)), (identifier, said))


def _enter(conversation: Conversation, identifier: int, person: PersonId, *, admin: bool = False) -> None:
    member = conversation.member(person)
    member.joined = max(member.joined, identifier)
    member.lead(identifier, admin=admin)
    if identifier > member.changed:
        member.present, member.changed = True, identifier


def _created(conversation: Conversation, identifier: int, actor: PersonId, event: ConversationCreated) -> None:
    conversation.created = min(conversation.created or identifier, identifier)
    conversation.is_direct = event.kind == "direct"
    for each in event.members:
        _enter(conversation, identifier, each.person, admin=each.role == "admin")
    if not conversation.is_direct:  # direct ones have neither title nor owner
        conversation.title = max(conversation.title, (identifier, event.title))
        conversation.owner = max(conversation.owner, (identifier, actor))
        conversation.led.add((actor, "owner"))


def _added(conversation: Conversation, identifier: int, actor: PersonId, event: MembersAdded) -> None:
    for person in event.people:
        _enter(conversation, identifier, person)


def _removed(conversation: Conversation, identifier: int, actor: PersonId, event: MemberRemoved) -> None:
    member = conversation.member(event.person)
    member.removed = max(member.removed, identifier)
    if identifier > member.changed:
        member.present, member.changed = False, identifier


def _renamed(conversation: Conversation, identifier: int, actor: PersonId, event: ConversationRenamed) -> None:
    conversation.title = max(conversation.title, (identifier, event.title))


def _owner(conversation: Conversation, identifier: int, actor: PersonId, event: OwnerChanged) -> None:
    conversation.owner = max(conversation.owner, (identifier, event.person))
    conversation.member(event.person).lead(identifier, admin=False)
    conversation.led.add((event.person, "owner"))


def _role(conversation: Conversation, identifier: int, actor: PersonId, event: MemberRoleChanged) -> None:
    conversation.member(event.person).lead(identifier, admin=event.role == "admin")
    if event.role == "admin":
        conversation.led.add((event.person, "admin"))


def _sent(conversation: Conversation, identifier: int, actor: PersonId, event: MessageSent) -> None:
    message = conversation.message(identifier)
    message.sender = actor
    message.times += 1
    conversation.last += 1
    conversation.numbers[identifier] = conversation.last
    _say(message, identifier, event)


def _edited(conversation: Conversation, identifier: int, actor: PersonId, event: MessageEdited) -> None:
    _say(conversation.message(event.message), identifier, event)


def _say(message: Message, identifier: int, event: MessageSent | MessageEdited) -> None:
    if identifier > message.body_id:
        message.content, message.body_id = event.content, identifier


def _recalled(conversation: Conversation, identifier: int, actor: PersonId, event: MessageRecalled) -> None:
    message = conversation.message(event.message)
    message.recalled = min(message.recalled or identifier, identifier)


def _reaction(conversation: Conversation, identifier: int, actor: PersonId, event: ReactionSet) -> None:
    key = "reaction", actor, event.emoji
    meet(conversation.message(event.message).registers, key, identifier, event.present)


def _pinned(conversation: Conversation, identifier: int, actor: PersonId, event: PinSet) -> None:
    meet(conversation.message(event.message).registers, ("pin",), identifier, (actor, event.present))


def _read(conversation: Conversation, identifier: int, actor: PersonId, event: ReadMarked) -> None:
    member = conversation.member(actor)
    member.read_through = max(member.read_through, event.through)


REDUCERS: dict[type[Event], Callable[[Conversation, int, PersonId, Any], None]] = {
    ConversationCreated: _created,
    MembersAdded: _added,
    MemberRemoved: _removed,
    ConversationRenamed: _renamed,
    OwnerChanged: _owner,
    MemberRoleChanged: _role,
    MessageSent: _sent,
    MessageEdited: _edited,
    MessageRecalled: _recalled,
    ReactionSet: _reaction,
    PinSet: _pinned,
    ReadMarked: _read,
}
