"""Events of sites → rows; the same whatever the order."""

from msgspec import UNSET

from bilin.core.events import Batch, Work, applies
from bilin.sites.events import (
    HomeSet,
    KeptBackSettled,
    PolicySet,
    SiteAdded,
    SiteChanged,
    SiteInvited,
    SiteJoined,
    SiteRetired,
    SiteRevoked,
)

SET_NAMES = """
INSERT INTO sites.site AS s (number, name, name_id) SELECT DISTINCT ON (number) number, name, id
  FROM unnest($1::smallint[], $2::text[], $3::bigint[]) AS e(number, name, id) ORDER BY number, id DESC
ON CONFLICT (number) DO UPDATE SET name = excluded.name, name_id = excluded.name_id
  WHERE s.name_id < excluded.name_id"""
SET_ADDRESSES = SET_NAMES.replace("name", "address")
ADD = """
INSERT INTO sites.site AS s (number, added) SELECT number, min(id)
  FROM unnest($1::smallint[], $2::bigint[]) AS e(number, id) GROUP BY number
ON CONFLICT (number) DO UPDATE SET added = least(s.added, excluded.added)"""
INVITE = """
INSERT INTO sites.invitation (id, site) SELECT * FROM unnest($1::bigint[], $2::smallint[]) ON CONFLICT DO NOTHING"""
JOIN = """
INSERT INTO sites.site AS s (number, joined, invitation, nonce_sha256)
SELECT DISTINCT ON (number) number, id, invitation, nonce FROM
  unnest($1::smallint[], $2::bigint[], $3::bigint[], $4::text[]) AS e(number, id, invitation, nonce)
  ORDER BY number, id DESC
ON CONFLICT (number) DO UPDATE SET joined = excluded.joined, invitation = excluded.invitation,
  nonce_sha256 = excluded.nonce_sha256 WHERE s.joined IS NULL OR s.joined < excluded.joined"""
REVOKE = """
INSERT INTO sites.site AS s (number, revoked) SELECT number, max(id)
  FROM unnest($1::smallint[], $2::bigint[]) AS e(number, id) GROUP BY number
ON CONFLICT (number) DO UPDATE SET revoked = greatest(s.revoked, excluded.revoked)"""
RETIRE = """
INSERT INTO sites.site AS s (number, retired) SELECT number, min(id)
  FROM unnest($1::smallint[], $2::bigint[]) AS e(number, id) GROUP BY number
ON CONFLICT (number) DO UPDATE SET retired = least(s.retired, excluded.retired)"""
SET_HOME = """
INSERT INTO sites.home AS h (unit, site, id) SELECT DISTINCT ON (unit) * FROM
  unnest($1::bigint[], $2::smallint[], $3::bigint[]) AS e(unit, site, id) ORDER BY unit, id DESC
ON CONFLICT (unit) DO UPDATE SET site = excluded.site, id = excluded.id WHERE h.id < excluded.id"""
KEEP_HOME = """
INSERT INTO sites.was_home (unit, site) SELECT DISTINCT * FROM unnest($1::bigint[], $2::smallint[]) AS e(unit, site)
 WHERE site IS NOT NULL ON CONFLICT DO NOTHING"""
SAY_HOME = """
INSERT INTO sites.home_said (unit, site, id) SELECT * FROM unnest($1::bigint[], $2::smallint[], $3::bigint[])
ON CONFLICT DO NOTHING"""
SETTLE = """
INSERT INTO sites.settled AS s (event, accepted, id) SELECT DISTINCT ON (event) event, accepted, id
  FROM unnest($1::bigint[], $2::boolean[], $3::bigint[]) AS e(event, accepted, id) ORDER BY event, id DESC
ON CONFLICT (event) DO UPDATE SET accepted = excluded.accepted, id = excluded.id WHERE s.id < excluded.id"""
DROP = """
DELETE FROM sites.kept_back k USING sites.settled s
 WHERE k.id = ANY($1::bigint[]) AND s.event = k.id AND NOT s.accepted"""
SET_POLICY = """
INSERT INTO sites.policy AS p (unit, leaves, kinds, id) SELECT unit, leaves, string_to_array(kinds, ','), id FROM (
  SELECT DISTINCT ON (unit) * FROM unnest($1::bigint[], $2::text[], $3::text[], $4::bigint[])
    AS e(unit, leaves, kinds, id) ORDER BY unit, id DESC) AS newest
ON CONFLICT (unit) DO UPDATE SET leaves = excluded.leaves, kinds = excluded.kinds, id = excluded.id
  WHERE p.id < excluded.id"""


@applies(SiteAdded)
async def apply_added(work: Work, added: Batch[SiteAdded]) -> None:
    await work.db.execute(ADD, *added.columns("site", "id"))
    await work.db.execute(SET_NAMES, *added.columns("site", "name", "id"))
    await work.db.execute(SET_ADDRESSES, *added.columns("site", "address", "id"))


@applies(SiteChanged)
async def apply_changed(work: Work, changed: Batch[SiteChanged]) -> None:
    named = Batch([record for record in changed if record.event.name is not UNSET])
    moved = Batch([record for record in changed if record.event.address is not UNSET])
    await work.db.execute(SET_NAMES, *named.columns("site", "name", "id"))
    await work.db.execute(SET_ADDRESSES, *moved.columns("site", "address", "id"))


@applies(SiteInvited)
async def apply_invited(work: Work, invited: Batch[SiteInvited]) -> None:
    await work.db.execute(INVITE, *invited.columns("id", "site"))


@applies(SiteJoined)
async def apply_joined(work: Work, joined: Batch[SiteJoined]) -> None:
    await work.db.execute(JOIN, *joined.columns("site", "id", "invitation", "nonce_sha256"))


@applies(SiteRevoked)
async def apply_revoked(work: Work, revoked: Batch[SiteRevoked]) -> None:
    await work.db.execute(REVOKE, *revoked.columns("site", "id"))


@applies(SiteRetired)
async def apply_retired(work: Work, retired: Batch[SiteRetired]) -> None:
    await work.db.execute(RETIRE, *retired.columns("site", "id"))


@applies(HomeSet)
async def apply_home(work: Work, homes: Batch[HomeSet]) -> None:
    await work.db.execute(SET_HOME, *homes.columns("unit", "site", "id"))
    await work.db.execute(KEEP_HOME, *homes.columns("unit", "site"))
    await work.db.execute(SAY_HOME, *homes.columns("unit", "site", "id"))


@applies(PolicySet)
async def apply_policy(work: Work, policies: Batch[PolicySet]) -> None:
    kinds = [",".join(record.event.kinds) for record in policies]
    units, leaves, ids = policies.columns("unit", "leaves", "id")
    await work.db.execute(SET_POLICY, units, leaves, kinds, ids)


@applies(KeptBackSettled)
async def apply_settled(work: Work, settled: Batch[KeptBackSettled]) -> None:
    rows = [(event, record.event.accepted, record.id) for record in settled for event in record.event.events]
    if rows:
        await work.db.execute(SETTLE, *map(list, zip(*rows, strict=True)))
        await work.db.execute(DROP, [event for event, _, _ in rows])
