"""Applying identity events in any order, in any grouping, again and again: the rows are the same."""

import random
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

import pytest

from bilin.core.crypto import Keyring
from bilin.core.database import Pool
from bilin.core.events import EVENT_TYPES, Event, Recorded, Work
from bilin.core.ids import GrantId, HybridClock, Id, PersonId, SessionId, UnitId
from bilin.core.log.commit import apply_all
from bilin.identity.events import (
    AccountCreated,
    GrantGiven,
    GrantRevoked,
    GuestAdmitted,
    LoginChanged,
    PasswordSet,
    PreferencesChanged,
    SessionOpened,
    SessionRevoked,
    SessionUsed,
)

TABLES = {
    "account": "person",
    "session": "id",
    "preference": "person, field",
    "role_grant": "id",
    "guest": "person, site",
}


def random_history(dice: random.Random, length: int) -> list[Recorded[Event]]:
    """Events of three sites about a few people, sessions and grants, so that most of them meet others."""
    clocks = [HybridClock(node) for node in (1, 2, 3)]
    people = [PersonId(n) for n in range(1, 4)]
    history: list[Recorded[Event]] = []
    passwords: dict[PersonId, list[Recorded[PasswordSet]]] = {person: [] for person in people}
    opened_with: dict[SessionId, dict[str, Id | None]] = {}
    for number in range(length):
        person = dice.choice(people)
        session, grant = SessionId(100 * person + dice.randrange(3)), GrantId(1000 * person + dice.randrange(3))
        logins = [f"login{dice.randrange(4)}" for _ in range(2)]
        token = sha256(str(session).encode()).hexdigest()
        proof = opened_with.setdefault(session, _opened_with(dice, passwords[person]))
        event: Event = dice.choice(
            [
                AccountCreated(person=person, login=logins[0]),
                LoginChanged(person=person, login=logins[0], old=logins[1]),
                _password(dice, passwords[person], person, session, f"hash {number}"),
                SessionOpened(session=session, person=person, device="d", address="a", token_sha256=token, **proof),
                SessionUsed(session=session, person=person),
                SessionRevoked(session=session, person=person),
                PreferencesChanged(theme=dice.choice(["light", "dark"]), text_scale=dice.randint(90, 130)),
                PreferencesChanged(locale=dice.choice(["zh-CN", "en"])),
                GrantGiven(grant=grant, person=person, role="admin", unit=UnitId(int(grant))),
                GrantRevoked(grant=grant, person=person),
                GuestAdmitted(person=person, site=dice.randrange(1, 4)),
            ]
        )
        site = dice.randrange(3)
        place, identifier = number + 1, Id(clocks[site].next())
        history.append(Recorded(place, identifier, site + 1, person, None, event))
        if isinstance(event, PasswordSet):
            passwords[person].append(Recorded(place, identifier, site + 1, person, None, event))
    return history


def _opened_with(dice: random.Random, passwords: Sequence[Recorded[PasswordSet]]) -> dict[str, Id | None]:
    """The password with which a session was opened; one of version 1 does not say it."""
    if not passwords or dice.random() < 0.2:
        return {}
    chosen = dice.choice(passwords)
    return {"reset": chosen.event.reset or chosen.id, "password": chosen.event.again or chosen.id}


def _password(
    dice: random.Random, before: Sequence[Recorded[PasswordSet]], person: PersonId, session: SessionId, text: str
) -> PasswordSet:
    """Set by an administrator, by the person in some session, hashed again, or of version 1."""
    last = dice.choice(before) if before else None
    reset, again = (last.event.reset or last.id, last.event.again or last.id) if last is not None else (None, None)
    return dice.choice(
        [
            PasswordSet(person=person, hash=text, keeps=None),
            PasswordSet(person=person, hash=text, keeps=None, given=True),
            PasswordSet(person=person, hash=text, reset=reset, keeps=session),
            PasswordSet(person=person, hash=text, reset=reset, again=again),
            PasswordSet(person=person, hash=text),
        ]
    )


async def rows_after(pool: Pool, commits: Sequence[Sequence[Recorded[Event]]]) -> dict[str, list[Any]]:
    """All rows of identity after these commits, from nothing."""
    async with pool.acquire() as db:
        await db.execute("TRUNCATE identity.account, identity.session, identity.preference, identity.role_grant")
        for commit in commits:
            async with db.transaction():
                await apply_all(Work(db, Keyring(bytes(32)), 1), commit)
        return {
            table: [tuple(row) for row in await db.fetch(f"SELECT * FROM identity.{table} ORDER BY {order}")]  # noqa: S608
            for table, order in TABLES.items()
        }


@pytest.mark.parametrize("seed", range(6))
async def test_any_order_gives_the_same_rows(database: Pool, seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311 (a repeatable history, no secret)
    history = random_history(dice, 80)
    expected = await rows_after(database, [[record] for record in history])
    assert all(expected.values())
    for _ in range(4):
        other = [*history, *dice.sample(history, 20)]
        dice.shuffle(other)
        cut = dice.randrange(len(other))
        assert await rows_after(database, [other[:cut], other[cut:]]) == expected


def test_every_event_type_is_in_the_histories() -> None:
    seen = {type(record.event) for record in random_history(random.Random(1), 400)}  # noqa: S311 (no secret)
    assert {kind.cls for name, kind in EVENT_TYPES.items() if name.startswith("identity.")} == seen
