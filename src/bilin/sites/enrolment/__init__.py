"""How a server becomes a site of the company: invitations, tokens, credentials, and the first copy."""

from bilin.sites.enrolment.addresses import certified_hosts, listen_address, saved_credential
from bilin.sites.enrolment.certificates import ensure_certificates, key_of
from bilin.sites.enrolment.errors import JoinedAlready, NoLine, TokenRefused
from bilin.sites.enrolment.files import SiteFiles, files_of
from bilin.sites.enrolment.joiner import Joiner, Joining
from bilin.sites.enrolment.nats_accounts import LOCAL_USER, account_text, ended, line_of_url, local_line, users_in
from bilin.sites.enrolment.pending import begin, give_up, pending_invitation
from bilin.sites.enrolment.routes import routes
from bilin.sites.enrolment.start import start
from bilin.sites.enrolment.token import MAX_CHARS, PREFIX, Token, read_token

__all__ = [
    "LOCAL_USER",
    "MAX_CHARS",
    "PREFIX",
    "JoinedAlready",
    "Joiner",
    "Joining",
    "NoLine",
    "SiteFiles",
    "Token",
    "TokenRefused",
    "account_text",
    "begin",
    "certified_hosts",
    "ended",
    "ensure_certificates",
    "files_of",
    "give_up",
    "key_of",
    "line_of_url",
    "listen_address",
    "local_line",
    "pending_invitation",
    "read_token",
    "routes",
    "saved_credential",
    "start",
    "users_in",
]
