"""Where the schema says how new it is, and the error when that is newer than this program."""

from bilin.core.errors import BilinError

VERSION_TABLE = "schema_version"
VERSION_SCHEMA = "core"


class SchemaNewer(BilinError):
    """The database was upgraded by a newer Bilin."""

    code = "app.schema_newer"
    status = 500
    title = "The database belongs to a newer Bilin"
    hint = "Install the newer program again, or restore a backup made before the upgrade."
