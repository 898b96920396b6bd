"""The lines to other sites, as the settings and the files of the data folder say at this moment."""

from bilin.app.embedded import Dialling, Lines, Listening
from bilin.core.ownership import FOUNDER
from bilin.core.private_files import write_private
from bilin.core.settings import NatsSettings, Settings, SiteSettings
from bilin.sites import SitesSettings, enrolment


def lines_of(settings: Settings) -> Lines:
    """Headquarters listens once somebody was invited; a branch dials; an invited server dials with its invitation."""
    dialling = _dialling(settings)
    return Lines(dialling=dialling) if dialling else Lines(listening=_listening(settings))


def listens_at(settings: Settings) -> tuple[str, int] | None:
    """Where the embedded NATS of headquarters listens for other sites; None: nobody was invited, or it dials."""
    account = enrolment.files_of(settings).account
    if _dialling(settings) is not None or not account.exists() or not enrolment.users_in(account.read_text()):
        return None
    return enrolment.listen_address(settings)


def prepare_for_own_nats(settings: Settings) -> None:
    """At headquarters with a NATS of the company's own, have the files that NATS reads: it does not start without
    them, and this server starts nothing before it answers."""
    url = settings[SitesSettings].nats_url
    if not (settings[NatsSettings].url and url) or settings[SiteSettings].node != FOUNDER:
        return
    places = enrolment.files_of(settings)
    enrolment.ensure_certificates(places, enrolment.certified_hosts(settings))
    if not places.account.exists():
        write_private(places.account, enrolment.account_text(enrolment.line_of_url(url), ()).encode())


def _listening(settings: Settings) -> Listening | None:
    if (at := listens_at(settings)) is None:
        return None
    places = enrolment.files_of(settings)
    enrolment.ensure_certificates(places, enrolment.certified_hosts(settings))
    return Listening(*at, places.certificate, enrolment.key_of(places.certificate))


def _dialling(settings: Settings) -> Dialling | None:
    own, places = settings[SitesSettings], enrolment.files_of(settings)
    if (credential := enrolment.saved_credential(settings)) is not None and places.identity.exists():
        return Dialling(own.headquarters, credential.user, credential.password, places.trusted, own.proxy)
    if (invited := enrolment.pending_invitation(places)) is not None:
        return Dialling(invited.addresses, invited.user, invited.secret, places.trusted, own.proxy)
    return None
