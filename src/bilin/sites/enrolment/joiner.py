"""An empty server that becomes a site: it asks headquarters until it is answered, and tells people how far it is."""

import asyncio
import time
from typing import Literal, cast

import msgspec
import structlog

from bilin import __version__
from bilin.core.bus import Bus, NoAnswer
from bilin.core.database import Connection, reading
from bilin.core.errors import BilinError
from bilin.core.ids import wall_ms
from bilin.core.ownership import FOUNDER
from bilin.core.private_files import secret_in
from bilin.core.settings import NatsSettings
from bilin.core.site import Site
from bilin.sites.enrolment.errors import HasCompany, IsJoining, JoinedAlready, NoLine, TokenRefused
from bilin.sites.enrolment.files import files_of
from bilin.sites.enrolment.identity import Copying, become, copying_of
from bilin.sites.enrolment.messages import Join, JoinAnswer, Joined, join_subject
from bilin.sites.enrolment.nats_accounts import inbox_of
from bilin.sites.enrolment.pending import Pending, begin, give_up, pending_invitation
from bilin.sites.enrolment.token import read_token
from bilin.sites.registry.settings import SitesSettings
from bilin.sites.replication.errors import SiteUnreachable, VersionsApart
from bilin.sites.replication.transport.envelope import pack, unpack
from bilin.sites.replication.transport.wire import Refused

logger = structlog.get_logger(__name__)

ASK_TIMEOUT_S = 5.0
ASK_EVERY_S = 0.5
UNREACHABLE_AFTER_S = 5.0
"""A line needs a moment to come up; after that people are told that it does not."""
TOLD_FOR_S = 60.0
"""How long the end of the first copy is told, so that a page that asks now and then sees it."""
HAS_EVENTS = "SELECT EXISTS (SELECT FROM core.log)"
SELECT_COPIED = "SELECT pos FROM sites.position WHERE holder = $1 AND whose = $1"
UNREACHABLE_HINT = (
    "Check that headquarters runs, that its port for sites is open to this machine, and sites.proxy if there is one. "
    "It is tried again until the token is too old."
)
REFUSALS: dict[str, type[BilinError]] = {kind.code: kind for kind in (TokenRefused, VersionsApart)}

Phase = Literal["connecting", "copying", "following", "refused"]


class InTheWay(msgspec.Struct, frozen=True):
    """Why joining does not go on: an error, without its parameters."""

    code: str
    title: str
    detail: str
    hint: str


class Joining(msgspec.Struct, frozen=True):
    """How far joining has come, as `GET /api/setup` tells it."""

    site: int
    name: str
    phase: Phase
    done: int = 0
    """Positions of headquarters' log that are here."""
    total: int = 0
    problem: InTheWay | None = None


class Joiner:
    """One in the web process. It asks while an invitation is pending; the supervisor sees to the line."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._places = files_of(site.settings)
        self._own = site.settings[SitesSettings]
        self._stir = asyncio.Event()
        self._problem: BilinError | None = None
        self._refused: Pending | None = None
        self._arrived: tuple[Copying, float] | None = None

    @property
    def is_branch(self) -> bool:
        """Whether this folder is a site that joined."""
        return self._places.identity.exists()

    def require_free(self) -> None:
        """Pass when nobody is joining or has joined here. Raises `IsJoining`."""
        if self.is_branch or pending_invitation(self._places) is not None:
            raise IsJoining

    async def begin(self, text: str) -> Pending:
        """Use a token. Raises `TokenRefused`, `HasCompany`, `JoinedAlready` or `NoLine`; then nothing has changed."""
        token = read_token(text)
        if self.is_branch:
            raise JoinedAlready
        if self._site.settings[NatsSettings].url and not self._own.nats_url:
            raise NoLine
        await self._require_empty()
        pending = begin(self._places, token)
        self._problem = self._refused = None
        self._stir.set()
        return pending

    async def progress(self, db: Connection) -> Joining | None:
        """How far it is; None on a server that is not joining."""
        pending = pending_invitation(self._places)
        if self.is_branch:
            return await self._copied(db)
        if pending is not None:
            return Joining(pending.site, pending.name, "connecting", problem=_told(self._problem))
        if self._refused is not None:
            return Joining(self._refused.site, self._refused.name, "refused", problem=_told(self._problem))
        return None

    async def run(self) -> None:
        """Use whatever invitation is pending, until stopped."""
        while True:
            self._stir.clear()
            pending = None if self.is_branch else pending_invitation(self._places)
            if pending is None:
                await self._stir.wait()
                continue
            try:
                await self._join(pending)
            except BilinError as refused:
                logger.warning("sites.join_refused", code=refused.code, detail=refused.detail)
                self._problem, self._refused = refused, pending
                if pending_invitation(self._places) == pending:
                    give_up(self._places)

    async def _join(self, pending: Pending) -> None:
        """Ask until there is an answer. Raises why there will be none."""
        bus = Bus(self._own.nats_url, inbox_of(pending.invitation))
        await bus.open()
        try:
            answer = await self._ask(bus, pending)
        finally:
            await bus.close()
        if isinstance(answer, Joined):
            await self._require_empty()
            become(self._places, pending, answer)
            logger.info("sites.joined_here", number=answer.site, name=answer.name)

    async def _ask(self, bus: Bus, pending: Pending) -> Joined | None:
        """The answer; None when another token took the place of this one."""
        question = pack(Join(self._nonce(), __version__))
        began = time.monotonic()
        while pending_invitation(self._places) == pending:
            await self._require_empty()
            try:
                payload = await bus.request(join_subject(pending.invitation), question, ASK_TIMEOUT_S)
            except NoAnswer:
                self._note_silence(pending, time.monotonic() - began)
                await asyncio.sleep(ASK_EVERY_S)
                continue
            answer: JoinAnswer = unpack(payload, cast("type[JoinAnswer]", JoinAnswer))
            if isinstance(answer, Refused):
                raise REFUSALS.get(answer.code, TokenRefused)(answer.detail)
            return answer
        return None

    def _note_silence(self, pending: Pending, silent_s: float) -> None:
        if wall_ms() > pending.expires_ms:
            raise TokenRefused("The token is too old, and headquarters did not answer.")
        if silent_s > UNREACHABLE_AFTER_S:
            places = ", ".join(pending.addresses)
            self._problem = SiteUnreachable(f"Headquarters does not answer at {places}.")
            self._problem.hint = UNREACHABLE_HINT  # type: ignore[misc]

    async def _require_empty(self) -> None:
        async with reading(self._site.pool) as db:
            if await db.fetchval(HAS_EVENTS):
                raise HasCompany

    async def _copied(self, db: Connection) -> Joining | None:
        copying = copying_of(self._places)
        if copying is not None and self._site.number != copying.site:  # the new identity takes a restart
            return Joining(copying.site, copying.name, "connecting")
        if copying is not None:
            done: int = await db.fetchval(SELECT_COPIED, FOUNDER) or 0
            if done < copying.total:
                return Joining(copying.site, copying.name, "copying", done, copying.total)
            self._arrived = (copying, time.monotonic())
            self._places.copying.unlink(missing_ok=True)
        if self._arrived is None or time.monotonic() - self._arrived[1] > TOLD_FOR_S:
            return None
        here = self._arrived[0]
        return Joining(here.site, here.name, "following", here.total, here.total)

    def _nonce(self) -> str:
        """The same for every attempt of this folder: an answer that was lost is given again."""
        return secret_in(self._places.nonce)


def _told(problem: BilinError | None) -> InTheWay | None:
    return None if problem is None else InTheWay(problem.code, problem.title, problem.detail, problem.hint)
