"""People act at random at their sites, by what their site knows, through the doors that messaging has."""

import random
from collections.abc import Callable, Iterable, Sequence

import msgspec

from bilin.core.events import Event
from bilin.core.ids import ConversationId, MessageId, PersonId
from bilin.messaging import (
    ConversationRenamed,
    MemberRemoved,
    MemberRoleChanged,
    MembersAdded,
    MessageRecalled,
    OwnerChanged,
    ReadMarked,
)
from bilin.messaging.members.model import Role
from bilin.messaging.pins import PinSet
from bilin.messaging.reactions.events import ReactionSet
from bilin.messaging.stars import StarSet
from bilin.sites.homes import may_meet
from tests.simulation.company import is_strict
from tests.simulation.facts import begun, edited, group, text
from tests.simulation.machine import Machine
from tests.simulation.state import Conversation, State
from tests.simulation.world import World

EMOJI = ("👍", "✅")
Choice = tuple[Event | Callable[[int], Event], PersonId]
"""What is written, or made with the id it gets, and by whom."""
Act = Callable[["Crowd", Machine, PersonId], Choice | None]
ACTS: list[Act] = []


def act(often: int) -> Callable[[Act], Act]:
    """Something that people do, this often."""

    def register(function: Act) -> Act:
        ACTS.extend([function] * often)
        return function

    return register


class Place(msgspec.Struct, frozen=True):
    """A conversation as its site knows it."""

    id: ConversationId
    known: Conversation


class Crowd:
    """Everybody of the company."""

    def __init__(self, world: World, machines: dict[int, Machine], people: list[PersonId]) -> None:
        self.world, self.machines, self.people = world, machines, people
        self.dice: random.Random = world.dice
        self.words = 0

    def act(self) -> None:
        """One random action at a random site that is up."""
        up = [machine for machine in self.machines.values() if machine.is_up]
        if not up:
            return
        machine = self.dice.choice(up)
        state = machine.store.state
        here = [person for person in self.people if person in state.units and state.home(person) == machine.number]
        if not here:
            return
        chosen = self.choose(machine, self.dice.choice(here))
        if chosen is not None:
            machine.start(self._write(machine, *chosen))

    def choose(self, machine: Machine, person: PersonId) -> tuple[Act, Choice] | None:
        """What a person does at a site, if it can be done."""
        act = self.dice.choice(ACTS)
        choice = act(self, machine, person)
        return None if choice is None else (act, choice)

    async def _write(self, machine: Machine, act: Act, choice: Choice) -> None:
        if await machine.append(*choice) is not None:
            self.world.tally.add(act.__name__)

    def place(self, state: State, person: PersonId, *, leads: bool = False) -> Place | None:
        """A conversation the person is in; or one that they lead. One whose creation has not come opens no door
        (`messaging.views`)."""
        where = sorted(state.where.get(person, ()))
        mine = [
            Place(ConversationId(scope), found)
            for scope in where
            if (found := state.conversations[scope]).created
            and found.members[person].present
            and (not leads or found.leads(person))
        ]
        return self.dice.choice(mine) if mine else None

    def text_in(self, state: State, person: PersonId) -> tuple[ConversationId, MessageId] | None:
        """A text of a conversation the person is in."""
        place = self.place(state, person)
        return (
            (place.id, MessageId(self.dice.choice(list(place.known.numbers))))
            if place and place.known.numbers
            else None
        )

    def let_meet(
        self, state: State, present: Sequence[PersonId], newcomers: Sequence[PersonId], ever: Iterable[PersonId]
    ) -> bool:
        """Whether the product lets people come together. Whoever it does must be able to see what is said there."""
        if may_meet.misfits(state.home_map(), present, newcomers, ever):
            return False
        pairs = ((one, other) for one in newcomers for other in (*present, *newcomers))
        if any(
            state.home(one) != state.home(other) and "nothing" in map(state.leaves, (one, other))
            for one, other in pairs
        ):
            self.world.fail(f"of {newcomers} somebody is let in where nothing of it comes to their home")
        return True

    def sentence(self) -> str:
        """Words that nobody said before."""
        self.words += 1
        return f"words {self.words}"


@act(often=3)
def create(crowd: Crowd, machine: Machine, person: PersonId) -> Choice | None:
    state = machine.store.state
    others = crowd.dice.sample(crowd.people, min(len(crowd.people), crowd.dice.randrange(1, 5)))
    people = tuple(dict.fromkeys((person, *others)))
    if not crowd.let_meet(state, [person], people, ()):
        return None
    if len(people) == 2 and crowd.dice.random() < 0.5:
        direct = begun(*people)
        return None if direct.conversation in state.conversations else (direct, person)
    stays = any(is_strict(state.units.get(each, (0, 0))[1]) and state.leaves(each) == "nothing" for each in people)
    title = crowd.sentence()

    def make(identifier: int) -> Event:
        crowd.world.sealed.update([identifier] if stays else [])
        return group(identifier, person, people, title)

    return make, person


