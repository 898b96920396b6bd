"""`bilin serve`"""

import asyncio
import sys
from getpass import getpass
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from bilin.app.configuration import read_configuration
from bilin.app.supervisor import Progress, read_roles
from bilin.app.supervisor import serve as supervise
from bilin.core import telemetry
from bilin.core.settings import LogSettings
from bilin.sites import enrolment

JOIN = "File with the token of headquarters, or - to be asked for it (or to pipe it in): become a site of that company."
ROLE = "What to run here: all, or some of writer, api, gateway and worker with commas between."
STDIN = "-"


def serve(
    *,
    config: Annotated[Path | None, Parameter(help="TOML file with the settings.")] = None,
    join: Annotated[str | None, Parameter(help=JOIN, allow_leading_hyphen=True)] = None,
    role: Annotated[str, Parameter(help=ROLE)] = "all",
) -> None:
    """Start Bilin: its database and message bus (unless you have your own), the web server and the worker.

    Runs until Ctrl-C. `bilin config explain` lists what can be set.
    """
    settings, roles = read_configuration(config), read_roles(role)
    token = enrolment.read_token(_secret(join)) if join else None
    progress = Progress(as_json=not telemetry.is_text(settings[LogSettings], sys.stdout))
    asyncio.run(supervise(settings, roles, progress, token))


def _secret(source: str) -> str:
    """The token in a file, or on standard input: what stands on a command line everybody on the machine can read.

    Raises `TokenRefused`."""
    if source.startswith(enrolment.PREFIX):
        raise enrolment.TokenRefused(
            "On the command line everybody on this machine can read the token: start with --join - and paste it, or "
            "name a file that holds it."
        )
    if source == STDIN:
        return getpass("Token: ") if sys.stdin.isatty() else sys.stdin.read(enrolment.MAX_CHARS + 1)
    try:
        with Path(source).open(encoding="utf-8") as file:
            return file.read(enrolment.MAX_CHARS + 1)
    except (OSError, UnicodeDecodeError) as cause:
        raise enrolment.TokenRefused(f"{source}, which should hold the token, cannot be read: {cause}.") from cause
