"""What `bilin site kept-back` and `bilin site undo` print."""

from collections.abc import Mapping
from datetime import datetime

from rich.console import Console

from bilin.app.commands.site_figures import Told

REASONS = {
    "not_at_home": "about a unit or person of another site",
    "stranger": "in the name of somebody who is not there",
    "not_a_member": "in a conversation its author is not in",
    "not_allowed": "its author may not do this",
    "unheard_of": "about something that is not here",
    "number_taken": "under the number of something else",
    "beyond_limits": "larger or of another form than people can write: it can be dropped alone",
    "unknown_type": "not understood: judged after the upgrade",
    "revoked": "its access was ended",
}


def print_kept_back(console: Console, told: Told) -> None:
    """One line an event; what it says is not shown: it may be somebody's message."""
    for each in told["events"]:
        at = datetime.fromtimestamp(each["arrived_ms"] / 1000).astimezone()
        author = f" by {each['actor']}" if each["actor"] else ""
        why = REASONS.get(each["reason"], each["reason"])
        console.print(f"  {each['id']}  site {each['site']}  {at:%Y-%m-%d %H:%M}  {each['type']}{author}: {why}")
    if not told["events"]:
        console.print("Nothing is kept back.")
    if told["more"]:
        console.print("There is more: these are the oldest.")


def print_undone(console: Console, told: Told) -> None:
    """What was written, what puts it back, and what stays."""
    console.print(f"Site {told['site']} wrote:")
    _print_counts(console, told["wrote"])
    console.print("This puts it back:" if told["done"] else "This would put it back:")
    _print_counts(console, told["events"])
    if told["stays"]:
        console.print("This stays: it is for good, or nobody's business but the person's:")
        _print_counts(console, told["stays"])
    if told["kept_back"]:
        console.print(f"{told['kept_back']} further events were never believed: bilin site kept-back {told['site']}")
    if told["more"]:
        console.print("There is more than is undone at once: do it again afterwards.")
    if not told["done"]:
        console.print("Nothing was changed. --yes does it.")


def _print_counts(console: Console, counts: Mapping[str, int]) -> None:
    for name, count in sorted(counts.items()):
        console.print(f"  {count:>8,}  {name}")
    if not counts:
        console.print("         nothing")
