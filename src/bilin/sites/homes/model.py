"""What leaves the home of a unit's people."""

from typing import Literal

import msgspec

from bilin.core.ids import UnitId

Leaves = Literal["everything", "shared", "nothing"]
"""What of a unit's people leaves its home site, for the kinds a policy names: everything (headquarters keeps a copy),
only conversations that have members elsewhere, or nothing."""
PolicyKind = Literal["conversation", "session", "presence"]
POLICY_KINDS: tuple[PolicyKind, ...] = ("conversation", "session", "presence")


class Policy(msgspec.Struct, frozen=True):
    """What leaves a unit's home, for these kinds; units below inherit it, and the nearest one above counts."""

    unit: UnitId
    leaves: Leaves
    kinds: tuple[PolicyKind, ...]
