"""The merge rules of messaging as pure reducers: one event at a time, in the order it arrives at a site.

What `digest` gives must be equal wherever the same events arrived, in any order. Numbers (`numbers`, `read`) speak of
the order of arrival at this site and are not part of it.
"""

from collections.abc import Callable
from typing import Any

from tests.simulation.facts import PERSONAL, Fact
from tests.support.registers import Told, later

Row = tuple[object, ...]
Digest = tuple[int, tuple[int, str], tuple[int, int], list[Row], list[Row]]
"""When it was made, title, owner, members and messages."""


class Member:
    """Somebody who is or was in a conversation, or was spoken of."""

    __slots__ = ("admin", "admin_id", "changed", "present", "read_through")

    def __init__(self) -> None:
        self.present, self.changed = False, 0
        self.admin, self.admin_id = False, 0
        self.read_through = 0


class Message:
    """A text, or only what was said of one that has not come yet."""

    __slots__ = ("body_id", "recalled", "registers", "sender", "text", "times")

    def __init__(self) -> None:
        self.sender, self.text, self.body_id, self.recalled, self.times = 0, "", 0, 0, 0
        self.registers: dict[tuple[object, ...], Told] = {}
        """What is declared as a register of it: reactions and pins."""

    def digest(self) -> tuple[object, ...]:
        text = "" if self.recalled else self.text
        return self.sender, text, self.body_id, self.recalled, self.times, sorted(self.registers.items())


class Conversation:
    """One conversation as far as it is here."""

    __slots__ = ("created", "ever", "last", "members", "messages", "numbers", "owner", "read", "title")

    def __init__(self) -> None:
        self.created = 0
        self.title: tuple[int, str] = (0, "")
        self.owner: tuple[int, int] = (0, 0)
        self.members: dict[int, Member] = {}
        self.ever: set[int] = set()
        """Everybody who was ever let in."""
        self.messages: dict[int, Message] = {}
        self.numbers: dict[int, int] = {}
        """Text → its number, in the order of arrival."""
        self.last = 0
        self.read: dict[int, int] = {}
        """Person → the highest number read here."""

    def member(self, person: int) -> Member:
        found = self.members.get(person)
        if found is None:
            found = self.members[person] = Member()
        return found

    def message(self, identifier: int) -> Message:
        found = self.messages.get(identifier)
        if found is None:
            found = self.messages[identifier] = Message()
        return found

    def present(self) -> list[int]:
        return [person for person, member in self.members.items() if member.present]

    def unread(self, person: int) -> int:
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
        self.homes: dict[int, Told] = {}
        """Unit → (event, site)."""
        self.policies: dict[int, Told] = {}
        self.units: dict[int, Told] = {}
        """Person → (event, unit)."""
        self.accepted: dict[int, Told] = {}
        """Kept back event → (event, 1): an administrator accepted it."""
        self.own: dict[int, dict[int, Told]] = {}
        """Person → message → (event, whether they marked it)."""
        self.units_ever: dict[int, set[int]] = {}
        self.sites_ever: dict[int, set[int]] = {}
        """All units a person, and all sites a unit ever had."""

    def home(self, person: int) -> int:
        unit = self.units.get(person, (0, 0))[1]
        return int(self.homes.get(unit, (0, 1))[1])

    def homes_ever(self, person: int) -> set[int]:
        """Every site that may have been the person's home, as far as is known here."""
        return {site for unit in self.units_ever.get(person, ()) for site in self.sites_ever.get(unit, ())}

    def leaves(self, person: int) -> str:
        """What of a person's conversations leaves their home."""
        unit = self.units.get(person, (0, 0))[1]
        return str(self.policies.get(unit, (0, "shared"))[1])

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

    def apply(self, identifier: int, actor: int, fact: Fact, here: bool) -> None:
        """Take one event in; `here`: it began at this site."""
        if fact.kind in PERSONAL:
            meet(self.own.setdefault(fact.conversation, {}), fact.message, identifier, fact.flag)
            return
        if fact.conversation:
            conversation = self.conversation(fact.conversation)
            REDUCERS[fact.kind](conversation, identifier, actor, fact)
            if here and fact.kind in ("sent", "read"):
                through = conversation.numbers.get(fact.message or identifier, 0)
                conversation.read[actor] = max(conversation.read.get(actor, 0), through)
            return
        if fact.kind in ("home", "moved"):
            ever = self.sites_ever if fact.kind == "home" else self.units_ever
            ever.setdefault(fact.message, set()).add(fact.place)
        tables = {"home": self.homes, "policy": self.policies, "accepted": self.accepted, "moved": self.units}
        said = {"policy": fact.text, "accepted": 1}.get(fact.kind, fact.place)
        meet(tables[fact.kind], fact.message, identifier, said)


