"""Silence while sites are simulated, and only then."""

from collections.abc import Iterator

import pytest
import structlog

from tests.simulation.quiet import be_quiet


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """What goes wrong on the way is meant; other tests of this process want to hear it."""
    before = structlog.get_config()["wrapper_class"]
    be_quiet()
    yield
    structlog.configure(wrapper_class=before)
