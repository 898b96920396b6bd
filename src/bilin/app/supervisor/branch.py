"""What whoever runs `bilin serve` sees of joining: the line to headquarters, then the first copy."""

import asyncio
import time
from typing import Any

from bilin.app.supervisor.errors import JoinFailed
from bilin.app.supervisor.health import get_json
from bilin.app.supervisor.progress import Progress
from bilin.core.settings import HttpSettings
from bilin.sites import enrolment

LOOK_EVERY_S = 0.3
PATIENCE_S = 15.0
"""How long `--join` waits for headquarters before it gives up, with nothing changed."""


class Branch:
    """Joining, as this server's own web process tells it."""

    def __init__(self, http: HttpSettings, progress: Progress, places: enrolment.SiteFiles) -> None:
        self._http, self._progress, self._places = http, progress, places

    async def join(self, *, was_asked: bool) -> None:
        """Returns once headquarters has answered. Raises `JoinFailed` when it will not; then nothing has changed.

        Who asked for it just now (`was_asked`) is told when headquarters does not answer for `PATIENCE_S`; a server
        that was interrupted while it joined goes on trying.
        """
        began = time.monotonic()
        async with self._progress.step("Joining headquarters", "Joined headquarters"):
            while not self._places.identity.exists():
                told = await self._told()
                problem = told.get("problem") or {}
                if told.get("phase") == "refused":
                    raise JoinFailed(problem)
                if problem:
                    self._progress.doing(f"Joining headquarters: {problem['detail']}")
                if problem and was_asked and time.monotonic() - began > PATIENCE_S:
                    enrolment.give_up(self._places)
                    raise JoinFailed(problem)
                await asyncio.sleep(LOOK_EVERY_S)

    async def copy(self) -> None:
        """Shows the first copy until it is complete; returns at once when there is none."""
        if not self._places.copying.exists():
            return
        async with self._progress.step("Copying from headquarters", "Copied from headquarters"):
            while self._places.copying.exists():
                told = await self._told()
                if told.get("phase") == "copying":
                    done, total = told["done"], told["total"]
                    self._progress.doing(f"Copying from headquarters: {done:,} of {total:,} events")
                await asyncio.sleep(LOOK_EVERY_S)

    async def _told(self) -> dict[str, Any]:
        answer = await get_json(self._http.host, self._http.port, "/api/setup")
        return (answer[1].get("joining") or {}) if answer else {}
