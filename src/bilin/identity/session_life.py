"""How long sessions last: as long as policy lets the person's, without use and in any case."""

from bilin.core.ids import PersonId, SessionId, time_ms
from bilin.core.policies import Policies
from bilin.core.site import Site
from bilin.identity.settings import SESSION_IDLE, SESSION_LIFE

DAY_S = 86_400.0


def idle_s(site: Site, person: PersonId) -> float:
    """Seconds after which a session of the person that nobody uses ends."""
    return site.get(Policies).of_person(SESSION_IDLE, person) * DAY_S


def life_s(site: Site, person: PersonId) -> float:
    """Seconds after which a session of the person ends, in use or not."""
    days = site.get(Policies).of_person(SESSION_LIFE, person)
    return days * DAY_S if days else float("inf")


def has_expired(site: Site, person: PersonId, session: SessionId, used_at: float, now: float) -> bool:
    """Whether a session ended by time. `used_at` and `now`: seconds since the Unix epoch."""
    is_idle = now - used_at > idle_s(site, person)
    return is_idle or now - time_ms(session) / 1000 > life_s(site, person)
