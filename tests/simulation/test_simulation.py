"""Some hundred histories keep every invariant; and each rule that is left out of the engine breaks one."""

import asyncio
from collections import Counter
from types import ModuleType
from typing import Any

import pytest

from bilin.core.events import Event
from bilin.messaging.stars.facts import StarSet
from bilin.org import PersonChanged
from bilin.sites.homes.events import HomeSet, PolicySet
from tests.simulation.history import simulate
from tests.simulation.loop import VirtualLoop
from tests.simulation.mutants import MUTANTS, Mutant
from tests.simulation.state import REDUCERS

SEEDS = 300
MOST_SEEDS = 400
"""A mutant is noticed within so many histories."""


@pytest.mark.parametrize("first", range(1, SEEDS + 1, 50))
def test_histories_keep_every_invariant(first: int) -> None:
    outcomes = [simulate(seed) for seed in range(first, first + 50)]
    broken = {f"make simulate SEED={outcome.seed}": outcome.problem for outcome in outcomes if outcome.problem}
    assert not broken


def test_a_seed_says_the_same_twice() -> None:
    first, second = simulate(7), simulate(7)
    assert (first.steps, first.tally, first.problem) == (second.steps, second.tally, second.problem)


def test_everything_goes_wrong_somewhere() -> None:
    happened = {what for seed in range(1, 41) for what in simulate(seed).tally}
    faults = {
        "lines cut",
        "lines cut one way",
        "sites cut off",
        "bad lines",
        "crashes",
        "crashes between writes",
        "database away",
        "clocks set",
        "clocks far off",
        "restored",
        "sites that left",
        "forged",
        "spoke for others",
        "sites that pried",
        "pried out",
        "pried for nothing",
        "late",
        "lost",
        "timeouts",
    }
    assert faults - happened == set()


def test_what_people_write_changes_something() -> None:
    """An event that changes nothing at its own site proves nothing of how it travels. Two at once may want the same."""
    changed: Counter[str] = Counter()
    idle: Counter[str] = Counter()
    for seed in range(1, 61):
        outcome = simulate(seed)
        changed.update(outcome.changed)
        idle.update(outcome.idle)
    types: list[type[Event]] = [*REDUCERS, HomeSet, PolicySet, PersonChanged, StarSet]
    assert changed.keys() == {cls.TYPE.name for cls in types}
    assert idle.total() * 100 < changed.total(), idle


def of_the_product(target: Any, name: str, value: Any) -> None:
    """What a mutant may replace: the simulator itself broken proves nothing."""
    place = target.__name__ if isinstance(target, ModuleType) else target.__module__
    assert place.startswith("bilin."), f"{place}.{name} is no part of the product"
    assert callable(getattr(target, name)), "what nobody calls changes nothing"


@pytest.mark.parametrize("break_it", MUTANTS, ids=lambda mutant: mutant.__name__)
def test_a_mutant_changes_the_product(break_it: Mutant) -> None:
    replaced: list[str] = []

    def note(target: Any, name: str, value: Any) -> None:
        of_the_product(target, name, value)
        replaced.append(name)

    break_it(note)
    assert replaced


@pytest.mark.mutant
@pytest.mark.parametrize("break_it", MUTANTS, ids=lambda mutant: mutant.__name__)
def test_a_rule_left_out_is_noticed(break_it: Mutant, monkeypatch: pytest.MonkeyPatch) -> None:
    break_it(monkeypatch.setattr)
    assert any(simulate(seed).problem for seed in range(1, MOST_SEEDS + 1))


def test_hours_pass_at_once() -> None:
    async def wait() -> None:
        await asyncio.sleep(3600)

    loop = VirtualLoop()
    loop.run(wait())
    loop.close()
    assert loop.time() == 3600
