"""Some hundred histories keep every invariant; and each rule that is left out of the engine breaks one."""

import asyncio

import pytest

from tests.simulation.history import simulate
from tests.simulation.loop import VirtualLoop
from tests.simulation.mutants import MUTANTS, Mutant

SEEDS = 300
MOST_SEEDS = 400
"""A mutant is noticed within so many histories."""
FIRST = {"believes_whoever_gives_back": 1_400}
"""Where to begin with what is rare: few restored sites meet one that forges."""


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
        "late",
        "lost",
        "timeouts",
    }
    assert faults - happened == set()


@pytest.mark.mutant
@pytest.mark.parametrize("break_it", MUTANTS, ids=lambda mutant: mutant.__name__)
def test_a_rule_left_out_is_noticed(break_it: Mutant, monkeypatch: pytest.MonkeyPatch) -> None:
    break_it(monkeypatch.setattr)
    first = FIRST.get(break_it.__name__, 1)
    assert any(simulate(seed).problem for seed in range(first, first + MOST_SEEDS))


def test_hours_pass_at_once() -> None:
    async def wait() -> None:
        await asyncio.sleep(3600)

    loop = VirtualLoop()
    loop.run(wait())
    loop.close()
    assert loop.time() == 3600
