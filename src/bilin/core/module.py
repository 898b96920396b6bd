"""The manifest of a module: what it brings to the program. `bilin.app.modules` has the list of all of them."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

from bilin.core.log import Follower
from bilin.core.site import Background, Site


@dataclass(frozen=True, slots=True)
class Module:
    """One module. Importing it has already registered its events, appliers and settings section.

    `start` runs in the web process before the first request: it provides what other modules ask for, and listens to
    the tail. `followers` run in the worker process, and so does `background`: tasks for the whole life of the process,
    begun anew when they fail.
    """

    name: str
    routes: Sequence[Any] = ()
    start: Callable[[Site], Awaitable[None]] | None = None
    followers: Callable[[Site], Sequence[Follower]] | None = None
    background: Callable[[Site], Sequence[Background]] | None = None
    """Called before the tail starts, so that it may listen; the tasks begin after."""
