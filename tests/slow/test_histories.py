"""Some hundred simulated histories keep every invariant; `tests/simulation` lives the first of them."""

import pytest

from tests.simulation.history import broken, simulate
from tests.simulation.quiet import quietly
from tests.simulation.test_first_histories import LOOKED_AT

pytestmark = pytest.mark.slow

SEEDS = 300
BLOCK = 30


@pytest.mark.parametrize("first", range(LOOKED_AT + 1, SEEDS + 1, BLOCK))
def test_histories_keep_every_invariant(first: int) -> None:
    with quietly():
        assert broken(simulate(seed) for seed in range(first, first + BLOCK)) == {}
