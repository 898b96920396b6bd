"""What every site must know alike about homes and what leaves them."""

from bilin.core.digests import part, rows
from bilin.sites.homes import tables

HOMES = part("sites.homes", ("unit",), rows(tables.home, "unit"))
HOMES_HAD = part("sites.homes_had", ("unit", "site"), rows(tables.was_home, "unit", "site"))
POLICIES = part("sites.policies", ("unit",), rows(tables.policy, "unit"))
