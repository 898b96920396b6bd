"""Logs (structlog) and metrics (Prometheus). Log events are short verbs with fields, never message text."""

import logging
import sys
from typing import TextIO

import structlog
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from bilin.core.settings import LogSettings

registry = CollectorRegistry()
"""The figures of this process."""
of_site = CollectorRegistry()
"""Figures of the site, which any of its processes finds in the database when it is asked."""
log_events = Counter("bilin_log_events", "Events committed to the log by this process", registry=registry)
log_commits = Counter("bilin_log_commits", "Commits of the log writer", registry=registry)
tail_position = Gauge(
    "bilin_tail_position", "Position of the log up to which this process has heard", registry=registry
)
tail_filled = Counter("bilin_tail_filled", "Entries the bus lost, read from the database", registry=registry)
listener_failures = Counter(
    "bilin_tail_listener_failures", "Listeners of the tail that had to start over", ["listener"], registry=registry
)
task_failures = Counter("bilin_task_failures", "Background tasks that failed or ended", ["task"], registry=registry)
follower_position = Gauge("bilin_follower_position", "Position a follower has reached", ["follower"], registry=registry)
follower_failures = Counter("bilin_follower_failures", "Failures of a follower", ["follower"], registry=registry)
sockets_open = Gauge("bilin_sockets_open", "Open WebSocket connections", registry=registry)
commit_seconds = Histogram(
    "bilin_commit_seconds",
    "Time of one commit of the log writer",
    buckets=(0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5),
    registry=registry,
)


class LibraryLog(logging.Handler):
    """What libraries have to say goes where our own events go, as `library.said`: one line, in the same format."""

    def emit(self, record: logging.LogRecord) -> None:
        cause = record.exc_info[1] if record.exc_info else None
        about: dict[str, object] = {"library": record.name, "said": record.getMessage()}
        if cause is not None:
            about["reason"] = repr(cause)
        if record.levelno >= logging.ERROR:  # a trace is for mistakes; a lost connection is none
            about["exc_info"] = cause
        structlog.get_logger(__name__).log(record.levelno, "library.said", **about)


def is_text(settings: LogSettings, stream: TextIO) -> bool:
    """Whether people read along: lines for them on a terminal, JSON in a file or a pipe, unless the settings say."""
    return settings.format == "text" or (settings.format == "auto" and stream.isatty())


def configure_logging(settings: LogSettings) -> None:
    """Set up structlog for this process: readable lines on a terminal and warnings only there; JSON elsewhere."""
    is_terminal = sys.stderr.isatty()
    as_text = is_text(settings, sys.stderr)
    level = ("warning" if is_terminal else "info") if settings.level == "auto" else settings.level
    renderer = structlog.dev.ConsoleRenderer() if as_text else structlog.processors.JSONRenderer(ensure_ascii=False)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.StackInfoRenderer(),
            structlog.processors.format_exc_info,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level.upper())),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    logging.basicConfig(handlers=[LibraryLog()], level=logging.WARNING, force=True)
