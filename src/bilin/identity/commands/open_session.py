"""Open a session for somebody whose password was right."""

import msgspec

from bilin.core.commands import Context
from bilin.core.database import snapshot, versions
from bilin.core.events import Event
from bilin.core.ids import Id
from bilin.core.log import Decision, Expect
from bilin.identity.errors import AccountInactive
from bilin.identity.events import PasswordSet, SessionOpened
from bilin.identity.model import Proof, account_entity
from bilin.org import access_person


class OpenSession(msgspec.Struct, frozen=True):
    """Open the session of the context's actor."""

    token_sha256: str
    device: str
    address: str
    proof: Proof
    """The password that was right."""
    account_version: int
    """The version of the account whose password was checked: if it changed meanwhile, it was the wrong one."""
    new_hash: str | None = None
    """The password hashed again, when the stored hash was outdated."""


async def open_session(command: OpenSession, ctx: Context) -> Decision:
    """Refused for a deactivated person, also when they are deactivated at this very moment."""
    person = ctx.person
    async with snapshot(ctx.site.pool) as (db, _):
        card = await access_person(db, person)
        version = await versions(db, [person])
    if not card.active:
        raise AccountInactive
    events: list[Event] = [
        SessionOpened(
            session=ctx.actor.session,
            person=person,
            device=command.device,
            address=command.address,
            token_sha256=command.token_sha256,
            password=command.proof.password,
            reset=command.proof.reset,
        )
    ]
    if command.new_hash is not None:
        again, reset = command.proof.password, command.proof.reset
        events.append(PasswordSet(person=person, hash=command.new_hash, reset=reset, again=again))
    expects = [Expect(person, version[person]), Expect(account_entity(person), command.account_version)]
    return Decision(events, expects, Id(ctx.actor.session))
