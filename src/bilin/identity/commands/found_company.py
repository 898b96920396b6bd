"""Found the company: the first act on a new server, once."""

from typing import Literal

import msgspec

from bilin.core.commands import Context
from bilin.core.database import snapshot, versions
from bilin.core.fields import Fields
from bilin.core.ids import GrantId, Id, UnitId
from bilin.core.log import Decision, Expect
from bilin.core.ownership import ownership
from bilin.core.policies import Policies
from bilin.identity.errors import AlreadySetUp
from bilin.identity.events import AccountCreated, GrantGiven, PasswordSet, PreferencesChanged, SessionOpened
from bilin.identity.logins import login as login_rule
from bilin.identity.model import login_entity
from bilin.identity.password_rules import check_password
from bilin.identity.passwords import Passwords
from bilin.identity.settings import PASSWORD_LENGTH
from bilin.org import COMPANY, AddPerson, PersonAdded, UnitAdded, company, fields, person_added


class FoundCompany(msgspec.Struct, frozen=True):
    """Make the company and its first administrator, who is the context's actor."""

    company: str
    name: str
    login: str
    password: str
    locale: Literal["zh-CN", "en"]
    token_sha256: str
    device: str
    address: str


async def found_company(command: FoundCompany, ctx: Context) -> Decision:
    """All of it or nothing: of two who found a company at the same time one is refused."""
    ownership(ctx).require_founder()
    passwords = ctx.site.get(Passwords)
    async with snapshot(ctx.site.pool) as (db, _):
        if await company(db) is not None:
            raise AlreadySetUp
    given = Fields()
    name = given.take("company", fields.unit_name, command.company) or ""
    login = given.take("login", login_rule, command.login) or ""
    own = (command.company, command.name, command.login)
    least = ctx.site.get(Policies).of_unit(PASSWORD_LENGTH, None)
    given.take("password", lambda text: check_password(text, own, least), command.password)
    given.take("name", fields.person_name, command.name)
    given.check()
    root = UnitId(ctx.new_id())
    founded = UnitAdded(unit=root, parent=None, name=name, kind="company", rank=0)
    person = person_added(AddPerson(command.name, root), ctx.person)
    password_hash = await passwords.hash(command.password)
    events = [founded, person, *_account(command, ctx, login, password_hash), _grant(ctx, person, root)]
    async with snapshot(ctx.site.pool) as (db, _):
        version = await versions(db, [login_entity(login)])
    return Decision(events, [Expect(COMPANY, 0), *(Expect(*pair) for pair in version.items())], Id(root))


def _account(
    command: FoundCompany, ctx: Context, login: str, password_hash: str
) -> tuple[AccountCreated, PasswordSet, SessionOpened, PreferencesChanged]:
    opened = SessionOpened(
        session=ctx.actor.session,
        person=ctx.person,
        device=command.device,
        address=command.address,
        token_sha256=command.token_sha256,
    )
    return (
        AccountCreated(person=ctx.person, login=login),
        PasswordSet(person=ctx.person, hash=password_hash, keeps=ctx.actor.session),
        opened,
        PreferencesChanged(locale=command.locale),
    )


def _grant(ctx: Context, person: PersonAdded, root: UnitId) -> GrantGiven:
    return GrantGiven(grant=GrantId(ctx.new_id()), person=person.person, role="admin", unit=root)
