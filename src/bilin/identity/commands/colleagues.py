"""People together with their accounts: a new colleague, changes, and the end of an employment.

Org decides what happens to the person; this adds what happens to the account, in the same decision.
"""

from collections.abc import Sequence

import msgspec
from msgspec import UNSET, UnsetType

from bilin.core.commands import Context, made
from bilin.core.database import Connection, snapshot, versions
from bilin.core.errors import Invalid
from bilin.core.events import Event
from bilin.core.fields import checked
from bilin.core.ids import PersonId
from bilin.core.log import Decision, Expect
from bilin.core.policies import Policies
from bilin.core.reasons import Reason
from bilin.identity.authority import Grants
from bilin.identity.commands.end_sessions import end_all
from bilin.identity.errors import AboveYou, LoginTaken, Taken
from bilin.identity.events import AccountCreated, LoginChanged, PasswordSet
from bilin.identity.logins import login as login_rule
from bilin.identity.model import account_entity, grants_entity, login_entity
from bilin.identity.password_rules import check_password
from bilin.identity.passwords import Passwords
from bilin.identity.queries import account_of, account_of_login, grants_of, names_of
from bilin.identity.settings import PASSWORD_LENGTH
from bilin.org import (
    AddPerson,
    ChangePerson,
    DeactivatePerson,
    ReactivatePerson,
    add_person,
    change_person,
    deactivate_person,
    reactivate_person,
)


class OwnPassword(Reason, frozen=True, tag="own_password"):
    """One's own password is changed in another way, which asks for the present one."""

    text = "your own is changed with POST /api/me/password"


class AddColleague(msgspec.Struct, frozen=True):
    """Add a person who can sign in. Without a password they can once somebody sets one."""

    person: AddPerson
    login: str
    password: str | None = None


class ChangeColleague(msgspec.Struct, frozen=True):
    """Change a person, and their login or password."""

    person: ChangePerson
    login: str | UnsetType = UNSET
    password: str | UnsetType = UNSET


async def add_colleague(command: AddColleague, ctx: Context) -> Decision:
    """For whoever manages all the units. The decision's id is the new person's."""
    login = checked("login", login_rule, command.login)
    decision = await add_person(command.person, ctx)
    person = PersonId(made(decision.id))
    async with snapshot(ctx.site.pool) as (db, _):
        expects = [*decision.expects, await expect_free(db, login)]
        own = (*await names_of(db, person), command.person.name, login)
    events: list[Event] = [*decision.events, AccountCreated(person=person, login=login)]
    if command.password is not None:
        least = ctx.site.get(Policies).of_unit(PASSWORD_LENGTH, command.person.unit)
        events.append(await _given(ctx, person, command.password, own, least))
    return Decision(events, expects, decision.id)


async def change_colleague(command: ChangeColleague, ctx: Context) -> Decision | None:
    """For whoever manages the person. Their login and password only for somebody who holds all that they hold."""
    person = command.person.person
    if person == ctx.person and command.password is not UNSET:
        raise Invalid(reasons={"password": OwnPassword()})
    own: tuple[str, ...] = ()
    decision = await change_person(command.person, ctx) or Decision([])
    events, expects = [*decision.events], [*decision.expects]
    async with snapshot(ctx.site.pool) as (db, _):
        if command.login is not UNSET or command.password is not UNSET:
            expects += await _require_all_of(db, ctx, person)
        if command.login is not UNSET:
            changed, free = await _change_login(db, person, checked("login", login_rule, command.login))
            events += changed
            expects += free
        if command.password is not UNSET:
            ended, no_other = await end_all(db, person)
            events += ended
            expects.append(no_other)
            own = await names_of(db, person)
    if command.password is not UNSET:
        least = ctx.site.get(Policies).of_person(PASSWORD_LENGTH, person)
        events.append(await _given(ctx, person, command.password, own, least))
    return Decision(events, expects) if events else None


async def deactivate_colleague(command: DeactivatePerson, ctx: Context) -> Decision | None:
    """For whoever manages the person and holds all that they hold. Ends their sessions."""
    decision = await deactivate_person(command, ctx)
    if decision is None:
        return None
    async with snapshot(ctx.site.pool) as (db, _):
        expects = await _require_all_of(db, ctx, command.person)
        ended, no_other = await end_all(db, command.person)
    return Decision([*decision.events, *ended], [*decision.expects, *expects, no_other])


async def reactivate_colleague(command: ReactivatePerson, ctx: Context) -> Decision | None:
    """For whoever manages the person and holds all that they hold: with the account their roles come back."""
    decision = await reactivate_person(command, ctx)
    if decision is None:
        return None
    async with snapshot(ctx.site.pool) as (db, _):
        expects = await _require_all_of(db, ctx, command.person)
    return Decision(decision.events, [*decision.expects, *expects])


async def expect_free(db: Connection, login: str) -> Expect:
    """The decision holds while nobody takes this login. Raises `LoginTaken`."""
    if await account_of_login(db, login) is not None:
        raise LoginTaken(login=login, reasons={"login": Taken()})
    entity = login_entity(login)
    return Expect(entity, (await versions(db, [entity]))[entity])


async def _change_login(db: Connection, person: PersonId, login: str) -> tuple[list[Event], list[Expect]]:
    account = await account_of(db, person)
    if account is None:
        return [AccountCreated(person=person, login=login)], [await expect_free(db, login)]
    if account.login == login:
        return [], []
    return [LoginChanged(person=person, login=login, old=account.login)], [await expect_free(db, login)]


async def _require_all_of(db: Connection, ctx: Context, person: PersonId) -> list[Expect]:
    """Whoever takes over an account could act with its roles, so they must hold them. Raises `AboveYou`."""
    if not await Grants().may_all(db, ctx.person, await grants_of(db, person)):
        raise AboveYou(person=person)
    entities = [grants_entity(person), grants_entity(ctx.person), account_entity(person)]
    return [Expect(*pair) for pair in (await versions(db, entities)).items()]


async def _given(ctx: Context, person: PersonId, password: str, own: Sequence[str], least: int) -> PasswordSet:
    """A password that the person must replace: whoever gave it knows it."""
    chosen = checked("password", lambda text: check_password(text, own, least), password)
    hashed = await ctx.site.get(Passwords).hash(chosen)
    return PasswordSet(person=person, hash=hashed, keeps=None, given=True)
