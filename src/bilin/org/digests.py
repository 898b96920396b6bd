"""What of org must be equal at every site. How names sort and are found is left out: it is worked out by the program,
and the next version may do it otherwise."""

from bilin.core.digests import part, rows
from bilin.org import tables

WORKED_OUT = ("sort", "pinyin", "initials", "found_by")

UNITS = part("org.units", ("unit",), rows(tables.unit, "id", but=WORKED_OUT))
PEOPLE = part("org.people", ("person",), rows(tables.person, "id", but=WORKED_OUT))
UNITS_HAD = part("org.units_had", ("person", "unit"), rows(tables.worked, "person", "unit"))
POSTS = part("org.posts", ("person", "unit"), rows(tables.post, "person", "unit"))
