"""The engine warns of what goes wrong on the way; in a simulation everything does."""

import logging

import structlog


def be_quiet() -> None:
    """Say nothing below an error that nobody could cause."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
