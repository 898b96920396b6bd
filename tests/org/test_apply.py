"""Applying org events: in bulk, again, in any grouping into commits; the rows are the same."""

import random
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import pytest

from bilin.core.crypto import Keyring
from bilin.core.database import Pool
from bilin.core.events import EVENT_TYPES, Event, Recorded, Work
from bilin.core.ids import HybridClock, Id, PersonId, UnitId
from bilin.core.log.commit import apply_all
from bilin.org import (
    PersonAdded,
    PersonChanged,
    PersonDeactivated,
    PersonReactivated,
    Post,
    UnitAdded,
    UnitChanged,
    UnitKind,
    UnitRemoved,
)

TABLES = {"unit": "id", "person": "id", "post": "person, unit"}


class History:
    """What one site may write: units added below others, moved without cycles, people hired, moved, locked out."""

    def __init__(self, dice: random.Random) -> None:
        self.dice, self.clock = dice, HybridClock(1)
        root = UnitId(self.clock.next())
        self.parents: dict[UnitId, UnitId | None] = {root: None}
        self.people: list[PersonId] = []
        self.events: list[Event] = [UnitAdded(unit=root, parent=None, name="云川", kind="company", rank=0)]

    def write(self, length: int) -> list[Event]:
        """A history of so many events; at the end two units without units below them are removed."""
        acts = [self.add_unit, self.change_unit, self.add_person, self.add_person, self.change_person, self.set_active]
        for number in range(length):
            self.dice.choice(acts)(number, self.dice.choice(list(self.parents)))
        leaves = [unit for unit in self.parents if unit not in self.parents.values()]
        return [*self.events, *(UnitRemoved(unit=leaf) for leaf in leaves[:2])]

    def add_unit(self, number: int, unit: UnitId) -> None:
        new = UnitId(self.clock.next())
        self.parents[new] = unit
        kind: UnitKind = self.dice.choice(["branch", "department", "team"])
        self.events.append(UnitAdded(unit=new, parent=unit, name=f"部{number}", kind=kind, rank=number))

    def change_unit(self, number: int, unit: UnitId) -> None:
        target = self.dice.choice(list(self.parents))
        if self._is_above(unit, target):
            self.events.append(UnitChanged(unit=unit, name=f"名{number}", rank=number))
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
        while above is not None and above != unit:
            above = self.parents[above]
        return above == unit


def recorded(events: Sequence[Event]) -> list[Recorded[Event]]:
    clock = HybridClock(1)
    return [Recorded(pos, Id(clock.next()), 1, None, None, event) for pos, event in enumerate(events, 1)]


async def rows_after(pool: Pool, commits: Sequence[Sequence[Recorded[Event]]]) -> dict[str, list[Any]]:
    """All rows of org after these commits, from nothing."""
    async with pool.acquire() as db:
        await db.execute("TRUNCATE org.unit, org.person, org.post")
        for commit in commits:
            async with db.transaction():
                await apply_all(Work(db, Keyring(bytes(32)), 1), commit)
        return {
            table: [tuple(row) for row in await db.fetch(f"SELECT * FROM org.{table} ORDER BY {order}")]  # noqa: S608
            for table, order in TABLES.items()
        }


@pytest.mark.parametrize("seed", range(6))
async def test_the_grouping_into_commits_and_repetition_make_no_difference(database: Pool, seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311 (a repeatable history, no secret)
    history = recorded(History(dice).write(60))
    one_by_one = await rows_after(database, [[record] for record in history])
    assert one_by_one["person"]
    assert one_by_one == await rows_after(database, [history])
    cuts = [0, *sorted(dice.sample(range(1, len(history)), 4)), len(history)]
    pieces = [history[start:end] for start, end in pairwise(cuts)]
    assert one_by_one == await rows_after(database, pieces)
    repeated = [piece for index, piece in enumerate(pieces) for piece in (piece, *pieces[: index + 1])]
    assert one_by_one == await rows_after(database, repeated)
    for unit in one_by_one["unit"]:
        assert str(unit[6]).startswith("r.")


def test_every_event_type_is_in_the_histories() -> None:
    seen = {type(event) for event in History(random.Random(1)).write(200)}  # noqa: S311 (no secret)
    assert {kind.cls for name, kind in EVENT_TYPES.items() if name.startswith("org.")} == seen
