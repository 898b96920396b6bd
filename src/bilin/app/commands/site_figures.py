"""What is known of each site in figures, for the terminal: a table, or some lines a site where that is too wide."""

import time
from collections.abc import Iterator, Sequence
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

Told = dict[str, Any]
"""One site, as `GET /api/sites/status` tells it."""
FIGURES = ("we lack", "they lack", "last contact", "round trip", "clock", "version", "in", "out")
LEFT = ("site", "state", "version")
VALUE_COLUMNS = 22
WIDE = 1_000
NOTHING = "–"
KIB, MIB = 1024, 1024**2


def figures_of(console: Console, sites: Sequence[Told], here: int) -> RenderableType:
    """As wide as the console allows."""
    table = _table(sites, here)
    needed = Measurement.get(console, console.options.update_width(WIDE), table).maximum
    return table if needed <= console.width else Group(*_blocks(sites, here))


def title_of(site: Told) -> str:
    """Its number, which commands ask for, and its name."""
    return f"{site['number']} {site['name']}".strip()


def ago(unix_ms: int | None) -> str:
    """How long something is past."""
    return "never" if unix_ms is None else f"{span_since(unix_ms)} ago"


def span_since(unix_ms: int) -> str:
    """The time from a moment until now."""
    seconds = max(0, round(time.time() - unix_ms / 1000))
    if seconds < 120:
        return f"{seconds} s"
    return f"{seconds // 60} min" if seconds < 7200 else f"{seconds // 3600} h"


def _table(sites: Sequence[Told], here: int) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for name in ("  site", "state", *FIGURES):
        table.add_column(name, justify="left" if name.strip() in LEFT else "right", no_wrap=True)
    for each in sites:
        table.add_row(f"  {title_of(each)}", _state(each, here), *_figures(each, here))
    return table


def _blocks(sites: Sequence[Told], here: int) -> Iterator[RenderableType]:
    """Two figures a line, in the same places for every site."""
    for each in sites:
        yield Text.assemble("  ", (title_of(each), "bold"), f"  {_state(each, here)}")
        figures = [pair for pair in zip(FIGURES, _figures(each, here), strict=True) if pair[1]]
        grid = Table.grid(padding=(0, 2, 0, 0))
        for style, width in (("dim", 0), ("dim", 12), ("", VALUE_COLUMNS), ("dim", 10), ("", VALUE_COLUMNS)):
            grid.add_column(style=style, min_width=width, no_wrap=True)
        for left, right in zip(figures[::2], figures[1::2], strict=True):
            grid.add_row("  ", *left, *right)
        if figures:
            yield grid


def _state(site: Told, here: int) -> str:
    if site["number"] == here:
        return "here"
    return "unreachable" if site["state"] == "joined" and not site["reachable"] else str(site["state"])


def _figures(site: Told, here: int) -> tuple[str, ...]:
    """In the order of `FIGURES`; nothing of this site itself and of those that take no part."""
    if site["number"] == here or site["state"] != "joined":
        return ("",) * len(FIGURES)
    return (
        _lag(site["behind_events"], site["behind_s"]),
        _lag(site["ahead_events"], site["ahead_s"]),
        ago(site["last_contact_ms"]),
        _unit(site["round_trip_ms"], "ms"),
        _unit(site["clock_offset_ms"], "ms", "+d"),
        site["version"] or NOTHING,
        _bytes(site["bytes_in"]),
        _bytes(site["bytes_out"]),
    )


def _lag(events: int, seconds: float) -> str:
    return "nothing" if not events else f"{events:,} ev · {seconds:.0f} s"


def _unit(value: float | None, unit: str, form: str = "") -> str:
    return NOTHING if value is None else f"{round(value):{form}} {unit}"


def _bytes(count: int) -> str:
    if count < KIB:
        return f"{count} B"
    return f"{count / KIB:.0f} KiB" if count < MIB else f"{count / MIB:.1f} MiB"
