"""What every site must know alike about the sites."""

from bilin.core.digests import part, rows
from bilin.sites.registry import tables

SITES = part("sites.sites", ("site",), rows(tables.site, "number"))
INVITATIONS = part("sites.invitations", ("invitation",), rows(tables.invitation, "id"))
