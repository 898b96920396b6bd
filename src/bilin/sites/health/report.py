"""How the sites are, for those who look after them: the answer of GET /api/sites/status, and the same as metrics."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress

import msgspec

from bilin import __version__
from bilin.core.database import Connection, reading
from bilin.core.errors import Unavailable
from bilin.core.ids import PersonId, time_ms, wall_ms
from bilin.core.log.runs import Position
from bilin.core.site import Site
from bilin.sites.health import metrics
from bilin.sites.registry.model import KnownSite, SiteAlert, SiteState
from bilin.sites.replication.following.follower import FollowerState
from bilin.sites.replication.following.retry import Trouble
from bilin.sites.replication.network import Network
from bilin.sites.replication.peer_state import PeerState

METRICS_S = 10.0
"""Prometheus asks every 15 s or more seldom."""
KEPT_BACK_MS = 60_000
"""What is kept back for longer is shown: until then it mostly waits for what another site tells."""
MAX_VERSION_CHARS = 50
"""It is what another site says."""


class LoginConflict(msgspec.Struct, frozen=True):
    """A login that sites gave several times while they were cut off from each other. The first of these people signs in
    with it, the others cannot until they get another one."""

    login: str
    people: tuple[PersonId, ...]


async def login_conflicts_here(_: Connection) -> Sequence[LoginConflict]:
    """Logins that two accounts have: identity knows them (`Feature.ports`)."""
    return ()


class SiteReport(msgspec.Struct, frozen=True):
    """How one site is. What is of other sites only is null for this one."""

    number: int
    name: str
    address: str
    state: SiteState
    reachable: bool
    version: str | None
    last_contact_ms: int | None
    clock_offset_ms: int | None
    round_trip_ms: int | None
    behind_events: int
    """Positions of its log that are not followed here."""
    behind_s: float
    ahead_events: int
    """Positions of this log that it has not followed."""
    ahead_s: float
    position: Position | None
    followed_pos: int
    needs: int
    bytes_in: int
    bytes_out: int
    held: Trouble | None
    kept_back: int
    """Events of it that it may not say: judged again when more is known, and shown to administrators."""
    kept_back_since_ms: int | None
    alerts: list[SiteAlert]


def report(network: Network, head: int) -> list[SiteReport]:
    """All sites, by number. `head` is the end of this log."""
    states = network.followers.states
    sites = [network.roll.sites[number] for number in sorted(network.roll.sites)]
    return [_report(network, site, states.get(site.number), head) for site in sites]


def _report(network: Network, site: KnownSite, following: FollowerState | None, head: int) -> SiteReport:
    is_other = site.state == "joined" and site.number != network.here
    peer_state = network.peer_state(site.number) if is_other else PeerState(site.number)
    trouble = following.trouble if following is not None else None
    behind, behind_s = peer_state.behind(network.followed(site.number)) if is_other else (0, 0.0)
    ahead, ahead_s = peer_state.ahead(head) if is_other else (0, 0.0)
    came, went = network.traffic(site.number)
    kept = network.kept_back.get(site.number)
    since_ms = None if kept is None else time_ms(kept.since)
    alerts = peer_state.alerts(behind_s, trouble.code if trouble else None) if is_other else []
    if since_ms is not None and wall_ms() - since_ms > KEPT_BACK_MS:
        alerts.append("kept_back")
    return SiteReport(
        number=site.number,
        name=site.name,
        address=site.address,
        state=site.state,
        reachable=network.is_reachable(site.number),
        version=_version(network, peer_state),
        last_contact_ms=peer_state.heard_ms,
        clock_offset_ms=peer_state.clock_offset_ms,
        round_trip_ms=peer_state.round_trip_ms,
        behind_events=behind,
        behind_s=round(behind_s, 1),
        ahead_events=ahead,
        ahead_s=round(ahead_s, 1),
        position=peer_state.status.position if peer_state.status else None,
        followed_pos=network.followed(site.number).pos,
        needs=following.needs if following is not None else 0,
        bytes_in=came,
        bytes_out=went,
        held=trouble if trouble is not None and trouble.code != "sites.unreachable" else None,
        kept_back=0 if kept is None else kept.events,
        kept_back_since_ms=since_ms,
        alerts=alerts,
    )


def _version(network: Network, peer_state: PeerState) -> str | None:
    if peer_state.number == network.here:
        return __version__
    return peer_state.status.program[:MAX_VERSION_CHARS] if peer_state.status else None


async def keep_metrics(site: Site, network: Network) -> None:
    """Show the same as metrics, for ever."""
    while True:
        with suppress(Unavailable):
            async with reading(site.pool) as db:
                await network.count_kept_back(db)
        for each in report(network, site.tail.pos):
            if each.number != network.here and each.state in ("joined", "revoked"):
                _show(each)
        await asyncio.sleep(METRICS_S)


def _show(each: SiteReport) -> None:
    metrics.unreachable.labels(each.number).set("unreachable" in each.alerts)
    metrics.behind_events.labels(each.number).set(each.behind_events)
    metrics.behind_seconds.labels(each.number).set(each.behind_s)
    metrics.ahead_events.labels(each.number).set(each.ahead_events)
    metrics.needs.labels(each.number).set(each.needs)
    metrics.audit_differs.labels(each.number).set(any(alert.startswith("audit_") for alert in each.alerts))
    metrics.held.labels(each.number).set(each.held is not None)
    metrics.kept_back.labels(each.number).set(each.kept_back)
    if each.clock_offset_ms is not None and each.round_trip_ms is not None:
        metrics.clock_offset_seconds.labels(each.number).set(each.clock_offset_ms / 1000)
        metrics.round_trip_seconds.labels(each.number).set(each.round_trip_ms / 1000)
