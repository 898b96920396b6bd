"""Applying org events: in bulk, again, in any order, in any grouping into commits; the rows are the same."""

import random
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import pytest

from bilin.core.crypto import Keyring
from bilin.core.database import Pool
from bilin.core.events import EVENT_TYPES, E, Event, Recorded, Work
from bilin.core.ids import HybridClock, Id, PersonId, UnitId
from bilin.core.log.commit import apply_all
from bilin.org import (
    Language,
    PersonAdded,
    PersonChanged,
    PersonDeactivated,
    PersonReactivated,
    Post,
    UnitAdded,
    UnitChanged,
    UnitKind,
    UnitRemoved,
    company,
    people_by_ids,
    person_card,
    units,
)
from bilin.org.queries import people_in

TABLES = {"unit": "id", "person": "id", "post": "person, unit"}


class History:
    """Units added below others and moved, people hired, moved, locked out; `wild`: as by sites that were cut off from
    each other, so that moves may make circles and units may be removed that are not empty."""

    def __init__(self, dice: random.Random, *, wild: bool = False) -> None:
        self.dice, self.clock, self.wild = dice, HybridClock(1), wild
        root = UnitId(self.clock.next())
        self.parents: dict[UnitId, UnitId | None] = {root: None}
        self.people: list[PersonId] = []
        self.events: list[Event] = [UnitAdded(unit=root, parent=None, name="云川", kind="company", rank=0)]

    def write(self, length: int) -> list[Event]:
        """A history of so many events; at the end two units are removed, empty ones unless it is wild."""
        acts = [self.add_unit, self.change_unit, self.add_person, self.add_person, self.change_person, self.set_active]
        for number in range(length):
            self.dice.choice(acts)(number, self.dice.choice(list(self.parents)))
        top = next(iter(self.parents))
        leaves = [unit for unit in self.parents if unit != top and (self.wild or unit not in self.parents.values())]
        self.dice.shuffle(leaves)
        return [*self.events, *(UnitRemoved(unit=leaf) for leaf in leaves[:2])]

    def add_unit(self, number: int, unit: UnitId) -> None:
        new = UnitId(self.clock.next())
        self.parents[new] = unit
        kind: UnitKind = self.dice.choice(["branch", "department", "team"])
        self.events.append(UnitAdded(unit=new, parent=unit, name=f"部{number}", kind=kind, rank=number))

    def change_unit(self, number: int, unit: UnitId) -> None:
        target = self.dice.choice(list(self.parents))
        if self.parents[unit] is None or (self._is_above(unit, target) and not self.wild):
            language: Language | None = self.dice.choice(["zh-CN", "en", None])
            self.events.append(UnitChanged(unit=unit, name=f"名{number}", rank=number, locale=language))
        else:
            self.parents[unit] = target
            self.events.append(UnitChanged(unit=unit, parent=target, kind="branch"))

    def add_person(self, number: int, unit: UnitId) -> None:
        self.people.append(PersonId(self.clock.next()))
        facts = {"name": f"员工{number}", "title": "主", "email": "", "phone": ""}
        self.events.append(PersonAdded(person=self.people[-1], unit=unit, units=self._posts(unit), **facts))

    def change_person(self, number: int, unit: UnitId) -> None:
        changes: list[dict[str, Any]] = [
            {"name": f"改{number}"},
            {"phone": str(number), "title": "新"},
            {"unit": unit, "units": self._posts(unit)},
        ]
        if self.people:
            self.events.append(PersonChanged(person=self.dice.choice(self.people), **self.dice.choice(changes)))

    def set_active(self, _: int, __: UnitId) -> None:
        if self.people:
            kind = self.dice.choice([PersonDeactivated, PersonReactivated])
            self.events.append(kind(person=self.dice.choice(self.people)))

    def _posts(self, unit: UnitId) -> tuple[Post, ...]:
        further = [u for u in self.dice.sample(list(self.parents), min(2, len(self.parents))) if u != unit]
        return (Post(unit, "主", True), *(Post(u, "兼", False) for u in further))

    def _is_above(self, unit: UnitId, other: UnitId) -> bool:
        above: UnitId | None = other
        while not self.wild and above is not None and above != unit:
            above = self.parents[above]
        return above == unit


def recorded(events: Sequence[Event]) -> list[Recorded[Event]]:
    clock = HybridClock(1)
    return [Recorded(pos, Id(clock.next()), 1, None, None, event) for pos, event in enumerate(events, 1)]


def events_of(history: Sequence[Recorded[Event]], kind: type[E]) -> list[E]:
    return [record.event for record in history if isinstance(record.event, kind)]


