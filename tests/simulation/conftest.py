"""Silence while sites are simulated, and only then."""

from collections.abc import Iterator

import pytest

from tests.simulation.quiet import quietly


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """What goes wrong on the way is meant."""
    with quietly():
        yield
