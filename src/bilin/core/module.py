"""The manifest of a module: what it brings to the program. `bilin.app.modules` has the list of all of them."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

from bilin.core.log import Follower
from bilin.core.site import Site


@dataclass(frozen=True, slots=True)
class Module:
    """One module. Importing it has already registered its events, appliers and settings section.

    `start` runs in the web process before the first request: it provides what other modules ask for, and listens to
    the tail. `followers` run in the worker process.
    """

    name: str
    routes: Sequence[Any] = ()
    start: Callable[[Site], Awaitable[None]] | None = None
    followers: Callable[[Site], Sequence[Follower]] | None = None
