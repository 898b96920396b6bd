"""What the tests of a feature bring to those that go over all features: `tests/<module>/test_<feature>.py`."""

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from bilin.app.modules import MODULES


def brought(name: str) -> list[Any]:
    """All that is listed under this name beside the tests of features, in the order of the house."""
    places = [f"tests.{module.name}.test_{feature.name}" for module in MODULES for feature in module.features]
    tests = [import_module(place) for place in places if find_spec(place) is not None]
    return [each for test in tests for each in getattr(test, name, ())]
