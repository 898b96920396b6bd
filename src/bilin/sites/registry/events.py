"""The facts about sites. All of them are written at the founding site alone."""

from bilin.core.events import EVERYONE, Event, event
from bilin.core.ids import Id, PersonId, derived_id
from bilin.core.records import Record, Told, field, record
from bilin.core.registers import greatest, least, once, register
from bilin.sites.registry import fields, tables

SITES = derived_id("sites.sites")
"""Entity: the list of sites; bumped by whatever changes it, homes and policies included."""
SITE = ("number",)
joined = register(tables.site, SITE, ("invitation", "nonce_sha256"), "joined")
revoked = greatest(tables.site, SITE, "revoked")
retired = least(tables.site, SITE, "retired")
invitations = once(tables.invitation, ("id",), ("site",))


def invitation_entity(invitation: Id) -> int:
    """Entity: one invitation; guards that it is used once."""
    return derived_id("sites.invitation", invitation)


class SiteEvent(Event, frozen=True, kw_only=True):
    """Base: everybody sees the sites of the company."""

    def topics(self, actor: PersonId | None) -> tuple[int, ...]:
        return (EVERYONE,)

    def bumps(self) -> tuple[int, ...]:
        return (SITES,)


class OfSite(SiteEvent, frozen=True, kw_only=True):
    """Base of what is said of one site."""

    site: int


@record(
    base=OfSite,
    table=tables.site,
    key={"number": "site"},
    made=Told(
        "sites.site_added",
        "The company has a site of this number. It is there once it has joined; the founding site is from the start.",
    ),
    changed=Told(
        "sites.site_changed",
        "A site has another name, or browsers reach it elsewhere; what did not change is left out.",
    ),
    made_in="added",
)
class KnownSite(Record):
    """What people know a site by."""

    name: str = field(max_length=fields.MAX_NAME_CHARS)
    address: str = field(max_length=fields.MAX_ADDRESS_CHARS)


SiteAdded, SiteChanged = KnownSite.Made, KnownSite.Changed


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
