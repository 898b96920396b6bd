"""Figures about the other sites, for alerts."""

from prometheus_client import Gauge

from bilin.core.telemetry import registry

unreachable = Gauge("bilin_sites_unreachable", "1 while a site was silent for 6 s", ["site"], registry=registry)
behind_events = Gauge(
    "bilin_sites_behind_events", "Positions of a site's log that are not followed yet", ["site"], registry=registry
)
behind_seconds = Gauge(
    "bilin_sites_behind_seconds",
    "How long a site's log was not followed to its end",
    ["site"],
    registry=registry,
)
ahead_events = Gauge(
    "bilin_sites_ahead_events", "Positions of this site's log that a site has not followed", ["site"], registry=registry
)
clock_offset_seconds = Gauge(
    "bilin_sites_clock_offset_seconds", "How far a site's clock is ahead of this one", ["site"], registry=registry
)
round_trip_seconds = Gauge(
    "bilin_sites_round_trip_seconds", "Time of a question to a site and its answer", ["site"], registry=registry
)
needs = Gauge("bilin_sites_needs", "Conversations still to be fetched from a site", ["site"], registry=registry)
held = Gauge("bilin_sites_held", "1 while following a site does not go on", ["site"], registry=registry)
kept_back = Gauge(
    "bilin_sites_kept_back",
    "Events of a site that are not its to say, and are not believed",
    ["site"],
    registry=registry,
)
audit_differs = Gauge(
    "bilin_sites_audit_differs", "1 while a site's audit chain is not what was heard of it", ["site"], registry=registry
)
