"""`bilin site status` for people: the sites as a small map, their figures, and what to look after."""

import math
from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.text import Text

from bilin.app.commands.site_figures import Told, figures_of, span_since, title_of

MEANINGS = {
    "unreachable": "nothing heard for 6 s or longer",
    "behind": "reached, but more than half a minute behind",
    "clock_off": "its clock and ours differ by more than a minute",
    "kept_back": "it sent what is not its to say, which nobody believes: bilin site kept-back",
    "audit_changed": "its audit chain is not what it was: its tables were changed (`bilin audit verify` there)",
    "audit_set_back": "its log was set back: a backup was put back there, or events were cut off",
    "versions_apart": "more than one version apart: upgrade the older one",
}
"""What is to be read as what docs/administrators/sites.md says of it; `held` says itself why."""


def print_status(console: Console, status: Told) -> None:
    """The map, the figures, and what to look after."""
    sites: Sequence[Told] = status["sites"]
    here = status["here"]
    console.print()
    for line in draw_map(sites, here):
        console.print(line)
    console.print()
    console.print(figures_of(console, sites, here))
    for warning in _warnings(status):
        console.print(Text.assemble(("  ! ", "yellow"), warning))


def draw_map(sites: Sequence[Told], here: int) -> list[Text]:
    """Headquarters on the left, a line to every branch; how each stands as this site sees it."""
    founder = next(each for each in sites if each["number"] == 1)
    others = [each for each in sites if each["number"] != 1]
    hub = f"[ {title_of(founder)}{' · here' if here == 1 else ''} ]"
    lines = [Text("  ").append(hub, "bold")] if not others else []
    for index, each in enumerate(others):
        left = hub if index == 0 else " " * _width(hub)
        corner = ("──┬" if len(others) > 1 else "───") if index == 0 else ("  └" if index == len(others) - 1 else "  ├")
        line, style = _line_to(each, founder, here)
        name = f"[ {title_of(each)}{' · here' if each['number'] == here else ''} ]"
        drawn = Text("  ").append(left, "bold").append(corner, "dim").append(line, style).append(name, "bold")
        lines.append(drawn.append(f" {_standing(each, here)}", "dim"))
    return lines


def _line_to(each: Told, founder: Told, here: int) -> tuple[str, str]:
    """The line between headquarters and a branch: known at its two ends alone; at other branches by who is reached."""
    is_up = founder["reachable"] if each["number"] == here else each["reachable"]
    if each["state"] != "joined":
        return "·····", "dim"
    return ("─────", "green") if is_up else ("──╳──", "red")


def _standing(each: Told, here: int) -> str:
    if each["state"] != "joined":
        return str(each["state"])
    if each["number"] == here:
        return ""
    if each["reachable"]:
        return "reached"
    last = each["last_contact_ms"]
    return "not reached yet" if last is None else f"not reached for {span_since(last)}"


def _warnings(status: Told) -> Iterator[str]:
    for each in status["sites"]:
        for alert in each["alerts"]:
            why = each["held"]["detail"] if alert == "held" and each["held"] else MEANINGS.get(alert)
            yield f"{title_of(each)}: {alert}{f' ({why})' if why else ''}"
    if status.get("cut_s"):
        yield f"The line is cut on purpose for {math.ceil(status['cut_s'])} s more. Sooner: bilin site mend"
    for conflict in status.get("login_conflicts", []):
        login = conflict["login"]
        yield f"The login {login} was given at two sites: the earlier person keeps it, give the other another one."


def _width(text: str) -> int:
    return Text(text).cell_len
