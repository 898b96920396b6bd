"""How registers meet, said once more in a few lines of Python: for the proofs of the statements, and the simulator."""

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

Told: TypeAlias = tuple[int, Any]
"""(id of the event, what it says)"""


def later(there: Told, told: Told) -> Told:
    """`register`, and each of `fields`: the higher id wins."""
    return max(there, told, key=lambda each: each[0])


def first(there: Told, told: Told) -> Told:
    """`tombstone`: the lower id is told."""
    return min(there, told, key=lambda each: each[0])


def met(meet: Callable[[Told, Told], Told], told: Sequence[Told]) -> Told:
    """What all of these come to."""
    found, *rest = told
    for each in rest:
        found = meet(found, each)
    return found
