"""What of identity must be equal at every site. Of a password a hash of its hash is compared, so that nothing shows it.
Sessions are left out: policy may keep them at their site."""

from bilin.core.digests import part, rows
from bilin.identity import tables

HASHED = "jsonb_build_object('password', encode(sha256(convert_to(password, 'UTF8')), 'hex'))"
SELECT_PREFERENCES = """
SELECT person AS a, 0::bigint AS b, jsonb_object_agg(field, jsonb_build_array(value, set_by)) AS line
  FROM identity.preference GROUP BY person"""

ACCOUNTS = part("identity.accounts", ("person",), rows(tables.account, "person", but=("password",), plus=HASHED))
GRANTS = part("identity.grants", ("grant",), rows(tables.role_grant, "id"))
PREFERENCES = part("identity.preferences", ("person",), SELECT_PREFERENCES)
