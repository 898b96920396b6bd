"""End sessions: one of mine, or all of somebody as part of another decision."""

from collections.abc import Sequence

import msgspec

from bilin.core.commands import Context
from bilin.core.database import Connection, reading, versions
from bilin.core.ids import PersonId, SessionId
from bilin.core.log import Expect
from bilin.identity.errors import SessionNotFound
from bilin.identity.events import SessionRevoked
from bilin.identity.model import sessions_entity
from bilin.identity.queries import open_sessions


class RevokeSession(msgspec.Struct, frozen=True):
    """End one of my own sessions."""

    session: SessionId


async def revoke_session(command: RevokeSession, ctx: Context) -> SessionRevoked:
    """Mine alone: somebody else's do not exist."""
    async with reading(ctx.site.pool) as db:
        if command.session not in await open_sessions(db, ctx.person):
            raise SessionNotFound(session=command.session)
    return SessionRevoked(session=command.session, person=ctx.person)


async def end_all(
    db: Connection, person: PersonId, keep: SessionId | None = None
) -> tuple[Sequence[SessionRevoked], Expect]:
    """The end of all sessions of a person but one. Holds while the person opens no other."""
    entity = sessions_entity(person)
    version = await versions(db, [entity])
    sessions = [session for session in await open_sessions(db, person) if session != keep]
    return [SessionRevoked(session=session, person=person) for session in sessions], Expect(entity, version[entity])
