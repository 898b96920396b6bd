"""The sites of the company as every site knows them."""

from typing import Literal

import msgspec

from bilin.core.ids import Id

SITES_MANAGE = "sites.manage"
SiteState = Literal["invited", "joined", "revoked", "retired"]
SiteAlert = Literal[
    "unreachable", "behind", "clock_off", "versions_apart", "held", "kept_back", "audit_changed", "audit_set_back"
]
"""What somebody should look at."""


class KnownSite(msgspec.Struct, frozen=True):
    """A site of the company as every site knows it."""

    number: int
    name: str
    address: str
    """Where browsers open it (https://…); empty: not said."""
    state: SiteState
    joined: Id | None
