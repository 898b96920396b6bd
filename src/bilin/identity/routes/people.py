"""People together with their accounts, and finding them by login as well: the part of `/api/org` identity adds."""

import msgspec
from litestar import get, patch, post
from litestar.params import Parameter
from msgspec import UNSET, UnsetType

from bilin.core.budgets import cost
from bilin.core.commands import Context, execute
from bilin.core.database import reading
from bilin.core.forwarding import OWNED
from bilin.core.http import Change, MadeByOwner, answer, answer_made_by_owner, refuses
from bilin.core.ids import Id, PersonId, UnitId
from bilin.core.live import live
from bilin.core.permissions import PermissionNeeded, require
from bilin.identity.authentication import Sessions
from bilin.identity.commands.colleagues import (
    AddColleague,
    ChangeColleague,
    add_colleague,
    change_colleague,
    deactivate_colleague,
    reactivate_colleague,
)
from bilin.identity.errors import AboveYou, LoginTaken
from bilin.identity.finding import find_people
from bilin.identity.queries import account_of, accounts_used
from bilin.org import (
    ORG_MANAGE,
    AddPerson,
    ChangePerson,
    DeactivatePerson,
    OwnDeactivation,
    Person,
    PersonInactive,
    PersonNotFound,
    Post,
    ReactivatePerson,
    UnitNotFound,
    access_unit,
    people_in,
    person_cards,
    scope_of,
)

MAX_FOUND = 50
MAX_ACCOUNTS = 200


class PersonBody(msgspec.Struct, frozen=True):
    """A new colleague. `units` are further posts."""

    name: str
    login: str
    unit: UnitId
    password: str | None = None
    email: str = ""
    phone: str = ""
    title: str = ""
    units: tuple[Post, ...] = ()


class PersonChanges(msgspec.Struct, frozen=True):
    """What to change of a colleague."""

    name: str | UnsetType = UNSET
    login: str | UnsetType = UNSET
    password: str | UnsetType = UNSET
    email: str | UnsetType = UNSET
    phone: str | UnsetType = UNSET
    title: str | UnsetType = UNSET
    unit: UnitId | UnsetType = UNSET
    units: tuple[Post, ...] | UnsetType = UNSET


class PersonChange(Change, frozen=True):
    """What changing a person answers. `login`: after a new password, to be handed over together with it."""

    login: str | UnsetType | None = UNSET


class AccountLine(msgspec.Struct, frozen=True):
    """An account, for who looks after its person. `used`: an id, of when it was last used at this site; null: not
    lately."""

    person: PersonId
    login: str
    email: str
    used: Id | None


class AccountPage(msgspec.Struct, frozen=True):
    """The accounts of a page of people, in no order."""

    accounts: list[AccountLine]


class PeopleFound(msgspec.Struct, frozen=True):
    """The people who are found, the best match first."""

    people: list[Person]


@post("/api/org/people", opt=OWNED | refuses(UnitNotFound, LoginTaken), tags=["org"])
async def post_person(data: PersonBody, ctx: Context) -> MadeByOwner:
    """Add a person with a login; needs `org.manage` over all their units."""
    person = AddPerson(data.name, data.unit, data.title, data.email, data.phone, data.units)
    return answer_made_by_owner(await execute(add_colleague, AddColleague(person, data.login, data.password), ctx))


@patch(
    "/api/org/people/{person:str}",
    opt=OWNED | refuses(PersonNotFound, UnitNotFound, LoginTaken, AboveYou, PersonInactive),
    tags=["org"],
)
async def patch_person(person: PersonId, data: PersonChanges, ctx: Context) -> PersonChange:
    """Change a person, their login, or give them a new password, which ends their sessions and has to be changed."""
    changes = ChangePerson(person, data.name, data.title, data.email, data.phone, data.unit, data.units)
    changed = answer(await execute(change_colleague, ChangeColleague(changes, data.login, data.password), ctx))
    if data.password is UNSET:
        return PersonChange(changed.id, changed.pos)
    ctx.site.get(Sessions).forget(person)
    async with reading(ctx.site.pool) as db:
        account = await account_of(db, person)
    return PersonChange(changed.id, changed.pos, None if account is None else account.login)


@post(
    "/api/org/people/{person:str}/deactivate",
    status_code=200,
    opt=OWNED | refuses(PersonNotFound, AboveYou, OwnDeactivation),
    tags=["org"],
)
async def deactivate(person: PersonId, ctx: Context) -> Change:
    """Lock a person out at once."""
    receipt = await execute(deactivate_colleague, DeactivatePerson(person), ctx)
    ctx.site.get(Sessions).forget(person)
    return answer(receipt)


@post(
    "/api/org/people/{person:str}/reactivate",
    status_code=200,
    opt=OWNED | refuses(PersonNotFound, AboveYou),
    tags=["org"],
)
async def reactivate(person: PersonId, ctx: Context) -> Change:
    """Let a person in again, with the roles they had; needs all that these allow."""
    return answer(await execute(reactivate_colleague, ReactivatePerson(person), ctx))


@get("/api/org/accounts", opt=cost(5) | refuses(UnitNotFound, PermissionNeeded), tags=["org"], **live("org"))
async def list_accounts(
    ctx: Context,
    unit: UnitId,
    after: PersonId | None = None,
    *,
    inactive: bool = False,
    limit: int = Parameter(default=50, ge=1, le=MAX_ACCOUNTS),
) -> AccountPage:
    """The accounts of a page of `GET /api/org/people` with `below`; needs `org.manage` over the unit."""
    async with reading(ctx.site.pool) as db:
        await access_unit(db, unit)
        await require(db, ctx, ORG_MANAGE, unit)
        page = await people_in(db, await scope_of(db, [unit]), inactive=inactive, after=after, limit=limit)
        cards = await person_cards(db, [person.id for person in page])
        accounts = await accounts_used(db, cards)
    return AccountPage([AccountLine(one, login, cards[one].email, used) for one, login, used in accounts])


@get("/api/org/search", opt=cost(5), tags=["org"], **live("org"))
async def search(q: str, ctx: Context, limit: int = Parameter(default=20, ge=1, le=MAX_FOUND)) -> PeopleFound:
    """Active people by name, pinyin, initials, title or unit; by login, telephone number or e-mail address, whole."""
    async with reading(ctx.site.pool) as db:
        return PeopleFound(await find_people(ctx, db, q, limit))


routes = [post_person, patch_person, deactivate, reactivate, list_accounts, search]
