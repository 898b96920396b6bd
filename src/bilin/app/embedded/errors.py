"""Why an embedded server cannot start."""

from bilin.core.errors import BilinError


class EmbeddedServerFailed(BilinError):
    """The process ended before it was ready; the detail holds the last lines it wrote."""

    code = "app.embedded_server_failed"
    status = 500
    title = "An embedded server did not start"
    hint = "The full log is in the logs folder of the data folder."


class DatabaseVersionMismatch(BilinError):
    """The data were written by another major version of PostgreSQL than the one installed."""

    code = "app.database_version_mismatch"
    status = 500
    title = "The database was made by another version of PostgreSQL"
    hint = "Install the Bilin release that wrote it, take a backup there, and restore it into this release."


class DatabaseInUse(BilinError):
    """Another PostgreSQL, not started by Bilin, works on the data."""

    code = "app.database_in_use"
    status = 500
    title = "Another PostgreSQL works on this folder"
    hint = "Stop it first: two servers on one folder would destroy the data."
