"""HTTP routes of org: docs/developers/protocol.md, section 3. What needs an account as well is in identity."""

import msgspec
from litestar import delete, get, patch, post
from litestar.params import Parameter
from msgspec import UNSET, UnsetType

from bilin.core.budgets import cost
from bilin.core.codec import read_id
from bilin.core.commands import Context, execute
from bilin.core.database import reading, snapshot
from bilin.core.errors import Invalid
from bilin.core.forwarding import OWNED
from bilin.core.http import Change, MadeByOwner, answer, answer_made_by_owner, refuses
from bilin.core.ids import PersonId, UnitId
from bilin.core.live import live
from bilin.core.permissions import PermissionNeeded, require
from bilin.core.reasons import OnlyOneOf, Reason
from bilin.org import queries
from bilin.org.access import access_unit, look_at_person
from bilin.org.commands.add_unit import AddUnit, add_unit
from bilin.org.commands.change_unit import ChangeUnit, change_unit
from bilin.org.commands.remove_unit import RemoveUnit, remove_unit
from bilin.org.errors import CompanyFixed, PersonNotFound, UnitCycle, UnitNameTaken, UnitNotEmpty, UnitNotFound
from bilin.org.model import ORG_MANAGE, Language, Person, PersonCard, Unit, UnitKind
from bilin.org.scope import scope_of

MAX_PAGE = 200
MAX_IDS = 200
DIRECTORY_PEOPLE = 5000


class UnitChanges(msgspec.Struct, frozen=True):
    """What to change of a unit."""

    parent: UnitId | UnsetType = UNSET
    name: str | UnsetType = UNSET
    kind: UnitKind | UnsetType = UNSET
    rank: int | UnsetType = UNSET
    locale: Language | UnsetType | None = UNSET


class NotIds(Reason, frozen=True, tag="not_ids"):
    """Too few ids, too many, or something else."""

    text = "1 to {most} ids, separated by commas"
    most: int


class Units(msgspec.Struct, frozen=True):
    """The organisation as of a position."""

    pos: int
    units: list[Unit]


class PeoplePage(msgspec.Struct, frozen=True):
    """Some people, by name, and where the next page begins; null: there are no more."""

    people: list[Person]
    next: PersonId | None


class Directory(msgspec.Struct, frozen=True):
    """Everybody, as of a position, or a page of them; `next`: after whom the next begins. Complete when there are no
    more: of a large company a client holds some, and uses search."""

    pos: int
    people: list[Person]
    complete: bool
    next: PersonId | None


@get("/api/org/units", opt=cost(5), tags=["org"], **live("org"))
async def list_units(ctx: Context) -> Units:
    """All units, parents before their children."""
    async with snapshot(ctx.site.pool) as (db, pos):
        return Units(pos, await queries.units(db))


@post("/api/org/units", opt=OWNED | refuses(UnitNotFound, UnitNameTaken), tags=["org"])
async def post_unit(data: AddUnit, ctx: Context) -> MadeByOwner:
    """Add a unit; needs `org.manage` over its parent."""
    return answer_made_by_owner(await execute(add_unit, data, ctx))


@patch(
    "/api/org/units/{unit:str}",
    opt=OWNED | refuses(UnitNotFound, UnitNameTaken, UnitCycle, CompanyFixed),
    tags=["org"],
)
async def patch_unit(unit: UnitId, data: UnitChanges, ctx: Context) -> Change:
    """Change or move a unit; needs `org.manage` over it, and over a new parent."""
    command = ChangeUnit(unit, data.parent, data.name, data.kind, data.rank, data.locale)
    return answer(await execute(change_unit, command, ctx))


@delete(
    "/api/org/units/{unit:str}",
    status_code=200,
    opt=OWNED | refuses(UnitNotFound, UnitNotEmpty, CompanyFixed),
    tags=["org"],
)
async def delete_unit(unit: UnitId, ctx: Context) -> Change:
    """Remove an empty unit; needs `org.manage` over it."""
    return answer(await execute(remove_unit, RemoveUnit(unit), ctx))


@get("/api/org/people", opt=cost(5) | refuses(UnitNotFound, PermissionNeeded), tags=["org"], **live("org"))
async def list_people(
    ctx: Context,
    unit: UnitId | None = None,
    ids: str | None = None,
    after: PersonId | None = None,
    *,
    below: bool = False,
    inactive: bool = False,
    limit: int = Parameter(default=50, ge=1, le=MAX_PAGE),
) -> PeoplePage:
    """People of a unit by name, or up to 200 people by id.

    `inactive` lists deactivated people too and needs `org.manage` over the unit.
    """
    async with reading(ctx.site.pool) as db:
        if ids is not None:
            return PeoplePage(await queries.people_by_ids(db, _ids(ids)), None)
        if unit is None:
            raise Invalid(reasons={"unit": OnlyOneOf(names="unit, ids")})
        await access_unit(db, unit)
        if inactive:
            await require(db, ctx, ORG_MANAGE, unit)
        place = await scope_of(db, [unit]) if below else unit
        page = await queries.people_in(db, place, inactive=inactive, after=after, limit=limit + 1)
    return PeoplePage(page[:limit], page[limit - 1].id if len(page) > limit else None)


@get("/api/org/people/{person:str}", opt=refuses(PersonNotFound), tags=["org"], **live("org"))
async def get_person(person: PersonId, ctx: Context) -> PersonCard:
    """Everything colleagues may know of a person; of somebody who has left not how to reach them."""
    async with reading(ctx.site.pool) as db:
        return await look_at_person(db, ctx, person)


@get("/api/org/directory", opt=cost(20), tags=["org"], **live("org"))
async def get_directory(
    ctx: Context,
    after: PersonId | None = None,
    limit: int = Parameter(default=DIRECTORY_PEOPLE, ge=1, le=DIRECTORY_PEOPLE),
) -> Directory:
    """All active people by name, for finding them in the client, up to 5,000 at a time."""
    async with snapshot(ctx.site.pool) as (db, pos):
        people: list[Person] = await queries.directory(db, after, limit + 1)
    is_last = len(people) <= limit
    return Directory(pos, people[:limit], is_last, None if is_last else people[limit - 1].id)


def _ids(text: str) -> list[PersonId]:
    try:
        wanted = [PersonId(read_id(part)) for part in text.split(",") if part]
    except ValueError:
        wanted = []
    if not 0 < len(wanted) <= MAX_IDS:
        raise Invalid(reasons={"ids": NotIds(most=MAX_IDS)})
    return wanted


routes = [list_units, post_unit, patch_unit, delete_unit, list_people, get_person, get_directory]
