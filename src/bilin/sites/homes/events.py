"""The facts about homes, and about what leaves them. All of them are written at the founding site alone."""

from bilin.core.events import event
from bilin.core.ids import UnitId
from bilin.core.registers import once, register
from bilin.sites.homes import tables
from bilin.sites.homes.model import Leaves, PolicyKind
from bilin.sites.registry.events import SiteEvent

homes = register(tables.home, ("unit",), ("site",))
homes_ever = once(tables.was_home, ("unit", "site"))
homes_said = once(tables.home_said, ("unit", "id"), ("site",))
policies = register(tables.policy, ("unit",), ("leaves", "kinds"))


@event("sites.home_set", version=1, writes=[homes(), homes_ever(), homes_said()])
class HomeSet(SiteEvent, frozen=True, kw_only=True):
    """A unit and what is below it are at home at a site; None: as the unit above."""

    unit: UnitId
    site: int | None


@event("sites.policy_set", version=1, writes=[policies()])
class PolicySet(SiteEvent, frozen=True, kw_only=True):
    """What leaves the home of a unit's people; no kinds: as the unit above says."""

    unit: UnitId
    leaves: Leaves
    kinds: tuple[PolicyKind, ...]
