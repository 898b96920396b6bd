"""What identity provides to the site of a web process."""

from bilin.core.http import Authenticator
from bilin.core.permissions import Authority
from bilin.core.roles import Role
from bilin.core.settings import HttpSettings
from bilin.core.site import Site
from bilin.identity.authentication import Sessions
from bilin.identity.authority import Grants
from bilin.identity.guests import ADMIT, GuestDesk, Guests
from bilin.identity.known_devices import KnownDevices
from bilin.identity.login_lookups import LoginLookups
from bilin.identity.origins import Origins
from bilin.identity.passwords import Passwords
from bilin.identity.settings import IdentitySettings
from bilin.identity.setup_code import SetupCode
from bilin.identity.sign_in import SignIn
from bilin.sites import Network


async def start(site: Site) -> None:
    """Provide who asks (`Authenticator`), who may (`Authority`), and the way in (`SignIn`)."""
    origins = Origins(site.settings[HttpSettings])
    sessions = Sessions(site, origins)
    site.provide(Origins, origins)
    site.provide(Passwords, Passwords(site.settings[IdentitySettings]))
    site.provide(LoginLookups, LoginLookups(site.charges))
    site.provide(KnownDevices, KnownDevices(site))
    guests = Guests(site)
    site.provide(Guests, guests)
    sign_in = SignIn(site)
    site.provide(SignIn, sign_in)
    site.get(Network).answer(ADMIT, GuestDesk(site, sign_in.confirm).answer)
    site.keep("identity-guests", guests.run)
    site.provide(Sessions, sessions)
    site.provide(Authenticator, sessions)
    code = SetupCode(site)
    site.provide(SetupCode, code)
    if site.has(Role.WRITER):
        await code.prepare()
    site.provide(Authority, Grants())
