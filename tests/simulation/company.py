"""The simulated company: who works where, what may leave, and the founding site changing its mind about it."""

import random

import msgspec

from bilin.core.events import Event
from bilin.core.ids import PersonId, UnitId
from bilin.sites.homes.events import HomeSet
from bilin.sites.homes.model import Leaves
from tests.simulation.facts import moved, policy
from tests.simulation.machine import Machine

BRANCH, STRICT, OPEN, ARCHIVED, SETTLED = 1000, 2000, 3000, 4000, 5000
"""Units of site n: n more than these. People of strict units never move, and what they say stays; open ones change
their policy now and then; of archived ones the founding site keeps everything; people of settled ones never move."""

LEAVES: tuple[Leaves, ...] = ("shared", "nothing", "everything")


def is_strict(unit: int) -> bool:
    """Whether what its people say stays, always."""
    return STRICT < unit < OPEN


def never_moves(unit: int) -> bool:
    """Whether its people are at home where they are, always."""
    return is_strict(unit) or unit > SETTLED


class Company(msgspec.Struct):
    """Who is there."""

    people: list[PersonId]
    units: dict[PersonId, UnitId]
    """Person → unit."""
    homes: dict[UnitId, int]
    """Unit → site."""


def found(dice: random.Random, sites: int) -> Company:
    """People and units for so many sites."""
    units: dict[PersonId, UnitId] = {}
    homes: dict[UnitId, int] = {}
    for site in range(1, sites + 1):
        kinds = [BRANCH, dice.choice((BRANCH, SETTLED))] + [
            dice.choice((BRANCH, STRICT, OPEN, OPEN, ARCHIVED)) for _ in range(dice.randrange(2))
        ]
        for place, kind in enumerate(kinds):
            units[PersonId(site * 10 + place)] = UnitId(kind + site)
            homes[UnitId(kind + site)] = site
    return Company(list(units), units, homes)


async def begin(company: Company, founder: Machine) -> None:
    """The founding site writes down who is where."""
    for unit, site in company.homes.items():
        await _write(founder, HomeSet(unit=unit, site=site))
        if unit // 1000 * 1000 in (STRICT, ARCHIVED):
            await _write(founder, policy(unit, "nothing" if is_strict(unit) else "everything"))
    for person, unit in company.units.items():
        await _write(founder, moved(person, unit))


async def change(company: Company, founder: Machine, dice: random.Random) -> None:
    """The founding site moves a home or a person, or changes a policy."""
    movable = [unit for unit in company.homes if not never_moves(unit)]
    unit, lot = dice.choice(movable), dice.random()
    state = founder.store.state
    if lot < 0.3:
        sites = sorted({*company.homes.values()} - {state.homes[unit][1]})
        await founder.append(HomeSet(unit=unit, site=dice.choice(sites)), 0)
    elif lot < 0.7:
        people = [each for each in company.people if company.units[each] in movable and state.units[each][1] != unit]
        if people:
            await founder.append(moved(dice.choice(people), unit), 0)
    else:
        unit = dice.choice([unit for unit in movable if unit >= OPEN] or [UnitId(0)])
        if OPEN <= unit < ARCHIVED:
            now = state.policies.get(unit, (0, "shared"))[1]
            others: list[Leaves] = [each for each in LEAVES if each != now]
            await founder.append(policy(unit, dice.choice(others)), 0)


async def _write(founder: Machine, event: Event) -> None:
    """A fact that must be there at the beginning."""
    while await founder.append(event, 0) is None:
        pass
