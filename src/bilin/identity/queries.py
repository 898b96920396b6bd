"""Reads of accounts, sessions, grants and preferences. Each takes a connection, so that several share a snapshot."""

from collections.abc import Iterable, Sequence

import asyncpg
import msgspec

from bilin.core.commands import Actor
from bilin.core.database import Connection
from bilin.core.ids import GrantId, Id, PersonId, SessionId, UnitId, id_at, wall_ms
from bilin.core.policies import Policies
from bilin.identity.errors import NotSignedIn
from bilin.identity.model import Account, Grant, Held, Me, Preferences, Proof, SessionView
from bilin.org import company, person_card, unit_locale
from bilin.sites import LoginConflict

MAX_CONFLICTS = 200
DAY_MS = 86_400_000
ACCOUNT = "person, login, password, proof, given FROM identity.account"
SELECT_BY_LOGIN = f"SELECT {ACCOUNT} WHERE login = $1 ORDER BY login_set, person LIMIT 1"
SELECT_ACCOUNTS = f"SELECT {ACCOUNT} WHERE person = ANY($1::bigint[])"
SELECT_LOGINS = f"""
SELECT DISTINCT ON (login) {ACCOUNT} WHERE login = ANY($1::text[])
ORDER BY login, login_set, person"""
SELECT_USED = """
SELECT a.person, a.login, (SELECT max(s.used) FROM identity.session s WHERE s.person = a.person) AS used
FROM identity.account a WHERE a.person = ANY($1::bigint[]) AND a.login IS NOT NULL"""
SELECT_CONFLICTS = """
SELECT login, array_agg(person ORDER BY login_set, person) AS people FROM identity.account
WHERE login IS NOT NULL GROUP BY login HAVING count(*) > 1 ORDER BY login LIMIT $1"""
MUST_CHANGE = "given > '{0,0}' AND coalesce(proven = given, proof = given)"
"""Whether a session was opened with the password that somebody else gave; of one of version 1, whether that is the
password now."""
LIVING = f"""
SELECT id, person, device, address, used, {MUST_CHANGE} AS must_change
  FROM identity.session JOIN identity.account USING (person)
WHERE session.revoked IS NULL AND token_sha256 IS NOT NULL AND coalesce(proven >= required, id >= required[2])
  AND NOT EXISTS (SELECT FROM sites.site s WHERE s.number = (session.id >> 12) & 1023 AND s.revoked > session.id)
"""  # noqa: S608 (constants)
"""Sessions that nothing has ended: neither their revocation, nor a password that they were not opened with, nor the end
of the access of the site they were opened at (whose number is in their id)."""
SELECT_MUST_CHANGE = f"SELECT must_change FROM ({LIVING} AND id = $1) AS living"  # noqa: S608 (constants)
SELECT_SESSIONS = f"{LIVING} AND person = $1 AND used > $2 AND id > $3 ORDER BY used DESC, id DESC"
GRANT = "SELECT id, person, role, unit FROM identity.role_grant"
SELECT_GRANTS_OF = f"{GRANT} WHERE person = $1 AND revoked IS NULL AND unit IS NOT NULL ORDER BY id"
SELECT_GRANT = f"{GRANT} WHERE id = $1 AND revoked IS NULL AND unit IS NOT NULL"
SELECT_GRANTS_IN = f"{GRANT} WHERE revoked IS NULL AND unit = ANY($1::bigint[]) ORDER BY unit, id"
SELECT_PREFERENCES = "SELECT field, value FROM identity.preference WHERE person = $1"


async def account_of_login(db: Connection, login: str) -> Account | None:
    """The account with this login (folded); None when there is none.

    Sites that were cut off from each other may have given it twice: it is that of the account that had it first.
    """
    row = await db.fetchrow(SELECT_BY_LOGIN, login)
    return None if row is None else _account(row)


async def account_of(db: Connection, person: PersonId) -> Account | None:
    """The account of a person; None when they have none."""
    row = await db.fetchrow(SELECT_ACCOUNTS, [person])
    return None if row is None or row["login"] is None else _account(row)


