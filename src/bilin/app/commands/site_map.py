"""The sites as a small map and a table, for the terminal."""

import time
from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

Told = dict[str, Any]
"""One site, as `GET /api/sites/status` tells it."""
NOTHING = "–"
KIB, MIB = 1024, 1024**2


def print_status(console: Console, status: Told) -> None:
    """The map, the table, and what to look after."""
    sites: Sequence[Told] = status["sites"]
    here = status["here"]
    console.print()
    for line in draw_map(sites, here):
        console.print(line)
    console.print()
    console.print(_table(sites, here))
    for each in sites:
        for alert in each["alerts"]:
            console.print(Text.assemble(("  ! ", "yellow"), f"{_title(each)}: {alert}", _detail(each)))
    if status.get("cut_s"):
        console.print(Text.assemble(("  ! ", "yellow"), f"The line is cut on purpose for {status['cut_s']} s more."))
    for conflict in status.get("login_conflicts", []):
        console.print(Text.assemble(("  ! ", "yellow"), f"The login {conflict['login']} was given at two sites."))


def draw_map(sites: Sequence[Told], here: int) -> list[Text]:
    """Headquarters on the left, a line to every branch; how each stands as this site sees it."""
    founder = next(each for each in sites if each["number"] == 1)
    others = [each for each in sites if each["number"] != 1]
    hub = f"[ {_title(founder)}{' · here' if here == 1 else ''} ]"
    lines = [Text("  ").append(hub, "bold")] if not others else []
    for index, each in enumerate(others):
        left = hub if index == 0 else " " * _width(hub)
        corner = ("──┬" if len(others) > 1 else "───") if index == 0 else ("  └" if index == len(others) - 1 else "  ├")
        line, style = _line_to(each, founder, here)
        name = f"[ {_title(each)}{' · here' if each['number'] == here else ''} ]"
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
    return "reached" if each["reachable"] else f"not reached since {_ago(each['last_contact_ms'])}"


def _table(sites: Sequence[Told], here: int) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for name in (
        "site",
        "state",
        "we lack",
        "they lack",
        "last contact",
        "round trip",
        "clock",
        "in",
        "out",
        "version",
    ):
        table.add_column(name, justify="left" if name in ("site", "state", "version") else "right", no_wrap=True)
    for each in sites:
        table.add_row(f"  {_title(each)}", *(_row(each) if each["number"] != here else ("here", *[""] * 8)))
    return table


def _row(each: Told) -> tuple[str, ...]:
    state = each["state"] if each["state"] != "joined" or each["reachable"] else "unreachable"
    return (
        state,
        _lag(each["behind_events"], each["behind_s"]),
        _lag(each["ahead_events"], each["ahead_s"]),
        _ago(each["last_contact_ms"]),
        _unit(each["round_trip_ms"], "ms"),
        _unit(each["clock_offset_ms"], "ms", "+d"),
        _bytes(each["bytes_in"]),
        _bytes(each["bytes_out"]),
        each["version"] or NOTHING,
    )


def _title(each: Told) -> str:
    return f"{each['number']} {each['name']}".strip()


def _detail(each: Told) -> str:
    return f" ({each['held']['detail']})" if each["held"] else ""


def _lag(events: int, seconds: float) -> str:
    return "nothing" if not events else f"{events:,} ev · {seconds:.0f} s"


def _unit(value: float | None, unit: str, form: str = "") -> str:
    return NOTHING if value is None else f"{round(value):{form}} {unit}"


def _ago(unix_ms: int | None) -> str:
    if unix_ms is None:
        return "never"
    seconds = max(0, round(time.time() - unix_ms / 1000))
    if seconds < 120:
        return f"{seconds} s ago"
    return f"{seconds // 60} min ago" if seconds < 7200 else f"{seconds // 3600} h ago"


def _bytes(count: int) -> str:
    if count < KIB:
        return f"{count} B"
    return f"{count / KIB:.0f} KiB" if count < MIB else f"{count / MIB:.1f} MiB"


def _width(text: str) -> int:
    return Text(text).cell_len
