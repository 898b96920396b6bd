"""The command line. A new command is one line in `COMMANDS` and a function in `bilin.app.commands`."""

import sys

from cyclopts import App, CycloptsError
from rich.console import Console
from rich.text import Text

from bilin import __version__
from bilin.core.errors import BilinError

COMMANDS = {
    "serve": ("bilin.app.commands.serve:serve", "Start Bilin: database, message bus, web server and worker."),
    "demo": ("bilin.app.commands.demo:demo", "Load the sample company into an empty site."),
    "org": ("bilin.app.commands.org:org", "Units and people: import them from a CSV file."),
    "site": ("bilin.app.commands.site:site", "The company's other servers: invite, watch, compare, end."),
    "doctor": ("bilin.app.commands.doctor:doctor", "Look at everything that must be well, and say what to do."),
    "search": ("bilin.app.commands.search:search", "The search index: make it anew."),
    "audit": ("bilin.app.commands.audit:audit", "The record of who did what: check that nobody changed it."),
    "config": ("bilin.app.commands.config:config", "The settings: value, source and meaning of each."),
    "version": ("bilin.app.commands.version:version", "Print the version."),
}
"""Name on the command line → where it is, and what it does. Loaded when asked for, so that `bilin version` is quick."""

FOREIGN_FILE = "It belongs to somebody else: run Bilin on one data folder always as the same user."
EXIT_ERROR = 2
EXIT_INTERRUPTED = 130

cli = App(
    name="bilin",
    help="Bilin (比邻): work communication for companies with many branches.",
    version=__version__,
    help_flags=["--help", "-h"],
)
for _name, (_place, _help) in COMMANDS.items():
    cli.command(_place, name=_name, help=_help)


def main(arguments: list[str] | None = None) -> None:
    """Entry point of the program `bilin`."""
    try:
        cli(arguments, exit_on_error=False, print_error=True)
    except CycloptsError:
        sys.exit(EXIT_ERROR)
    except BilinError as refused:
        _tell(refused.detail, refused.hint)
        sys.exit(EXIT_ERROR)
    except PermissionError as refused:
        _tell(f"{refused.filename or refused}: {refused.strerror}.", FOREIGN_FILE)
        sys.exit(EXIT_ERROR)
    except KeyboardInterrupt:
        sys.exit(EXIT_INTERRUPTED)


def _tell(detail: str, hint: str) -> None:
    console = Console(stderr=True, highlight=False)
    console.print(Text.assemble(("Error: ", "bold red"), detail), soft_wrap=True)
    if hint:
        console.print(Text.assemble(("Hint:  ", "bold"), hint), soft_wrap=True)


if __name__ == "__main__":
    main()
