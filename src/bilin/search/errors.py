"""Why a query is refused."""

from bilin.core.reasons import Reason


class NothingToFind(Reason, frozen=True, tag="nothing_to_find"):
    """A query without a word, number or filter: marks alone are not looked for."""

    text = "holds nothing that could be looked for"


class NoSuchDay(Reason, frozen=True, tag="no_such_day"):
    """`before:` or `after:` with what is no day."""

    text = "{written} is no day: write 2026-11-30, 2026-11 or 2026"
    written: str


class NoSuchValue(Reason, frozen=True, tag="no_such_value"):
    """A filter with a value that it does not have."""

    text = "{filter} takes one of {values}, not {written}"
    filter: str
    written: str
    values: str
    """Separated by commas."""


class NoValue(Reason, frozen=True, tag="no_value"):
    """A filter that says nothing."""

    text = "say what {filter} is to be"
    filter: str
