"""Which site owns what: facts of the organisation are written at one site only, the home of their unit.

`sites` knows the answer and provides `Ownership`. The doors of the modules ask it before they decide; at any other
site they raise `OwnedElsewhere`, and the HTTP layer sends the same request to the owner, or tells which site must be
reached.

Every unit has two owners. What is *in* it (its people, their accounts, roles over it, which units stand right below
it) belongs to its home. The unit *itself* (name, kind, rank, place) belongs to the home of the unit above, and the
company itself to the founding site. The two differ only where a unit has a home of its own.
"""

from collections.abc import Sequence

from bilin.core.commands import Context
from bilin.core.database import Connection
from bilin.core.errors import BilinError
from bilin.core.events import Event
from bilin.core.ids import UnitId

FOUNDER = 1
"""The number of the site where the company was founded; it owns what no other site owns."""


class OwnedElsewhere(BilinError):
    """The change belongs to another site; raised by doors, answered by forwarding the request."""

    code = "sites.owned_elsewhere"
    status = 421  # RFC 9110, section 15.5.20: Misdirected Request
    title = "Another site decides this"
    hint = "Repeat it at the site named in the details."
    site: int

    def __init__(self, site: int) -> None:
        super().__init__(site=site)
        self.site = site


class Ownership:
    """Answers whose a unit is, on the snapshot it is given. This one is of a site without others: all is its own."""

    async def require_own(self, db: Connection, unit: UnitId | None) -> None:
        """Pass when this site owns what is in the unit; None: what concerns the whole company. Raises
        `OwnedElsewhere`."""

    async def require_own_unit(self, db: Connection, unit: UnitId) -> None:
        """Pass when this site owns the unit itself. Raises `OwnedElsewhere`."""

    async def allow_move(self, db: Connection, unit: UnitId, to: UnitId) -> Sequence[Event]:
        """Pass when this site may put the unit below another one: what must become true together with the move.
        Raises `OwnedElsewhere`."""
        return ()

    async def allow_removal(self, db: Connection, unit: UnitId) -> None:
        """Pass when this site may remove the unit. Raises `OwnedElsewhere`, or a conflict when two sites own it."""

    def require_founder(self) -> None:
        """Pass when a company may be founded here. Raises what says where it was founded."""


def ownership(ctx: Context) -> Ownership:
    """What the site knows of owners. Raises `KeyError` where nobody provided it: a site that does not know whose things
    are must not take all of them for its own."""
    return ctx.site.get(Ownership)


async def require_own(db: Connection, ctx: Context, unit: UnitId | None) -> None:
    """Pass when this site owns what is in the unit; None: what concerns the whole company. Raises `OwnedElsewhere`."""
    await ownership(ctx).require_own(db, unit)