async def accounts_used(db: Connection, people: Iterable[PersonId]) -> list[tuple[PersonId, str, Id | None]]:
    """The login of each of these people, and when they last used it at this site, as far as sessions are kept."""
    rows = await db.fetch(SELECT_USED, list(people))
    return [(PersonId(row["person"]), row["login"], None if row["used"] is None else Id(row["used"])) for row in rows]


async def names_of(db: Connection, person: PersonId) -> tuple[str, ...]:
    """What everybody knows of a person, and guesses first: their name, their login, and the company's name."""
    card, account, root = await person_card(db, person), await account_of(db, person), await company(db)
    names = (card and card.name, account and account.login, root and root.name)
    return tuple(name for name in names if name)


async def accounts_of_logins(db: Connection, logins: Sequence[str]) -> dict[str, Account]:
    """The accounts that have one of these logins, each as `account_of_login`."""
    return {row["login"]: _account(row) for row in await db.fetch(SELECT_LOGINS, list(logins))}


async def login_conflicts(db: Connection) -> list[LoginConflict]:
    """Logins that more than one account has, the one that keeps it first: the others are to be renamed."""
    rows = await db.fetch(SELECT_CONFLICTS, MAX_CONFLICTS)
    return [LoginConflict(row["login"], tuple(PersonId(person) for person in row["people"])) for row in rows]


async def grants_of(db: Connection, person: PersonId) -> list[Grant]:
    """The roles a person has."""
    return [_grant(row) for row in await db.fetch(SELECT_GRANTS_OF, person)]


async def grant_by_id(db: Connection, grant: GrantId) -> Grant | None:
    """One grant; None when there is none or it was revoked."""
    row = await db.fetchrow(SELECT_GRANT, grant)
    return None if row is None else _grant(row)


async def grants_in(db: Connection, units: Sequence[UnitId]) -> list[Grant]:
    """All roles over these units."""
    return [_grant(row) for row in await db.fetch(SELECT_GRANTS_IN, list(units))]


async def sessions_of(db: Connection, actor: Actor, idle_days: int, max_days: int) -> list[SessionView]:
    """The sessions of the person who asks that have not ended, last used first. `max_days` 0: without end."""
    now = wall_ms()
    oldest = id_at(now - max_days * DAY_MS) if max_days else 0
    rows = await db.fetch(SELECT_SESSIONS, actor.person, id_at(now - idle_days * DAY_MS), oldest)
    return [
        SessionView(
            SessionId(row["id"]),
            row["id"] == actor.session,
            row["device"],
            row["address"],
            SessionId(row["id"]),
            SessionId(row["used"]),
        )
        for row in rows
    ]


async def open_sessions(db: Connection, person: PersonId) -> list[SessionId]:
    """All sessions of a person that have not been ended, expired ones included."""
    rows = await db.fetch(SELECT_SESSIONS, person, 0, 0)
    return [SessionId(row["id"]) for row in rows]


async def preferences_of(db: Connection, person: PersonId) -> Preferences:
    """How a person wants the program to be; what they never chose has its default."""
    rows = await db.fetch(SELECT_PREFERENCES, person)
    return msgspec.convert({row["field"]: msgspec.json.decode(row["value"]) for row in rows}, Preferences)


async def me_of(db: Connection, actor: Actor, policies: Policies) -> Me:
    """Who is signed in, what they may do, and what holds for them."""
    card = await person_card(db, actor.person)
    account = await account_of(db, actor.person)
    if card is None or account is None:
        raise NotSignedIn("the local administrator is not a person")
    held = {(permission, grant.unit) for grant in await grants_of(db, actor.person) for permission in grant.permissions}
    permissions = tuple(Held(permission, unit) for permission, unit in sorted(held))
    must_change = bool(await db.fetchval(SELECT_MUST_CHANGE, actor.session))
    preferences, locale = await preferences_of(db, actor.person), await unit_locale(db, card.unit)
    return Me(
        card, account.login, permissions, preferences, actor.session, policies.all_of(actor.person), locale, must_change
    )


def _account(row: asyncpg.Record) -> Account:
    proof, given = Proof(*map(Id, row["proof"])), Proof(*map(Id, row["given"]))
    return Account(PersonId(row["person"]), row["login"], row["password"], proof, given)


def _grant(row: asyncpg.Record) -> Grant:
    return Grant(GrantId(row["id"]), PersonId(row["person"]), row["role"], UnitId(row["unit"]))
