"""The simulated company: who works where, what may leave, and the founding site changing its mind about it."""

import random

import msgspec

from tests.simulation.facts import Fact
from tests.simulation.machine import Machine

BRANCH, STRICT, OPEN, ARCHIVED = 1000, 2000, 3000, 4000
"""Units of site n: n more than these. People of strict units never move, and what they say stays; open ones change
their policy now and then; of archived ones the founding site keeps everything."""


def is_strict(unit: int) -> bool:
    """Whether what its people say stays, always."""
    return STRICT < unit < OPEN


class Company(msgspec.Struct):
    """Who is there."""

    people: list[int]
    units: dict[int, int]
    """Person → unit."""
    homes: dict[int, int]
    """Unit → site."""


def found(dice: random.Random, sites: int) -> Company:
    """People and units for so many sites."""
    units: dict[int, int] = {}
    homes: dict[int, int] = {}
    for site in range(1, sites + 1):
        kinds = [BRANCH, BRANCH] + [
            dice.choice((BRANCH, STRICT, OPEN, OPEN, ARCHIVED)) for _ in range(dice.randrange(2))
        ]
        for place, kind in enumerate(kinds):
            units[site * 10 + place] = kind + site
            homes[kind + site] = site
    return Company(list(units), units, homes)


async def begin(company: Company, founder: Machine) -> None:
    """The founding site writes down who is where."""
    for unit, site in company.homes.items():
        await _write(founder, Fact("home", message=unit, place=site))
        if unit // 1000 * 1000 in (STRICT, ARCHIVED):
            leaves = "nothing" if unit // 1000 * 1000 == STRICT else "everything"
            await _write(founder, Fact("policy", message=unit, text=leaves))
    for person, unit in company.units.items():
        await _write(founder, Fact("moved", message=person, place=unit))


async def change(company: Company, founder: Machine, dice: random.Random) -> None:
    """The founding site moves a home or a person, or changes a policy."""
    movable = [unit for unit in company.homes if unit // 1000 * 1000 != STRICT]
    unit, lot = dice.choice(movable), dice.random()
    if lot < 0.3:
        await founder.append(Fact("home", message=unit, place=dice.choice(list(set(company.homes.values())))), 0)
    elif lot < 0.7:
        people = [person for person in company.people if company.units[person] in movable]
        await founder.append(Fact("moved", message=dice.choice(people), place=unit), 0)
    else:
        unit = dice.choice([unit for unit in movable if unit >= OPEN] or [0])
        if OPEN <= unit < ARCHIVED:
            await founder.append(Fact("policy", message=unit, text=dice.choice(("shared", "nothing", "everything"))), 0)


async def _write(founder: Machine, fact: Fact) -> None:
    """A fact that must be there at the beginning."""
    while await founder.append(fact, 0) is None:
        pass
