"""Where every unit stands, from what was said of it: the same at every site, whatever came in between.

Two sites that were cut off from each other may have moved units so that, taken together, they make a circle; or one
moved a unit into another that its own site removed. No such unit is lost:

- Of the moves that make a circle the latest one (highest id) does not hold; its unit stands right below the company.
- What is below a removed unit stands below the nearest one above that was not removed; so do its people.
- What is below a unit that is not here (yet) stands right below the company.

Pure functions; `apply` reads the rows, asks here, and writes what changed.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from bilin.org.model import ROOT_PATH

BRANCHES = frozenset({"company", "branch"})


class Said(NamedTuple):
    """What the events said of a unit."""

    id: int
    moved_to: int | None
    """The parent it was last given; None for the company."""
    moved_to_id: int
    """The event that gave it."""
    kind: str
    is_added: bool
    """The event that added it has come."""
    is_removed: bool


class Place(NamedTuple):
    """Where a unit stands."""

    parent: int | None
    path: str
    branch: int
    stands: int
    """The unit itself when it is there; else the nearest one above that is: its people count as being there."""


def places(said: Iterable[Said]) -> dict[int, Place]:
    """The place of every unit; none of any before the company itself is known."""
    units = {unit.id: unit for unit in said}
    roots = [unit.id for unit in units.values() if unit.is_added and unit.moved_to is None]
    if not roots:
        return {}
    root = min(roots)
    above = _above(units, root)
    found = {root: Place(None, ROOT_PATH, root, root)}
    for unit in units:
        _place(unit, units, above, found)
    return found


def _above(units: Mapping[int, Said], root: int) -> dict[int, int]:
    """The unit above each: as was said, but the company where that is missing or makes a circle."""
    above = {unit.id: _said_above(units, unit, root) for unit in units.values() if unit.id != root}
    settled = {root}
    for start in above:
        way: dict[int, int] = {}
        unit = start
        while unit not in settled and unit not in way:
            way[unit] = len(way)
            unit = above[unit]
        if unit not in settled:
            circle = list(way)[way[unit] :]
            above[max(circle, key=lambda each: units[each].moved_to_id)] = root
        settled.update(way)
    return above


def _said_above(units: Mapping[int, Said], unit: Said, root: int) -> int:
    parent = unit.moved_to
    is_here = unit.is_added and parent is not None and parent in units and units[parent].is_added
    return parent if parent is not None and is_here else root


def _place(start: int, units: Mapping[int, Said], above: Mapping[int, int], found: dict[int, Place]) -> None:
    """Find the place of a unit, and of those above it on the way."""
    way = []
    unit = start
    while unit not in found:
        way.append(unit)
        unit = above[unit]
    for each in reversed(way):
        over = found[above[each]]
        parent = found[over.stands]
        said = units[each]
        is_there = said.is_added and not said.is_removed
        branch = each if is_there and said.kind in BRANCHES else parent.branch
        found[each] = Place(over.stands, f"{parent.path}{each}.", branch, each if is_there else over.stands)
