"""`bilin serve`"""

import asyncio
import sys
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from bilin.app.configuration import read_configuration
from bilin.app.supervisor import Progress, Role
from bilin.app.supervisor import serve as supervise
from bilin.core import telemetry
from bilin.core.settings import LogSettings
from bilin.sites import enrolment


def serve(
    *,
    config: Annotated[Path | None, Parameter(help="TOML file with the settings.")] = None,
    join: Annotated[str | None, Parameter(help="Token of headquarters: become a site of that company.")] = None,
    role: Annotated[Role, Parameter(help="What to run here: all, or one role of a cluster.")] = Role.ALL,
) -> None:
    """Start Bilin: its database and message bus (unless you have your own), the web server and the worker.

    Runs until Ctrl-C. `bilin config explain` lists what can be set.
    """
    settings = read_configuration(config)
    token = enrolment.read_token(join) if join else None
    progress = Progress(as_json=not telemetry.is_text(settings[LogSettings], sys.stdout))
    asyncio.run(supervise(settings, role, progress, token))
