"""`bilin config`"""

from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter
from rich.console import Console
from rich.text import Text

from bilin.app.configuration import read_configuration
from bilin.core.settings import DEFAULT, Explained
from bilin.core.settings import explain as explain_settings

KEY_WIDTH = 34

config = App(name="config", help="The settings of this site.")


@config.command
def explain(
    *,
    config: Annotated[Path | None, Parameter(help="TOML file with the settings.")] = None,
    only_set: Annotated[bool, Parameter(help="Leave out what has its default.", negative=())] = False,
) -> None:
    """Show every setting: its value, where that comes from, and what it means."""
    settings = read_configuration(config)
    console = Console(highlight=False)
    section = ""
    for each in explain_settings(settings):
        if only_set and each.source == DEFAULT:
            continue
        if (table := each.key.rpartition(".")[0]) != section:
            section = table
            console.print(Text(f"\n[{section}]", style="bold"))
        console.print(_line(each), soft_wrap=True)
    if settings.passed_over:
        names = ", ".join(settings.passed_over)
        console.print(Text(f"\nPassed over, as service links of Kubernetes: {names}", "dim"), soft_wrap=True)
    console.print(Text(f"\nFile: {settings.file or 'none'}. In the environment http.port is BILIN_HTTP_PORT.", "dim"))


def _line(setting: Explained) -> Text:
    """``http.port = 8300 (default)`` and what it means, on two lines."""
    is_default = setting.source == DEFAULT
    value = Text(f"{setting.value or '(empty)'}", style="" if is_default else "bold cyan")
    key = Text(f"{setting.key:<{KEY_WIDTH}}")
    return Text.assemble(key, value, (f"  ← {setting.source}", "dim"), (f"\n    {setting.meaning}", "dim"))
