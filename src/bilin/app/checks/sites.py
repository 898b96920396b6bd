"""The other sites of the company, as the server that runs sees them."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from typing import Any

from bilin.app.local_server import NoCompanyYet, ask_locally
from bilin.app.supervisor.folder import running_web
from bilin.core.checks import Examined, Health, Observation, unchecked, well

NAME = "sites.reached"
PATIENCE_S = 5.0
ALERTS: dict[str, tuple[Health, str, str]] = {
    "unreachable": (
        "warning",
        "is not reached: what is at home there cannot be changed here, and nothing of it arrives.",
        "Is its server on, and the line to it? `bilin site status` tells since when.",
    ),
    "behind": (
        "warning",
        "is reached, but its log is not followed to its end.",
        "Wait; if it stays, look at the logs.",
    ),
    "clock_off": ("warning", "has another time than this machine.", "Run an NTP client at both."),
    "versions_apart": (
        "broken",
        "runs a version that is too far from this one: nothing goes on between them.",
        "Upgrade the older of the two.",
    ),
    "held": ("broken", "is not followed any more: something it sent could not be taken in.", "`bilin site status`"),
    "audit_changed": (
        "broken",
        "has another audit chain than it told before: somebody changed its past.",
        "Run `bilin audit verify` there, and change nothing before.",
    ),
    "audit_set_back": (
        "broken",
        "has less in its audit chain than it told before: it was set back.",
        "If a backup was put back there, say so at that site: `bilin audit accept-restored-backup`.",
    ),
}
"""What the server says of a site; `kept_back` is looked at in the database."""


async def look_at_sites(examined: Examined) -> AsyncIterator[Observation]:
    """Whether the lines to them are good."""
    if running_web(examined.folder) is None:
        yield unchecked(NAME, "Whether other sites are reached is known while the server runs.")
        return
    try:
        told = await asyncio.to_thread(ask_locally, examined.settings, "GET", "/api/sites/status", within_s=PATIENCE_S)
    except NoCompanyYet:
        return
    for site in told["sites"]:
        if site["state"] == "joined" and site["number"] != told["here"]:
            for observation in _of(site):
                yield observation


def _of(site: dict[str, Any]) -> Iterator[Observation]:
    what = f"Site {site['number']}, {site['name']},"
    found = [ALERTS[alert] for alert in site["alerts"] if alert in ALERTS]
    for health, said, advice in found:
        yield Observation(NAME, health, f"{what} {said}", advice)
    if not found:
        yield well(NAME, f"{what} is reached, and followed to the end of its log.")
