"""Sites, and the policies on what leaves them."""

from typing import Literal

import msgspec

from bilin.core.ids import Id, UnitId
from bilin.core.permissions import permission

SITES_MANAGE = permission("sites.manage", "Add, change and retire sites; say what leaves them")

Leaves = Literal["everything", "shared", "nothing"]
"""What of a unit's people leaves its home site, for the kinds a policy names: everything (headquarters keeps a copy),
only conversations that have members elsewhere, or nothing."""
PolicyKind = Literal["conversation", "session", "presence"]
POLICY_KINDS: tuple[PolicyKind, ...] = ("conversation", "session", "presence")
State = Literal["invited", "joined", "revoked", "retired"]


class Site(msgspec.Struct, frozen=True):
    """A site of the company as every site knows it."""

    number: int
    name: str
    address: str
    """Where browsers open it (https://…); empty: not said."""
    state: State
    joined: Id | None


class Policy(msgspec.Struct, frozen=True):
    """What leaves a unit's home, for these kinds; units below inherit it, and the nearest one above counts."""

    unit: UnitId
    leaves: Leaves
    kinds: tuple[PolicyKind, ...]
