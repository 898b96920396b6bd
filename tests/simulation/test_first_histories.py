"""The first histories, lived once: they keep every invariant, and what is simulated is what can happen."""

from collections import Counter

import pytest

from bilin.core.events import Event
from bilin.messaging.stars import StarSet
from bilin.org import PersonChanged
from bilin.sites.homes.events import HomeSet, PolicySet
from tests.simulation.history import Outcome, broken, simulate
from tests.simulation.quiet import quietly
from tests.simulation.state import REDUCERS

LOOKED_AT = 60


@pytest.fixture(scope="module")
def first() -> list[Outcome]:
    with quietly():
        return [simulate(seed) for seed in range(1, LOOKED_AT + 1)]


def test_the_first_histories_keep_every_invariant(first: list[Outcome]) -> None:
    assert broken(first) == {}


def test_everything_goes_wrong_somewhere(first: list[Outcome]) -> None:
    happened = {what for outcome in first[:40] for what in outcome.tally}
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


def test_what_people_write_changes_something(first: list[Outcome]) -> None:
    """An event that changes nothing at its own site proves nothing of how it travels. Two at once may want the same."""
    changed: Counter[str] = Counter()
    idle: Counter[str] = Counter()
    for outcome in first:
        changed.update(outcome.changed)
        idle.update(outcome.idle)
    types: list[type[Event]] = [*REDUCERS, HomeSet, PolicySet, PersonChanged, StarSet]
    assert changed.keys() == {cls.TYPE.name for cls in types}
    assert idle.total() * 100 < changed.total(), idle
