"""Import the people of a table: new ones with an account, changed facts of those who have the login already."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import msgspec
from msgspec import UNSET

from bilin.core.commands import Context
from bilin.core.database import Connection, snapshot, versions
from bilin.core.errors import Stale
from bilin.core.events import Event
from bilin.core.ids import PersonId, UnitId
from bilin.core.log import Decision, Expect
from bilin.identity.events import AccountCreated, PasswordSet
from bilin.identity.imports.rows import Path, PersonRow
from bilin.identity.imports.units import key_of, manage_all_units, places_of
from bilin.identity.model import Account, login_entity
from bilin.identity.passwords import Passwords
from bilin.identity.queries import accounts_of_logins
from bilin.org import (
    AddPerson,
    ChangePerson,
    PersonAdded,
    PersonCard,
    PersonChanged,
    Post,
    person_added,
    person_cards,
    person_changed,
)

Places = Mapping[Path, UnitId]
Fate = Literal["added", "changed", "unchanged"]


@dataclass
class ImportPeople:
    """Make these people be as the rows say. `fates` is filled: what happens to each login."""

    people: Sequence[PersonRow]
    generated: Mapping[str, str]
    """Passwords for new people whose row has none, by login."""
    fates: dict[str, Fate] = field(default_factory=dict)


class Present(msgspec.Struct, frozen=True):
    """What there is of the people in some rows."""

    accounts: dict[str, Account]
    cards: dict[PersonId, PersonCard]
    expects: list[Expect]


async def import_people(command: ImportPeople, ctx: Context) -> Decision | None:
    """For whoever manages the whole company. Raises `Stale` when a unit vanished meanwhile."""
    async with snapshot(ctx.site.pool) as (db, _):
        places = places_of(await manage_all_units(db, ctx))
        present = await read_present(db, command.people, places)
    events: list[Event] = []
    new: list[tuple[PersonRow, PersonId]] = []
    for row in command.people:
        event = plan_person(row, present, places, ctx)
        command.fates[row.login] = fate_of(event, row, present)
        if event is not None:
            events.append(event)
        if isinstance(event, PersonAdded):
            new.append((row, event.person))
    events += await _accounts(new, command.generated, ctx.site.get(Passwords))
    return Decision(events, present.expects) if events else None


async def read_present(db: Connection, rows: Sequence[PersonRow], places: Places) -> Present:
    """The people in these rows, and the expectation that neither they nor their units change meanwhile."""
    accounts = await accounts_of_logins(db, [row.login for row in rows])
    cards = await person_cards(db, [account.person for account in accounts.values()])
    paths = {key_of(path) for row in rows for path in (row.unit, *(post.path for post in row.further or ()))}
    entities = {*map(login_entity, (row.login for row in rows)), *cards, *(places[p] for p in paths if p in places)}
    found = await versions(db, list(map(int, entities)))
    return Present(accounts, cards, [Expect(*pair) for pair in found.items()])


def plan_person(row: PersonRow, present: Present, places: Places, ctx: Context) -> PersonAdded | PersonChanged | None:
    """The person added or changed; None when they are as the row says."""
    unit = _place(row.unit, places)
    further = None
    if row.further is not None:
        further = tuple(Post(_place(post.path, places), post.title, main=False) for post in row.further)
    account = present.accounts.get(row.login)
    if account is None:
        new = AddPerson(row.name, unit, row.title or "", row.email or "", row.phone or "", further or ())
        return person_added(new, PersonId(ctx.new_id()))
    changes = ChangePerson(
        account.person,
        name=row.name,
        title=UNSET if row.title is None else row.title,
        email=UNSET if row.email is None else row.email,
        phone=UNSET if row.phone is None else row.phone,
        unit=unit,
        units=UNSET if further is None else further,
    )
    return person_changed(changes, present.cards[account.person])


def fate_of(event: Event | None, row: PersonRow, present: Present) -> Fate:
    """What the row comes to."""
    if event is None:
        return "unchanged"
    return "changed" if row.login in present.accounts else "added"


async def _accounts(
    new: Sequence[tuple[PersonRow, PersonId]], generated: Mapping[str, str], passwords: Passwords
) -> list[Event]:
    without = [row.login for row, _ in new if row.password is None]
    quick = await passwords.hash_generated([generated[login] for login in without])
    hashes = dict(zip(without, quick, strict=True))
    events: list[Event] = []
    for row, person in new:
        stored = await passwords.hash(row.password) if row.password is not None else hashes[row.login]
        events += [AccountCreated(person=person, login=row.login), _given(person, stored)]
    return events


def _given(person: PersonId, stored: str) -> PasswordSet:
    return PasswordSet(person=person, hash=stored, keeps=None, given=True)


def _place(path: Path, places: Places) -> UnitId:
    place = places.get(key_of(path))
    if place is None:
        raise Stale(f"the unit {'/'.join(path)} was removed meanwhile")
    return place
