"""Checks: what `bilin doctor` looks at. Modules declare theirs (`Module(checks=…)`).

A check reads, and changes nothing: neither schema nor files nor modes. Of what it cannot look at it says so
(`unchecked`), and never that it is well. It speaks to whoever runs the server: what is so, what it means, what to do.
"""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

import msgspec

from bilin.core.database import Pool
from bilin.core.settings import Settings

Health = Literal["well", "warning", "broken", "unchecked"]


class Observation(msgspec.Struct, frozen=True):
    """One thing that was looked at."""

    check: str
    """What was looked at, stable: `core.disk`."""
    health: Health
    said: str
    """A sentence with numbers and names."""
    advice: str = ""
    """What to do about it."""


@dataclass(frozen=True, slots=True)
class Examined:
    """What a check may use. `pool` is None while no database can be reached."""

    settings: Settings
    folder: Path
    pool: "Pool | None"


Check: TypeAlias = Callable[[Examined], AsyncIterator[Observation]]


def well(check: str, said: str) -> Observation:
    """It is as it should be."""
    return Observation(check, "well", said)


def warning(check: str, said: str, advice: str) -> Observation:
    """It works, and may not for long."""
    return Observation(check, "warning", said, advice)


def broken(check: str, said: str, advice: str) -> Observation:
    """It does not work, or something is lost when it goes on like that."""
    return Observation(check, "broken", said, advice)


def unchecked(check: str, said: str, advice: str = "") -> Observation:
    """It could not be looked at."""
    return Observation(check, "unchecked", said, advice)