@act(often=20)
def send(crowd: Crowd, machine: Machine, person: PersonId) -> Choice | None:
    place = crowd.place(machine.store.state, person)
    return (text(place.id, crowd.sentence()), person) if place else None


@act(often=4)
def edit(crowd: Crowd, machine: Machine, person: PersonId) -> Choice | None:
    place = crowd.place(machine.store.state, person)
    mine = [key for key, message in place.known.messages.items() if message.sender == person] if place else []
    if not place or not mine:
        return None
    return edited(place.id, crowd.dice.choice(mine), crowd.sentence()), person


@act(often=2)
def recall(crowd: Crowd, machine: Machine, person: PersonId) -> Choice | None:
    place = crowd.place(machine.store.state, person)
    if not place:
        return None
    texts = [key for key in place.known.numbers if place.known.may_recall(person, key)]
    if not texts:
        return None
    return MessageRecalled(conversation=place.id, message=MessageId(crowd.dice.choice(texts))), person


@act(often=5)
def react(crowd: Crowd, machine: Machine, person: PersonId) -> Choice | None:
    found = crowd.text_in(machine.store.state, person)
    if not found:
        return None
    emoji = crowd.dice.choice(EMOJI)
    is_there = machine.store.state.told(found, ("reaction", person, emoji))[1]
    return ReactionSet(conversation=found[0], message=found[1], emoji=emoji, present=not is_there), person


@act(often=2)
def pin(crowd: Crowd, machine: Machine, person: PersonId) -> Choice | None:
    found = crowd.text_in(machine.store.state, person)
    if not found:
        return None
    _, is_pinned = machine.store.state.told(found, ("pin",))[1] or (0, False)
    return PinSet(conversation=found[0], message=found[1], present=not is_pinned), person


@act(often=2)
def star(crowd: Crowd, machine: Machine, person: PersonId) -> Choice | None:
    found = crowd.text_in(machine.store.state, person)
    if not found:
        return None
    _, is_there = machine.store.state.own.get(person, {}).get(found[1], (0, False))
    return StarSet(person=person, conversation=found[0], message=found[1], present=not is_there), person


@act(often=6)
def read(crowd: Crowd, machine: Machine, person: PersonId) -> Choice | None:
    place = crowd.place(machine.store.state, person)
    read_through = place.known.members[person].read_through if place else 0
    numbers = [each for each in place.known.numbers if each > read_through] if place else []
    if not place or not numbers:
        return None
    through = max(numbers) if crowd.dice.random() < 0.7 else crowd.dice.choice(numbers)
    return ReadMarked(conversation=place.id, through=MessageId(through), shared=True), person


@act(often=5)
def add(crowd: Crowd, machine: Machine, person: PersonId) -> Choice | None:
    state = machine.store.state
    place = crowd.place(state, person)
    if not place or place.known.is_direct:
        return None
    present = set(place.known.present())
    outside = [each for each in crowd.people if each not in present]
    others = tuple(crowd.dice.sample(outside, min(len(outside), crowd.dice.randrange(1, 3))))
    if not others:
        return None
    if not crowd.let_meet(state, place.known.present(), others, place.known.members):
        return None
    return MembersAdded(conversation=place.id, people=others), person


@act(often=4)
def remove(crowd: Crowd, machine: Machine, person: PersonId) -> Choice | None:
    place = crowd.place(machine.store.state, person)
    if not place or place.known.is_direct:
        return None
    gone = crowd.dice.choice(place.known.present()) if place.known.leads(person) else person
    return MemberRemoved(conversation=place.id, person=gone), person


@act(often=1)
def rename(crowd: Crowd, machine: Machine, person: PersonId) -> Choice | None:
    place = crowd.place(machine.store.state, person, leads=True)
    return (ConversationRenamed(conversation=place.id, title=crowd.sentence()), person) if place else None


@act(often=1)
def hand_on(crowd: Crowd, machine: Machine, person: PersonId) -> Choice | None:
    place = crowd.place(machine.store.state, person, leads=True)
    others = [each for each in place.known.present() if each != person] if place else []
    if not place or place.known.owner[1] != person or not others:
        return None
    return OwnerChanged(conversation=place.id, person=crowd.dice.choice(others)), person


@act(often=2)
def appoint(crowd: Crowd, machine: Machine, person: PersonId) -> Choice | None:
    place = crowd.place(machine.store.state, person, leads=True)
    if not place or place.known.owner[1] != person:
        return None
    whom = crowd.dice.choice(place.known.present())
    role: Role = "member" if place.known.members[whom].admin else "admin"
    return MemberRoleChanged(conversation=place.id, person=whom, role=role), person
