"""A seed tells the same history twice; and each rule that is left out of the engine breaks an invariant."""

import asyncio
from types import ModuleType
from typing import Any

import pytest

from tests.simulation.history import simulate
from tests.simulation.loop import VirtualLoop
from tests.simulation.mutants import MUTANTS, Mutant

MOST_SEEDS = 400
"""A mutant is noticed within so many histories."""


def test_a_seed_says_the_same_twice() -> None:
    first, second = simulate(7), simulate(7)
    assert (first.steps, first.tally, first.problem) == (second.steps, second.tally, second.problem)


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
