"""Identity events → rows, in bulk, as far as what they write is not declared with them: passwords, and what is proven
with them. Every statement gives the same rows in whatever order the events come."""

from msgspec import UNSET

from bilin.core.events import Batch, Work, applies
from bilin.core.ids import Id
from bilin.identity.events import PasswordSet, SessionOpened

SET_PASSWORDS = """
INSERT INTO identity.account (person, password, login_set, password_set, proof)
SELECT DISTINCT ON (person) person, hash, 0, event, ARRAY[reset, password] AS proof
FROM unnest($1::bigint[], $2::text[], $3::bigint[], $4::bigint[], $5::bigint[])
  AS new(person, hash, event, reset, password) ORDER BY person, proof DESC, event DESC
ON CONFLICT (person) DO UPDATE SET password = excluded.password, password_set = excluded.password_set,
  proof = excluded.proof
WHERE (account.proof, account.password_set) < (excluded.proof, excluded.password_set)"""
REQUIRE_PROOFS = """
UPDATE identity.account SET required = heard.proof
FROM (SELECT person, max(ARRAY[reset, password]) AS proof FROM unnest($1::bigint[], $2::bigint[], $3::bigint[])
      AS new(person, reset, password) GROUP BY person) AS heard
WHERE account.person = heard.person AND account.required < heard.proof"""
GIVE_PASSWORDS = """
UPDATE identity.account SET given = heard.proof
FROM (SELECT person, max(ARRAY[reset, password]) AS proof FROM unnest($1::bigint[], $2::bigint[], $3::bigint[])
      AS new(person, reset, password) GROUP BY person) AS heard
WHERE account.person = heard.person AND account.given < heard.proof"""
KEEP_SESSIONS = """
INSERT INTO identity.session (id, person, used, proven)
SELECT id, person, id, max(ARRAY[reset, password])
FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[]) AS new(person, id, reset, password)
GROUP BY id, person
ON CONFLICT (id) DO UPDATE SET proven = greatest(session.proven, excluded.proven)"""
OPEN_SESSIONS = """
INSERT INTO identity.session (id, person, token_sha256, device, address, used, proven)
SELECT DISTINCT ON (id) id, person, decode(token, 'hex'), device, address, event,
  CASE WHEN password IS NOT NULL THEN ARRAY[reset, password] END
FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::bigint[], $8::bigint[])
  AS new(id, person, token, device, address, event, reset, password) ORDER BY id, event DESC
ON CONFLICT (id) DO UPDATE SET person = excluded.person, token_sha256 = excluded.token_sha256,
  device = excluded.device, address = excluded.address, used = greatest(session.used, excluded.used),
  proven = greatest(session.proven, excluded.proven)"""


@applies(PasswordSet)
async def apply_password_set(work: Work, passwords: Batch[PasswordSet]) -> None:
    await work.db.execute(SET_PASSWORDS, *passwords.columns("person", "hash", "id"), *_proofs(passwords))
    ending = Batch([record for record in passwords if record.event.keeps is not UNSET])
    if ending:
        await work.db.execute(REQUIRE_PROOFS, ending.column("person"), *_proofs(ending))
    given = Batch([record for record in passwords if record.event.given])
    if given:
        await work.db.execute(GIVE_PASSWORDS, given.column("person"), *_proofs(given))
    keeping = Batch([record for record in ending if record.event.keeps is not None])
    if keeping:
        await work.db.execute(KEEP_SESSIONS, *keeping.columns("person", "keeps"), *_proofs(keeping))


@applies(SessionOpened)
async def apply_session_opened(work: Work, opened: Batch[SessionOpened]) -> None:
    fields = ("session", "person", "token_sha256", "device", "address", "id", "reset", "password")
    await work.db.execute(OPEN_SESSIONS, *opened.columns(*fields))


def _proofs(passwords: Batch[PasswordSet]) -> tuple[list[Id], list[Id]]:
    """Which passwords these are, as `model.Proof`. None is later than its own event: such a one would win for ever."""
    resets = [min(record.event.reset or record.id, record.id) for record in passwords]
    return resets, [min(record.event.again or record.id, record.id) for record in passwords]
