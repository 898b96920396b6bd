"""What every site must know alike about the sites."""

from bilin.core.digests import part, rows
from bilin.sites import tables

part("sites.sites", ("site",), rows(tables.site, "number"))
part("sites.invitations", ("invitation",), rows(tables.invitation, "id"))
part("sites.homes", ("unit",), rows(tables.home, "unit"))
part("sites.homes_had", ("unit", "site"), rows(tables.was_home, "unit", "site"))
part("sites.policies", ("unit",), rows(tables.policy, "unit"))
part("sites.settled", ("event",), rows(tables.settled, "event"))
