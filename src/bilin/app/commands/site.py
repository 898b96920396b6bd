"""`bilin site`"""

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

from cyclopts import App, Parameter
from rich.console import Console
from rich.text import Text

from bilin.app.commands.site_map import print_status
from bilin.app.commands.site_undoing import print_kept_back, print_undone
from bilin.app.configuration import read_configuration
from bilin.app.local_server import ask_locally

site = App(name="site", help="The company's other servers: invite, watch, compare, end.")

PIPE_COLUMNS = 200
"""A pipe has no width: the table of sites is written whole."""
Config = Annotated[Path | None, Parameter(help="TOML file with the settings.")]
Number = Annotated[int, Parameter(help="Number of the site, as `bilin site status` shows it.")]
Yes = Annotated[bool, Parameter(help="Do not ask.", negative=())]
EXIT_DIFFERENT = 3
EXIT_NOT_SURE = 1


@site.command
def invite(
    name: Annotated[str, Parameter(help="What people call the site: Shanghai.")],
    *,
    address: Annotated[str | None, Parameter(help="Where browsers will open it: https://sh.example.com")] = None,
    rebuild: Annotated[int | None, Parameter(name="--site", help="Number of a site to build again.")] = None,
    config: Config = None,
) -> None:
    """Invite a server to become a site; run this at headquarters. Prints a token that is good once."""
    body = {"name": name, "site": rebuild, "address": address}
    made = ask_locally(read_configuration(config), "POST", "/api/sites/invitations", body)
    until = datetime.fromtimestamp(made["expires_ms"] / 1000).astimezone()
    console = Console(highlight=False)
    console.print(f"\nSite {made['site']}, {name}, is invited. Until {until:%Y-%m-%d %H:%M}, at the branch:\n")
    console.print("    bilin serve --join -\n")
    console.print("It asks for this token:\n")
    console.print(f"    {made['token']}\n", soft_wrap=True)
    console.print("The data folder there must be empty. The token lets whoever has it join, once,")
    console.print("as this site. It is not shown again.")


