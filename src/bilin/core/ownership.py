"""Which site owns what: facts of the organisation are written at one site only, the home of their unit.

`sites` knows the answer and provides `Ownership`. The doors of the modules ask it before they decide; at any other
site they raise `OwnedElsewhere`, and the HTTP layer sends the same request to the owner, or tells which site must be
reached.
"""

from bilin.core.database import Connection
from bilin.core.errors import BilinError
from bilin.core.ids import UnitId

FOUNDER = 1
"""The number of the site where the company was founded; it owns what no other site owns."""


class OwnedElsewhere(BilinError):
    """The change belongs to another site; raised by doors, answered by forwarding the request."""

    code = "sites.owned_elsewhere"
    status = 421  # RFC 9110, section 15.5.20: Misdirected Request
    title = "Another site decides this"
    hint = "Repeat it at the site named in the details."

    def __init__(self, site: int) -> None:
        super().__init__(details={"site": site})
        self.site = site


class Ownership:
    """Answers whose a unit is. Without other sites everything is this site's own."""

    async def owner_of(self, db: Connection, unit: UnitId | None) -> int:
        """The number of the site that writes facts about the unit, its people and what is below; None: the company."""
        raise NotImplementedError

    async def require_own(self, db: Connection, unit: UnitId | None) -> None:
        """Pass when this site owns the unit. Raises `OwnedElsewhere`."""
        raise NotImplementedError
