"""Checking the fields of a command: every field that is wrong is told at once, each with its reason."""

from collections.abc import Callable
from typing import TypeVar

from bilin.core.errors import Invalid
from bilin.core.reasons import Reason, Wrong

Given = TypeVar("Given")
Checked = TypeVar("Checked")


class Fields:
    """Collects reasons. A rule takes a value and returns it as it is to be stored, or raises `Wrong`."""

    def __init__(self) -> None:
        self.wrong: dict[str, Reason] = {}

    def take(self, field: str, rule: Callable[[Given], Checked], value: Given) -> Checked | None:
        """The value as it is to be stored; None when it is wrong (then `check` will raise)."""
        try:
            return rule(value)
        except Wrong as wrong:
            self.wrong[field] = wrong.reason
            return None

    def check(self) -> None:
        """Raise `Invalid` when anything was wrong."""
        if self.wrong:
            raise Invalid(reasons=self.wrong)


def checked(field: str, rule: Callable[[Given], Checked], value: Given) -> Checked:
    """A single value as it is to be stored. Raises `Invalid`."""
    try:
        return rule(value)
    except Wrong as wrong:
        raise Invalid(reasons={field: wrong.reason}) from wrong
