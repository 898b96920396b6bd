"""The doors to sites and homes for administrators, at the founding site; and to how the sites are, for auditors too."""

from collections.abc import Sequence

from bilin.core.commands import Context
from bilin.core.database import Connection, versions
from bilin.core.ids import UnitId
from bilin.core.log import Expect
from bilin.core.ownership import FOUNDER, require_own
from bilin.core.permissions import PermissionNeeded, may, require
from bilin.org import access_unit, company
from bilin.sites.registry.errors import SiteFixed, UnknownSite
from bilin.sites.registry.events import SITES
from bilin.sites.registry.model import SITES_MANAGE, KnownSite
from bilin.sites.registry.sites import read_sites

AUDIT = "governance.audit"
"""Whoever may read the audit log may see how the sites are. (Declared above this module, by identity.)"""


async def oversee(db: Connection, ctx: Context) -> None:
    """Let pass who holds `sites.manage` or `governance.audit` over the company; raise `Forbidden` otherwise."""
    root = await company(db)
    if root is None or not (await may(db, ctx, SITES_MANAGE, root.id) or await may(db, ctx, AUDIT, root.id)):
        raise PermissionNeeded(permission=SITES_MANAGE)


async def manage_company(db: Connection, ctx: Context) -> None:
    """Pass for somebody who manages sites over the whole company, at the founding site. Raises `OwnedElsewhere` or
    `Forbidden`."""
    await require_own(db, ctx, None)
    root = await company(db)
    if root is None:
        raise PermissionNeeded(permission=SITES_MANAGE)
    await require(db, ctx, SITES_MANAGE, root.id)


async def manage_site(db: Connection, ctx: Context, number: int) -> KnownSite:
    """The site, for somebody who manages sites over the whole company.

    Raises `OwnedElsewhere`, `Forbidden`, `UnknownSite` also for a retired one.
    """
    await manage_company(db, ctx)
    site = (await read_sites(db)).get(number)
    if site is None or site.state == "retired":
        raise UnknownSite(f"There is no site {number}, or it was retired.", site=number)
    return site


async def end_site(db: Connection, ctx: Context, number: int) -> KnownSite:
    """`manage_site`, for what the founding site is spared. Raises `SiteFixed` as well."""
    site = await manage_site(db, ctx, number)
    if number == FOUNDER:
        raise SiteFixed(site=number)
    return site


async def manage_undoing(db: Connection, ctx: Context, number: int) -> None:
    """As `end_site`, also for a site that was retired."""
    await manage_company(db, ctx)
    if number == FOUNDER:
        raise SiteFixed(site=number)
    if number not in await read_sites(db):
        raise UnknownSite(f"There is no site {number}.", site=number)


async def settle_unit(db: Connection, ctx: Context, unit: UnitId) -> None:
    """Pass for somebody who manages sites over the unit. Raises `UnitNotFound`, `OwnedElsewhere` or `Forbidden`."""
    await access_unit(db, unit)
    await require_own(db, ctx, None)
    await require(db, ctx, SITES_MANAGE, unit)


async def expect(db: Connection, entities: Sequence[int] = (SITES,)) -> list[Expect]:
    """What a decision rests on: neither sites nor homes nor policies change meanwhile."""
    return [Expect(*pair) for pair in (await versions(db, list(entities))).items()]
