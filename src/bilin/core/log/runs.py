"""Positions in logs that may be restored: which run gave one, and how far a run went (decisions 0011 and 0016)."""

from collections.abc import Sequence

import msgspec

from bilin.core.codec import Int64


class Position(msgspec.Struct, frozen=True, array_like=True):
    """How far a log was followed: everything through `pos`, as the log was in its run `run`.

    A run is one life of a log writer (`core.run`). A log that was restored from a backup goes on in a new run, so that
    positions it gave before and gives again are never taken for each other (the leader epochs of Kafka, KIP-101).
    """

    run: Int64 = 0
    pos: Int64 = 0


START = Position()

Runs = Sequence[tuple[int, int]]
"""(run, first position it could give), in the order they began; the last is the present one."""


def end_of(runs: Runs, run: int, head: int) -> int:
    """The last position of a run: where the next one begins less one, or the head; 0 when this log has no such run."""
    for place, (known, _) in enumerate(runs):
        if known == run:
            return head if place == len(runs) - 1 else runs[place + 1][1] - 1
    return 0


def at(runs: Runs, pos: int, head: int) -> Position:
    """A position with the run that gave it: of those that had begun, the last; position 0 is of the first. The end of
    the log is of the present run, also while that has given none: whoever stands there knows of it."""
    given = [run for run, first in runs if first <= pos or pos >= head]
    return Position(given[-1] if given else runs[0][0], pos)


def later(runs: Runs, one: int, other: int) -> int:
    """Of two runs the one that began later; one that this log has not counts as the earliest."""
    order = {run: place for place, (run, _) in enumerate(runs)}
    return one if order.get(one, -1) > order.get(other, -1) else other