async def rows_after(pool: Pool, commits: Sequence[Sequence[Recorded[Event]]]) -> dict[str, list[Any]]:
    """All rows of org after these commits, from nothing."""
    async with pool.acquire() as db:
        await db.execute("TRUNCATE org.unit, org.person, org.post")
        for commit in commits:
            async with db.transaction():
                await apply_all(Work(db, Keyring(bytes(32)), 1), commit)
        return {
            table: [dict(row) for row in await db.fetch(f"SELECT * FROM org.{table} ORDER BY {order}")]  # noqa: S608
            for table, order in TABLES.items()
        }


def mixed(dice: random.Random, history: Sequence[Recorded[Event]]) -> list[list[Recorded[Event]]]:
    """The history in any order, cut into commits, some of which come again later."""
    order = dice.sample(list(history), len(history))
    cuts = [0, *sorted(dice.sample(range(1, len(order)), 8)), len(order)]
    pieces = [order[start:end] for start, end in pairwise(cuts)]
    return [piece for index, piece in enumerate(pieces) for piece in (piece, *dice.sample(pieces[: index + 1], 1))]


@pytest.mark.parametrize("wild", [False, True])
@pytest.mark.parametrize("seed", range(6))
async def test_order_grouping_and_repetition_make_no_difference(database: Pool, seed: int, wild: bool) -> None:
    dice = random.Random(seed)  # noqa: S311 (a repeatable history, no secret)
    history = recorded(History(dice, wild=wild).write(60))
    one_by_one = await rows_after(database, [[record] for record in history])
    assert one_by_one["person"]
    assert one_by_one == await rows_after(database, [history])
    for _ in range(3):
        assert one_by_one == await rows_after(database, mixed(dice, history))
    for unit in one_by_one["unit"]:
        assert unit["path"].startswith("r.")
        assert unit["stands"] == (unit["id"] if unit["removed"] is None else unit["parent"])


async def test_who_was_only_spoken_of_is_not_shown(database: Pool) -> None:
    history = recorded(History(random.Random(3)).write(40))  # noqa: S311 (no secret)
    early = [record for record in history if not isinstance(record.event, UnitAdded | PersonAdded)]
    await rows_after(database, [early])
    people = [event.person for event in events_of(history, PersonAdded)]
    async with database.acquire() as db:
        assert await people_by_ids(db, people) == []
        assert await units(db) == []
        assert await company(db) is None
        await apply_all(Work(db, Keyring(bytes(32)), 1), history[:1])
        assert [unit.id for unit in await units(db)] == [events_of(history, UnitAdded)[0].unit]


async def test_people_of_a_unit_that_is_not_here_yet_stand_in_the_company(database: Pool) -> None:
    history = recorded(History(random.Random(4)).write(40))  # noqa: S311 (no secret)
    top, *below = [record for record in history if isinstance(record.event, UnitAdded)]
    hired = events_of(history, PersonAdded)
    people = [event.person for event in hired]
    await rows_after(database, [[top], [record for record in history if isinstance(record.event, PersonAdded)]])
    async with database.acquire() as db:
        assert {person.unit for person in await people_by_ids(db, people)} == {events_of(history, UnitAdded)[0].unit}
        await apply_all(Work(db, Keyring(bytes(32)), 1), below)
        found = {person.id: person.unit for person in await people_by_ids(db, people)}
    assert found == {event.person: event.unit for event in hired}


async def test_people_of_a_removed_unit_stand_in_the_one_above(database: Pool) -> None:
    clock = HybridClock(1)
    top, unit, person = UnitId(clock.next()), UnitId(clock.next()), PersonId(clock.next())
    facts = {"name": "李娜", "title": "", "email": "", "phone": ""}
    await rows_after(
        database,
        [
            recorded(
                [
                    UnitAdded(unit=top, parent=None, name="云川", kind="company", rank=0),
                    UnitAdded(unit=unit, parent=top, name="上海", kind="branch", rank=0),
                    UnitRemoved(unit=unit),
                    PersonAdded(person=person, unit=unit, units=(Post(unit, "", True), Post(top, "", False)), **facts),
                ]
            )
        ],
    )
    async with database.acquire() as db:
        card = await person_card(db, person)
        assert card is not None
        assert (card.unit, card.branch, [post.unit for post in card.units]) == (top, top, [top])
        assert [person.id for person in await people_in(db, top, inactive=False, after=None, limit=9)] == [person]
        assert [(each.id, each.people) for each in await units(db)] == [(top, 1)]


def test_every_event_type_is_in_the_histories() -> None:
    seen = {type(event) for event in History(random.Random(1)).write(200)}  # noqa: S311 (no secret)
    assert {kind.cls for name, kind in EVENT_TYPES.items() if name.startswith("org.")} == seen
