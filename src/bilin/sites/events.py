"""The facts about sites. All of them are written at the founding site alone."""

from msgspec import UNSET, UnsetType

from bilin.core.events import EVERYONE, Event, additive, event, last_writer
from bilin.core.ids import Id, PersonId, UnitId, derived_id
from bilin.core.registers import greatest, least, once, register
from bilin.sites import tables
from bilin.sites.model import Leaves, PolicyKind

SITES = derived_id("sites.sites")
"""Entity: the list of sites; bumped by whatever changes it, homes and policies included."""


SITE = ("number",)
name = register(tables.site, SITE, ("name",), "name_id")
address = register(tables.site, SITE, ("address",), "address_id")
added = least(tables.site, SITE, "added")
joined = register(tables.site, SITE, ("invitation", "nonce_sha256"), "joined")
revoked = greatest(tables.site, SITE, "revoked")
retired = least(tables.site, SITE, "retired")
invitations = once(tables.invitation, ("id",), ("site",))
homes = register(tables.home, ("unit",), ("site",))
homes_ever = once(tables.was_home, ("unit", "site"))
homes_said = once(tables.home_said, ("unit", "id"), ("site",))
policies = register(tables.policy, ("unit",), ("leaves", "kinds"))


def invitation_entity(invitation: Id) -> int:
    """Entity: one invitation; guards that it is used once."""
    return derived_id("sites.invitation", invitation)


class SiteEvent(Event, frozen=True, kw_only=True):
    """Base: everybody sees the sites of the company."""

    def topics(self, actor: PersonId | None) -> tuple[int, ...]:
        return (EVERYONE,)

    def bumps(self) -> tuple[int, ...]:
        return (SITES,)


@event(
    "sites.site_added",
    version=1,
    merge=additive(),
    writes=[added(number="site"), name(number="site"), address(number="site")],
)
class SiteAdded(SiteEvent, frozen=True, kw_only=True):
    """The company has a site of this number. It is there once it has joined; the founding site is from the start."""

    site: int
    name: str
    address: str


@event(
    "sites.site_changed",
    version=1,
    merge=last_writer("site", "field"),
    writes=[name(number="site"), address(number="site")],
)
class SiteChanged(SiteEvent, frozen=True, kw_only=True):
    """A site has another name, or browsers reach it elsewhere; what did not change is left out."""

    site: int
    name: str | UnsetType = UNSET
    address: str | UnsetType = UNSET


@event("sites.site_invited", version=1, writes=[invitations(id="id")])
class SiteInvited(SiteEvent, frozen=True, kw_only=True):
    """A token was made with which the site's server may join, once. The event's id names the invitation."""

    site: int

    def topics(self, actor: PersonId | None) -> tuple[int, ...]:
        return ()


@event("sites.site_joined", version=1, writes=[joined(number="site")], private=("invitation", "nonce_sha256"))
class SiteJoined(SiteEvent, frozen=True, kw_only=True):
    """A server used the invitation and is this site now. `nonce_sha256` (hex) recognises it if the answer was lost."""

    site: int
    invitation: Id
    nonce_sha256: str

    def bumps(self) -> tuple[int, ...]:
        return (SITES, invitation_entity(self.invitation))


@event("sites.site_revoked", version=1, writes=[revoked(number="site")])
class SiteRevoked(SiteEvent, frozen=True, kw_only=True):
    """Access of the site ended: no invitation older than this event is good any more. It may be invited again."""

    site: int


@event("sites.site_retired", version=1, writes=[retired(number="site")])
class SiteRetired(SiteEvent, frozen=True, kw_only=True):
    """The site is closed for good. Units that had their home there have it at the founding site from now on."""

    site: int


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


@event("sites.kept_back_settled", version=1, merge=last_writer("event"))
class KeptBackSettled(SiteEvent, frozen=True, kw_only=True):
    """An administrator decided about events of a site that others keep back: they are believed, or dropped for good."""

    events: tuple[Id, ...]
    accepted: bool

    def topics(self, actor: PersonId | None) -> tuple[int, ...]:
        return ()

    def bumps(self) -> tuple[int, ...]:
        return ()
