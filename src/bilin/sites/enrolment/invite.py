"""Invite a server to become a site: for who manages sites, at the founding site."""

import msgspec

from bilin.core.commands import Context
from bilin.core.database import Connection, reading, snapshot, versions
from bilin.core.fields import Fields
from bilin.core.ids import Id
from bilin.core.log import Decision, Expect
from bilin.core.ownership import FOUNDER, OwnedElsewhere
from bilin.core.permissions import require
from bilin.core.site import Site
from bilin.org import UnitNotFound, company
from bilin.sites.enrolment.account_file import Doorkeeper
from bilin.sites.enrolment.addresses import certified_hosts, dial_addresses
from bilin.sites.enrolment.certificates import authority_bytes, ensure_certificates
from bilin.sites.enrolment.errors import NoLine, TooManySites
from bilin.sites.enrolment.files import files_of
from bilin.sites.enrolment.invitations import invitation_by_id
from bilin.sites.enrolment.token import VERSION, Token
from bilin.sites.registry import fields
from bilin.sites.registry.errors import UnknownSite
from bilin.sites.registry.events import SITES, SiteAdded, SiteChanged, SiteEvent, SiteInvited
from bilin.sites.registry.model import SITES_MANAGE
from bilin.sites.registry.settings import SitesSettings

MAX_NUMBER = 1023
SELECT_SITE = "SELECT retired IS NOT NULL AS is_retired FROM sites.site WHERE number = $1 AND added IS NOT NULL"
SELECT_HIGHEST = "SELECT coalesce(max(number), 0) FROM sites.site"
SELECT_IS_ADDED = "SELECT added IS NOT NULL FROM sites.site WHERE number = $1"


class InviteSite(msgspec.Struct, frozen=True):
    """Make an invitation: for a new site, or with `site` for the server that rebuilds an existing one."""

    name: str
    site: int | None = None
    address: str | None = None


async def invite_site(command: InviteSite, ctx: Context) -> Decision:
    """The invitation is the decision's first event. The founding site adds itself with the first one."""
    if ctx.site.number != FOUNDER:
        raise OwnedElsewhere(FOUNDER)
    given = Fields()
    name = given.take("name", fields.site_name, command.name) or ""
    address = None if command.address is None else given.take("address", fields.site_address, command.address)
    given.check()
    async with snapshot(ctx.site.pool) as (db, _):
        root = await company(db)
        if root is None:
            raise UnitNotFound
        await require(db, ctx, SITES_MANAGE, root.id)
        if not ctx.site.settings[SitesSettings].nats_url:
            raise NoLine
        number = await _number(db, command.site)
        version = await versions(db, [SITES])
        has_founder = await db.fetchval(SELECT_IS_ADDED, FOUNDER)
    about: list[SiteEvent] = [_about(command, number, name, address)]
    if not has_founder:
        about.append(SiteAdded(site=FOUNDER, name=root.name[: fields.MAX_NAME_CHARS], address=""))
    return Decision([SiteInvited(site=number), *about], [Expect(SITES, version[SITES])])


async def token_of(site: Site, invitation: Id) -> tuple[Token, int]:
    """The token of an invitation, and the number of its site; the same whenever it is asked for."""
    async with reading(site.pool) as db:
        found = await invitation_by_id(db, invitation)
    if found is None:
        raise UnknownSite
    places, doorkeeper = files_of(site.settings), site.get(Doorkeeper)
    ensure_certificates(places, certified_hosts(site.settings))
    await doorkeeper.write()
    token = Token(
        version=VERSION,
        addresses=dial_addresses(site.settings),
        authority=authority_bytes(places),
        site=found.site,
        name=found.name,
        invitation=int(found.id),
        secret=doorkeeper.key.of_invitation(found.site, found.id).password,
        expires_ms=found.expires_ms(site.settings[SitesSettings].invitation_life_s),
    )
    return token, found.site


def _about(command: InviteSite, number: int, name: str, address: str | None) -> SiteEvent:
    if command.site is None:
        added: SiteEvent = SiteAdded(site=number, name=name, address=address or "")
        return added
    changed: SiteEvent = SiteChanged(site=number, name=name, address=msgspec.UNSET if address is None else address)
    return changed


async def _number(db: Connection, wanted: int | None) -> int:
    """The site to invite: the existing one named, else the next number; numbers are never given twice."""
    if wanted is not None:
        row = await db.fetchrow(SELECT_SITE, wanted)
        if row is None or row["is_retired"] or wanted == FOUNDER:
            raise UnknownSite(f"There is no site {wanted} that could be built again.", site=wanted)
        return wanted
    number: int = max(await db.fetchval(SELECT_HIGHEST), FOUNDER) + 1
    if number > MAX_NUMBER:
        raise TooManySites
    return number
