"""People act at random at their sites, by what their site knows, through the doors that messaging has."""

import random
from collections.abc import Callable

from bilin.core.ids import derived_id
from tests.simulation.company import is_strict
from tests.simulation.facts import Fact
from tests.simulation.machine import Machine
from tests.simulation.state import Conversation, State
from tests.simulation.world import World

EMOJI = ("👍", "✅")
Act = Callable[["Crowd", Machine, int], tuple[Fact, int] | None]
ACTS: list[Act] = []


def act(often: int) -> Callable[[Act], Act]:
    """Something that people do, this often."""

    def register(function: Act) -> Act:
        ACTS.extend([function] * often)
        return function

    return register


class Crowd:
    """Everybody of the company."""

    def __init__(self, world: World, machines: dict[int, Machine], people: list[int]) -> None:
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
        person = self.dice.choice(here)
        choice = self.dice.choice(ACTS)(self, machine, person)
        if choice is None:
            return
        machine.start(self._write(machine, *choice))

    async def _write(self, machine: Machine, fact: Fact, actor: int) -> None:
        if await machine.append(fact, actor) is not None:
            self.world.tally.add(fact.kind)

    def place(self, state: State, person: int) -> tuple[int, Conversation] | None:
        """A conversation the person is in. One whose creation has not come opens no door (`messaging.views`)."""
        mine = [
            item
            for item in state.conversations.items()
            if item[1].created and person in item[1].members and item[1].members[person].present
        ]
        return self.dice.choice(mine) if mine else None

    def text(self) -> str:
        self.words += 1
        return f"words {self.words}"

    def may_join(self, state: State, people: tuple[int, ...]) -> bool:
        """What is to stay at its site has no members elsewhere (`sites.stays`)."""
        stays = any(state.leaves(person) == "nothing" for person in people)
        return not stays or len({state.home(person) for person in people}) == 1


@act(often=3)
def create(crowd: Crowd, machine: Machine, person: int) -> tuple[Fact, int] | None:
    state = machine.store.state
    others = crowd.dice.sample(crowd.people, min(len(crowd.people), crowd.dice.randrange(1, 5)))
    people = tuple(dict.fromkeys((person, *others)))
    if not crowd.may_join(state, people):
        return None
    if len(people) == 2 and crowd.dice.random() < 0.5:
        identifier = derived_id("direct", min(people), max(people))
        return Fact("created", identifier, people, flag=False), person
    identifier = derived_id("group", crowd.text())
    if any(is_strict(state.units.get(each, (0, 0))[1]) and state.leaves(each) == "nothing" for each in people):
        crowd.world.sealed.add(identifier)
    return Fact("created", identifier, people, text=crowd.text()), person


@act(often=20)
def send(crowd: Crowd, machine: Machine, person: int) -> tuple[Fact, int] | None:
    place = crowd.place(machine.store.state, person)
    return place and (Fact("sent", place[0], text=crowd.text()), person)


@act(often=4)
def edit(crowd: Crowd, machine: Machine, person: int) -> tuple[Fact, int] | None:
    place = crowd.place(machine.store.state, person)
    mine = [key for key, message in place[1].messages.items() if message.sender == person] if place else []
    return (
        (Fact("edited", place[0], message=crowd.dice.choice(mine), text=crowd.text()), person)
        if place and mine
        else None
    )


@act(often=2)
def recall(crowd: Crowd, machine: Machine, person: int) -> tuple[Fact, int] | None:
    place = crowd.place(machine.store.state, person)
    if not place or not place[1].numbers:
        return None
    return Fact("recalled", place[0], message=crowd.dice.choice(list(place[1].numbers))), person


@act(often=5)
def react(crowd: Crowd, machine: Machine, person: int) -> tuple[Fact, int] | None:
    place = crowd.place(machine.store.state, person)
    if not place or not place[1].numbers:
        return None
    message, emoji = crowd.dice.choice(list(place[1].numbers)), crowd.dice.choice(EMOJI)
    return Fact("reaction", place[0], message=message, text=emoji, flag=crowd.dice.random() < 0.7), person


@act(often=2)
def pin(crowd: Crowd, machine: Machine, person: int) -> tuple[Fact, int] | None:
    place = crowd.place(machine.store.state, person)
    if not place or not place[1].numbers:
        return None
    message, flag = crowd.dice.choice(list(place[1].numbers)), crowd.dice.random() < 0.7
    return Fact("pinned", place[0], message=message, flag=flag), person


@act(often=2)
def star(crowd: Crowd, machine: Machine, person: int) -> tuple[Fact, int] | None:
    pinned = pin(crowd, machine, person)
    return pinned and (Fact("starred", person, message=pinned[0].message, flag=pinned[0].flag), person)


@act(often=6)
def read(crowd: Crowd, machine: Machine, person: int) -> tuple[Fact, int] | None:
    place = crowd.place(machine.store.state, person)
    if not place or not place[1].numbers:
        return None
    numbers = list(place[1].numbers)
    return Fact(
        "read", place[0], message=max(numbers) if crowd.dice.random() < 0.7 else crowd.dice.choice(numbers)
    ), person


@act(often=5)
def add(crowd: Crowd, machine: Machine, person: int) -> tuple[Fact, int] | None:
    state = machine.store.state
    place = crowd.place(state, person)
    if not place or not place[1].title[0]:
        return None
    others = tuple(crowd.dice.sample(crowd.people, crowd.dice.randrange(1, 3)))
    may = crowd.may_join(state, (*place[1].present(), *others))
    return (Fact("added", place[0], others), person) if may else None


@act(often=4)
def remove(crowd: Crowd, machine: Machine, person: int) -> tuple[Fact, int] | None:
    place = crowd.place(machine.store.state, person)
    if not place or not place[1].title[0] or place[0] in crowd.world.sealed:
        return None
    return Fact("removed", place[0], (crowd.dice.choice(place[1].present()),)), person


@act(often=1)
def rename(crowd: Crowd, machine: Machine, person: int) -> tuple[Fact, int] | None:
    place = crowd.place(machine.store.state, person)
    return (Fact("renamed", place[0], text=crowd.text()), person) if place and place[1].title[0] else None


@act(often=1)
def hand_on(crowd: Crowd, machine: Machine, person: int) -> tuple[Fact, int] | None:
    place = crowd.place(machine.store.state, person)
    return (Fact("owner", place[0], (crowd.dice.choice(place[1].present()),)), person) if place else None


@act(often=1)
def appoint(crowd: Crowd, machine: Machine, person: int) -> tuple[Fact, int] | None:
    place = crowd.place(machine.store.state, person)
    if not place:
        return None
    return Fact("role", place[0], (crowd.dice.choice(place[1].present()),), flag=crowd.dice.random() < 0.6), person
