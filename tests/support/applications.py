"""HTTP applications that one test after the other uses: making one costs as much of the processor as a test.

Nothing of an application belongs to its site but `app.state`; two sites that live at the same time have two.
"""

from collections import defaultdict
from collections.abc import Callable
from contextlib import AsyncExitStack
from typing import cast

from litestar import Litestar
from litestar.types import ASGIApp

from bilin.app import web
from bilin.core.forwarding import Application
from bilin.core.site import Site

_idle: dict[Callable[[Site], Litestar], list[Litestar]] = defaultdict(list)


def application_of(site: Site, stack: AsyncExitStack, build: Callable[[Site], Litestar] = web.build_app) -> Litestar:
    """What `build` makes for the site, until the stack ends."""
    idle = _idle[build]
    if idle:
        app = idle.pop()
        app.state.site = site
        if build is web.build_app:
            site.provide(Application, Application(cast("ASGIApp", app)))
    else:
        app = build(site)
    stack.callback(idle.append, app)
    return app