def meet(table: dict[Any, Told], key: object, identifier: int, said: object) -> None:
    """A register: of what is told of a key the later counts."""
    table[key] = later(table.get(key, (0, None)), (identifier, said))


def _let(conversation: Conversation, identifier: int, people: tuple[int, ...], present: bool) -> None:
    if present:
        conversation.ever.update(people)
    for person in people:
        member = conversation.member(person)
        if identifier > member.changed:
            member.present, member.changed = present, identifier


def _created(conversation: Conversation, identifier: int, actor: int, fact: Fact) -> None:
    conversation.created = min(conversation.created or identifier, identifier)
    _let(conversation, identifier, fact.people, True)
    if fact.flag:  # a group: direct ones have neither title nor owner
        conversation.title = max(conversation.title, (identifier, fact.text))
        conversation.owner = max(conversation.owner, (identifier, actor))


def _added(conversation: Conversation, identifier: int, actor: int, fact: Fact) -> None:
    _let(conversation, identifier, fact.people, True)


def _removed(conversation: Conversation, identifier: int, actor: int, fact: Fact) -> None:
    _let(conversation, identifier, fact.people, False)


def _renamed(conversation: Conversation, identifier: int, actor: int, fact: Fact) -> None:
    conversation.title = max(conversation.title, (identifier, fact.text))


def _owner(conversation: Conversation, identifier: int, actor: int, fact: Fact) -> None:
    conversation.owner = max(conversation.owner, (identifier, fact.people[0]))


def _role(conversation: Conversation, identifier: int, actor: int, fact: Fact) -> None:
    member = conversation.member(fact.people[0])
    if identifier > member.admin_id:
        member.admin, member.admin_id = fact.flag, identifier


def _sent(conversation: Conversation, identifier: int, actor: int, fact: Fact) -> None:
    message = conversation.message(identifier)
    message.sender = actor
    message.times += 1
    conversation.last += 1
    conversation.numbers[identifier] = conversation.last
    if identifier > message.body_id:
        message.text, message.body_id = fact.text, identifier


def _edited(conversation: Conversation, identifier: int, actor: int, fact: Fact) -> None:
    message = conversation.message(fact.message)
    if identifier > message.body_id:
        message.text, message.body_id = fact.text, identifier


def _recalled(conversation: Conversation, identifier: int, actor: int, fact: Fact) -> None:
    message = conversation.message(fact.message)
    message.recalled = min(message.recalled or identifier, identifier)


def _reaction(conversation: Conversation, identifier: int, actor: int, fact: Fact) -> None:
    meet(conversation.message(fact.message).registers, ("reaction", actor, fact.text), identifier, fact.flag)


def _pinned(conversation: Conversation, identifier: int, actor: int, fact: Fact) -> None:
    meet(conversation.message(fact.message).registers, ("pin",), identifier, (actor, fact.flag))


def _read(conversation: Conversation, identifier: int, actor: int, fact: Fact) -> None:
    member = conversation.member(actor)
    member.read_through = max(member.read_through, fact.message)


REDUCERS: dict[str, Callable[[Conversation, int, int, Fact], None]] = {
    "created": _created,
    "added": _added,
    "removed": _removed,
    "renamed": _renamed,
    "owner": _owner,
    "role": _role,
    "sent": _sent,
    "edited": _edited,
    "recalled": _recalled,
    "reaction": _reaction,
    "pinned": _pinned,
    "read": _read,
}