@site.command
def status(
    *,
    as_json: Annotated[
        bool, Parameter(name="--json", help="As the server says it, for programs.", negative=())
    ] = False,
    config: Config = None,
) -> None:
    """Show all sites as this server sees them: who is reached, what is behind, what to look after."""
    told = ask_locally(read_configuration(config), "GET", "/api/sites/status")
    if as_json:
        print(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        console = Console(highlight=False)
        console.width = console.width if console.is_terminal else PIPE_COLUMNS
        print_status(console, told)


@site.command
def verify(number: Number, *, config: Config = None) -> None:
    """Compare what is here with another site, and name the first difference. Ends with 3 when they differ."""
    told = ask_locally(read_configuration(config), "POST", "/api/sites/verify", {"site": number})
    console = Console(highlight=False)
    for module in told["modules"]:
        mark = Text("✓", "green") if module["equal"] else Text("✗", "red")
        console.print(Text.assemble("  ", mark, f" {module['module']:<14}{module['compared']:>12,} rows"))
        if not module["equal"] and module["difference"]:
            _print_difference(console, module["difference"])
    console.print("The two sites are equal." if told["equal"] else "The two sites differ.")
    if told["moving"]:
        console.print(
            "People worked meanwhile, or a site had not followed the other: what came since was not compared."
        )
    if not told["equal"]:
        sys.exit(EXIT_DIFFERENT)


@site.command
def cut(
    *,
    seconds: Annotated[int, Parameter(help="How long: 1 to 86400.")] = 120,
    config: Config = None,
) -> None:
    """Rehearse a cut line: this site neither sends to nor hears any other until the time is over."""
    ask_locally(read_configuration(config), "POST", "/api/sites/cut", {"seconds": seconds})
    print(f"Cut off from all other sites for {seconds} s. Sooner: bilin site mend")


@site.command
def mend(*, config: Config = None) -> None:
    """End the rehearsal of a cut line."""
    ask_locally(read_configuration(config), "DELETE", "/api/sites/cut")
    print("The line is back.")


@site.command
def revoke(number: Number, *, yes: Yes = False, config: Config = None) -> None:
    """End the access of a site at once, as when its server was stolen. It may be invited again."""
    _sure(f"Site {number} will be cut off, and its credential is worth nothing from then on.", yes)
    ask_locally(read_configuration(config), "POST", f"/api/sites/{number}/revoke")
    print(f"Site {number} has no access any more. To let it in again: bilin site invite NAME --site {number}")


@site.command
def retire(number: Number, *, yes: Yes = False, config: Config = None) -> None:
    """Close a site for good: its units are at home at headquarters from then on, its number is not used again."""
    _sure(f"Site {number} will be closed for good. First let it follow and be followed to the end.", yes)
    ask_locally(read_configuration(config), "POST", f"/api/sites/{number}/retire")
    print(f"Site {number} is retired.")


@site.command
def rename(
    number: Number,
    name: Annotated[str | None, Parameter(help="What people call it.")] = None,
    *,
    address: Annotated[str | None, Parameter(help="Where browsers open it: https://…; '' for none.")] = None,
    config: Config = None,
) -> None:
    """Give a site another name, or say where browsers open it."""
    changes = {key: value for key, value in (("name", name), ("address", address)) if value is not None}
    ask_locally(read_configuration(config), "PATCH", f"/api/sites/{number}", changes)
    print(f"Site {number} is changed.")


@site.command(name="kept-back")
def kept_back(
    number: Annotated[int | None, Parameter(help="Of one site only.")] = None,
    *,
    accept: Annotated[
        list[str] | None, Parameter(help="Events to believe at every site.", consume_multiple=True)
    ] = None,
    drop: Annotated[list[str] | None, Parameter(help="Events to drop for good.", consume_multiple=True)] = None,
    config: Config = None,
) -> None:
    """Show what other sites sent and may not say, and decide about it; deciding is done at headquarters."""
    settings = read_configuration(config)
    for events, accepted in ((accept, True), (drop, False)):
        if events:
            ask_locally(settings, "POST", "/api/sites/kept-back/settle", {"events": events, "accepted": accepted})
            print(f"{len(events)} events are {'accepted' if accepted else 'dropped'} at every site.")
    told = ask_locally(settings, "GET", "/api/sites/kept-back" + (f"?of={number}" if number else ""))
    print_kept_back(Console(highlight=False), told)


@site.command
def undo(
    number: Number,
    *,
    since: Annotated[datetime | None, Parameter(help="What came since then: 2026-11-30T08:00.")] = None,
    position: Annotated[int | None, Parameter(help="What came after this position of the log here.")] = None,
    accept_kept_back: Annotated[bool | None, Parameter(negative="--drop-kept-back", help="And decide this.")] = None,
    yes: Annotated[bool, Parameter(help="Do it. Without this it is only shown.", negative=())] = False,
    config: Config = None,
) -> None:
    """Undo what a site wrote since it was taken over: messages recalled, words, members, roles and units as they were,
    its passwords void. Without --yes it shows what would be done. Run it at headquarters, after `bilin site revoke`."""
    body = {
        "since_ms": None if since is None else int(since.astimezone().timestamp() * 1000),
        "since_pos": position,
        "accept_kept_back": accept_kept_back,
        "dry_run": not yes,
    }
    told = ask_locally(read_configuration(config), "POST", f"/api/sites/{number}/undo", body)
    print_undone(Console(highlight=False), told)


def _sure(meaning: str, yes: bool) -> None:
    if yes:
        return
    print(meaning)
    if not sys.stdin.isatty() or input("Go on? [y/N] ").strip().lower() not in ("y", "yes"):
        print("Nothing was changed. --yes does it without asking.", file=sys.stderr)
        sys.exit(EXIT_NOT_SURE)


def _print_difference(console: Console, difference: dict[str, Any]) -> None:
    console.print(f"      {difference['what']}", style="bold")
    for place in ("here", "there"):
        console.print(f"        {place:<6}{json.dumps(difference[place], ensure_ascii=False)}", soft_wrap=True)
