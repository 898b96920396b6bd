"""The engine warns of what goes wrong on the way; in a simulation everything does."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import structlog


def be_quiet() -> None:
    """Say nothing below an error that nobody could cause."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))


@contextmanager
def quietly() -> Iterator[None]:
    """For the time of the block: other tests of this process want to hear what goes wrong."""
    before = structlog.get_config()["wrapper_class"]
    be_quiet()
    try:
        yield
    finally:
        structlog.configure(wrapper_class=before)
