"""How an invitation stands, and who has access now: from the tables of sites, at the founding site."""

from collections.abc import Sequence

import asyncpg
import msgspec

from bilin.core.database import Connection
from bilin.core.errors import BilinError
from bilin.core.ids import Id, id_at, time_ms
from bilin.sites.enrolment.errors import TokenRefused
from bilin.sites.enrolment.nats_accounts import Access, AccessKey
from bilin.sites.registry.errors import UnknownSite

ANSWERED_FOR_MS = 7 * 86_400_000
"""How long after its end an invitation may still ask, so that it is told why not."""

SELECT_INVITATION = """
SELECT i.id, i.site, s.name, s.joined, s.invitation AS used, s.nonce_sha256, s.retired,
       coalesce(s.revoked, 0) >= i.id AS is_revoked,
       EXISTS (SELECT FROM sites.invitation n WHERE n.site = i.site AND n.id > i.id) AS is_replaced
  FROM sites.invitation i JOIN sites.site s ON s.number = i.site WHERE i.id = $1"""
SELECT_JOINED = """
SELECT number, invitation FROM sites.site
 WHERE joined IS NOT NULL AND retired IS NULL AND invitation > coalesce(revoked, 0)"""
SELECT_INVITED = "SELECT id, site FROM sites.invitation WHERE id > $1"


class Invitation(msgspec.Struct, frozen=True):
    """One invitation and its site."""

    id: Id
    site: int
    name: str
    used_by: str | None
    """The digest of the nonce of the server that used it; None while nobody has."""
    is_retired: bool
    is_revoked: bool
    is_replaced: bool
    """The site was invited again since."""

    def expires_ms(self, life_s: int) -> int:
        """When it is too old, Unix milliseconds."""
        return time_ms(self.id) + life_s * 1000

    def refusal(self, nonce_sha256: str, now_ms: int, life_s: int) -> BilinError | None:
        """Why a server with this nonce may not use it; None when it may, or has before."""
        if self.is_retired:
            return UnknownSite(f"Site {self.site} ({self.name}) was retired.")
        if self.is_revoked:
            return TokenRefused("The token was revoked.")
        if self.used_by is not None:
            return None if self.used_by == nonce_sha256 else TokenRefused("The token was used by another server.")
        if self.is_replaced:
            return TokenRefused("A newer token was made for this site; only that one is good.")
        if now_ms > self.expires_ms(life_s):
            return TokenRefused("The token is too old.")
        return None


async def invitation_by_id(db: Connection, identifier: Id) -> Invitation | None:
    """One invitation; None when there is none."""
    row = await db.fetchrow(SELECT_INVITATION, identifier)
    return None if row is None else _invitation(row)


async def accesses(db: Connection, key: AccessKey, now_ms: int, life_s: int) -> Sequence[Access]:
    """Everybody else who may speak in the account between sites: joined sites, and invitations that may still ask."""
    oldest = id_at(now_ms - life_s * 1000 - ANSWERED_FOR_MS)
    sites = [key.of_site(row["number"], Id(row["invitation"])) for row in await db.fetch(SELECT_JOINED)]
    invited = [key.of_invitation(row["site"], Id(row["id"])) for row in await db.fetch(SELECT_INVITED, oldest)]
    return [*sites, *invited]


def _invitation(row: asyncpg.Record) -> Invitation:
    return Invitation(
        id=Id(row["id"]),
        site=row["site"],
        name=row["name"],
        used_by=row["nonce_sha256"] if row["used"] == row["id"] else None,
        is_retired=row["retired"] is not None,
        is_revoked=row["is_revoked"],
        is_replaced=row["is_replaced"],
    )
