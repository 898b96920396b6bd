"""Why Bilin cannot start. Each says what to do."""

from bilin.core.errors import BilinError


class FolderInUse(BilinError):
    """Another supervisor holds the data folder."""

    code = "app.folder_in_use"
    status = 500
    title = "Bilin runs on this folder already"
    hint = "Stop that one, or give this one a folder of its own: BILIN_DATA_DIR=…"


class AddressInUse(BilinError):
    """Another program listens where Bilin should."""

    code = "app.address_in_use"
    status = 500
    title = "The address is taken"
    hint = "Choose another port: BILIN_HTTP_PORT=8301, or http.port in bilin.toml."


class AddressRefused(BilinError):
    """The machine has no such address, or the port needs more rights."""

    code = "app.address_refused"
    status = 500
    title = "Bilin cannot listen there"
    hint = "http.host must be an address of this machine, 127.0.0.1 or 0.0.0.0; ports below 1024 need root."


class FolderRefused(BilinError):
    """The data folder cannot be made or written."""

    code = "app.folder_refused"
    status = 500
    title = "The data folder cannot be used"
    hint = "Choose a folder you may write to: BILIN_DATA_DIR=…, or data_dir in bilin.toml."


class NotReady(BilinError):
    """A process ended again and again before it was ready."""

    code = "app.not_ready"
    status = 500
    title = "Bilin did not get ready"
    hint = "The reason stands in the lines above."


class ServerUnreachable(BilinError):
    """An external database or NATS server does not answer."""

    code = "app.server_unreachable"
    status = 500
    title = "A server named in the settings does not answer"
    hint = "Check database.url and nats.url (`bilin config explain`), and that the server runs."


class ExternalServersNeeded(BilinError):
    """A single role cannot bring its own database and bus: the other roles would not find them."""

    code = "app.external_servers_needed"
    status = 500
    title = "This role needs a database and a NATS server of your own"
    hint = "Set database.url and nats.url, or run all roles in one: bilin serve"


class UnknownRole(BilinError):
    """`--role` names something that no process does."""

    code = "app.unknown_role"
    status = 400
    title = "There is no such role"
    hint = "Name one or several with commas between: bilin serve --role api,gateway"
    known: list[str]


class ServerRefused(BilinError):
    """An external database or NATS server answers, but not to us, or its address makes no sense."""

    code = "app.server_refused"
    status = 500
    title = "A server named in the settings refuses"
    hint = "Check user, password and database name in database.url, and nats.url (`bilin config explain`)."


class JoinFailed(BilinError):
    """Headquarters did not let this server join, or did not answer; code, detail and hint are the web process's."""

    code = "app.join_failed"
    status = 500
    title = "This server did not join"

    def __init__(self, problem: dict[str, str]) -> None:
        super().__init__(problem.get("detail") or problem.get("title") or "")
        self.code = problem.get("code", type(self).code)  # type: ignore[misc]
        self.hint = problem.get("hint", "")  # type: ignore[misc]
