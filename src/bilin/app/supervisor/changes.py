"""What changes while a site runs, and what has to be started again for it.

The web process writes files: who may speak in the account between sites, an invitation to use, which site this is.
Files survive whoever writes or reads them, so looking at them now and then needs no other agreement between processes.
"""

import asyncio
import signal
from collections.abc import Callable, Sequence
from pathlib import Path
from time import monotonic

from bilin.app.embedded import EmbeddedNats
from bilin.app.processes import KeptService
from bilin.app.supervisor.progress import Progress
from bilin.core.backoff import Backoff
from bilin.core.settings import Settings
from bilin.sites import enrolment

LOOK_EVERY_S = 2.0
AGAIN_S = 5.0
RENEWED_WITHIN_S = 3600.0
"""How often it is looked whether the certificate is to be renewed."""

Stamp = tuple[tuple[int, int] | None, ...]


class Changes:
    """Watches the files of one data folder."""

    def __init__(
        self,
        settings: Settings,
        progress: Progress,
        kept: Sequence[KeptService],
        processes: Sequence[KeptService],
        on_identity: Callable[[], None],
    ) -> None:
        """`on_identity` reads the settings again, before anything is started with them."""
        self._places, self._hosts = enrolment.files_of(settings), enrolment.certified_hosts(settings)
        self._progress, self._kept, self._processes, self._on_identity = progress, kept, processes, on_identity
        self._identity = self._stamp_of_identity()
        self._stamp: Stamp = ()
        self._account = self._account_text()
        """What a NATS of the company's own has been told to read."""
        self._certificate = _stamp(self._places.certificate)
        """The one that NATS has read."""
        self._looked_at = monotonic()
        self._looking = asyncio.Lock()

    async def run(self) -> None:
        """Look, for ever."""
        again = Backoff(AGAIN_S, 30.0)
        while True:
            try:
                await self.look()
                again.went_well()
                await asyncio.sleep(LOOK_EVERY_S)
            except Exception as failed:  # whatever it is: who stops looking takes no change over any more
                self._progress.note(f"A change cannot be taken over: {failed}; trying again")
                await again.wait()

    async def look(self) -> None:
        """Start again what a change asks for. Raises what stands in its way; the next look tries again."""
        async with self._looking:
            await self._look()

    async def _look(self) -> None:
        places = self._places
        files = (places.identity, places.joining, places.account, places.credential)
        stamp = tuple(_stamp(path) for path in files)
        is_recent = monotonic() - self._looked_at < RENEWED_WITHIN_S
        if stamp == self._stamp and is_recent and not self._is_blocked():
            return
        self._looked_at = monotonic()
        if (identity := self._stamp_of_identity()) != self._identity:
            self._progress.note("This server is a site of a company now; starting with its new identity")
            self._on_identity()
            await self._look_at_nats()
            for each in self._processes:
                await each.restart()
            self._identity = identity
        else:
            await self._look_at_nats()
        self._stamp = stamp

    def _is_blocked(self) -> bool:
        """Another program has the port for other sites: it may let go of it."""
        return any(isinstance(kept.service, EmbeddedNats) and kept.service.is_blocked for kept in self._kept)

    async def _look_at_nats(self) -> None:
        """Other lines, and access that ended, take a start; whoever is new is let in without one."""
        if not any(isinstance(kept.service, EmbeddedNats) for kept in self._kept):
            self._tell_whose_nats_it_is()
        for kept in self._kept:
            if not isinstance(nats := kept.service, EmbeddedNats):
                continue
            running, wanted = nats.running, nats.wanted()
            shown, self._certificate = self._certificate, _stamp(self._places.certificate)
            if running == wanted:
                if shown != self._certificate:
                    kept.send(signal.SIGHUP)  # it reads certificates again, and keeps its connections
                continue
            if running.text != wanted.text or enrolment.ended(running.account, wanted.account):
                await kept.restart()
            else:
                kept.send(signal.SIGHUP)
                nats.running = wanted

    def _tell_whose_nats_it_is(self) -> None:
        """A NATS of the company's own is not ours to signal."""
        if self._places.certificate.exists():
            enrolment.ensure_certificates(self._places, self._hosts)
            shown, self._certificate = self._certificate, _stamp(self._places.certificate)
            if shown not in (None, self._certificate):
                self._progress.note("The certificate for other sites was renewed: nats-server --signal reload")
        before, self._account = self._account, self._account_text()
        if before == self._account:
            return
        if enrolment.ended(before, self._account):
            self._progress.note("A site's access ended: restart your NATS, it keeps old connections")
        else:
            self._progress.note("Let your NATS read nats/sites.conf again: nats-server --signal reload")

    def _account_text(self) -> str:
        path = self._places.account
        return path.read_text() if path.exists() else ""

    def _stamp_of_identity(self) -> tuple[int, int] | None:
        return _stamp(self._places.identity)


def _stamp(path: Path) -> tuple[int, int] | None:
    """When a file was written and how long it is; None: there is none."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_mtime_ns, found.st_size
