"""PostgreSQL and NATS from wheels, run by Bilin itself where the company has none of its own."""

from bilin.app.embedded.errors import DatabaseInUse, DatabaseVersionMismatch, EmbeddedServerFailed
from bilin.app.embedded.listening_program import program_on, refusal_of
from bilin.app.embedded.nats import EmbeddedNats
from bilin.app.embedded.nats_configuration import Dialling, Lines, Listening
from bilin.app.embedded.os_user import open_folder, service_user
from bilin.app.embedded.postgres import EmbeddedPostgres

__all__ = [
    "DatabaseInUse",
    "DatabaseVersionMismatch",
    "Dialling",
    "EmbeddedNats",
    "EmbeddedPostgres",
    "EmbeddedServerFailed",
    "Lines",
    "Listening",
    "open_folder",
    "program_on",
    "refusal_of",
    "service_user",
]
