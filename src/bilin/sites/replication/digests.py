"""What every site must know alike about what was kept back."""

from bilin.core.digests import part, rows
from bilin.sites.replication import tables

SETTLED = part("sites.settled", ("event",), rows(tables.settled, "event"))
