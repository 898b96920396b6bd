"""Headquarters' answer to an invited server: checks the invitation, records that it was used, gives the credential."""

import structlog

from bilin.core.bus import Bus
from bilin.core.database import head, snapshot, versions
from bilin.core.errors import BilinError, Stale, Unavailable
from bilin.core.ids import Id, wall_ms
from bilin.core.log import Decision, Expect
from bilin.core.site import Site
from bilin.sites.enrolment.account_file import Doorkeeper
from bilin.sites.enrolment.errors import TokenRefused
from bilin.sites.enrolment.invitations import Invitation, invitation_by_id
from bilin.sites.enrolment.messages import Join, JoinAnswer, Joined, digest_of, join_subject
from bilin.sites.registry.events import SITES, SiteJoined, invitation_entity
from bilin.sites.registry.settings import SitesSettings
from bilin.sites.replication.transport.envelope import pack, unpack
from bilin.sites.replication.transport.wire import Refused

logger = structlog.get_logger(__name__)

ATTEMPTS = 5


class Admission:
    """Answers `bilin.sites.join.<invitation>`. NATS has checked the invitation's secret before anything comes here."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._own = site.settings[SitesSettings]

    async def listen(self, bus: Bus) -> None:
        """Answer from now on."""
        await bus.answer(join_subject("*"), self.answer)

    async def answer(self, subject: str, payload: bytes) -> bytes:
        """Joined, or why not."""
        answer: JoinAnswer
        try:
            answer = await self.admit(Id(int(subject.rpartition(".")[2])), unpack(payload, Join))
        except BilinError as refused:
            logger.warning("sites.join_refused", subject=subject, code=refused.code, detail=refused.detail)
            answer = Refused(refused.code, refused.detail)
        return pack(answer)

    async def admit(self, identifier: Id, asked: Join) -> Joined:
        """Let a server be its site, once; the same answer to the same server. Raises why not."""
        nonce = digest_of(asked.nonce)
        for _ in range(ATTEMPTS):
            found, decision, end = await self._decide(identifier, nonce)
            try:
                if decision is not None:
                    await self._site.log.append(decision, None)
                    logger.info("sites.joined", number=found.site, name=found.name, program=asked.program)
            except Stale:
                continue
            keeper = self._site.get(Doorkeeper)
            await keeper.write()
            access = keeper.key.of_site(found.site, found.id)
            return Joined(found.site, found.name, access.user, access.password, end)
        raise Unavailable("the list of sites changes all the time")

    async def _decide(self, identifier: Id, nonce: str) -> tuple[Invitation, Decision | None, int]:
        """The invitation, what is to be recorded (None when this server used it before), and the end of the log."""
        async with snapshot(self._site.pool) as (db, _):
            found = await invitation_by_id(db, identifier)
            entities = [SITES, invitation_entity(identifier)]
            version = await versions(db, entities)
            end = await head(db)
        if found is None:
            raise TokenRefused("Headquarters does not know this token.")
        if (refusal := found.refusal(nonce, wall_ms(), self._own.invitation_life_s)) is not None:
            raise refusal
        if found.used_by is not None:
            return found, None, end
        joined = SiteJoined(site=found.site, invitation=found.id, nonce_sha256=nonce)
        return found, Decision([joined], [Expect(each, version[each]) for each in entities]), end
