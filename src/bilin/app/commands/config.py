"""`bilin config`"""

from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bilin.app.configuration import read_configuration
from bilin.core.settings import DEFAULT
from bilin.core.settings import explain as explain_settings

config = App(name="config", help="The settings of this site.")


@config.command
def explain(
    *,
    config: Annotated[Path | None, Parameter(help="TOML file with the settings.")] = None,
    only_set: Annotated[bool, Parameter(help="Leave out what has its default.", negative=())] = False,
) -> None:
    """Show every setting: its value, where that comes from, and what it means."""
    settings = read_configuration(config)
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("Setting", "Value", "Source", "Meaning"):
        table.add_column(heading, overflow="fold")
    for each in explain_settings(settings):
        is_default = each.source == DEFAULT
        if not (only_set and is_default):
            value = Text(each.value or "–", style="dim" if is_default else "cyan")
            table.add_row(each.key, value, Text(each.source, style="dim" if is_default else ""), each.meaning)
    console = Console(highlight=False)
    console.print(table)
    console.print(Text(f"\nFile: {settings.file or 'none'}. In the environment: http.port is BILIN_HTTP_PORT.", "dim"))
