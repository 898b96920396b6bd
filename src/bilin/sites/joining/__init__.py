"""How a server becomes a site of the company: invitations, tokens, credentials, and the first copy."""

from bilin.sites.errors import JoinedAlready, NoLine
from bilin.sites.joining.access import LOCAL_USER, account_text, ended, line_of_url, local_line, users_in
from bilin.sites.joining.certificates import ensure_certificates, key_of
from bilin.sites.joining.dialling import certified_hosts, listen_address, saved_credential
from bilin.sites.joining.joiner import Joiner, Progress
from bilin.sites.joining.pending import begin, give_up, pending_invitation
from bilin.sites.joining.places import Places, places_of
from bilin.sites.joining.routes import routes
from bilin.sites.joining.start import start
from bilin.sites.joining.token import Token, read_token

__all__ = [
    "LOCAL_USER",
    "JoinedAlready",
    "Joiner",
    "NoLine",
    "Places",
    "Progress",
    "Token",
    "account_text",
    "begin",
    "certified_hosts",
    "ended",
    "ensure_certificates",
    "give_up",
    "key_of",
    "line_of_url",
    "listen_address",
    "local_line",
    "pending_invitation",
    "places_of",
    "read_token",
    "routes",
    "saved_credential",
    "start",
    "users_in",
]
