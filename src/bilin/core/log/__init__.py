"""The log of this site: everything that happened, in one gapless order of positions.

`log` is what everybody appends to, `writer` the only door in (`pending`, `foreign`, `queue`, `admission`, `commit` and
`unapplied` are its rooms), `handover` the way there from the site's other processes.
`tail` follows live, in memory, in order; `follower` follows durably, with effects in the database. `store` reads and
writes the rows; `entry` is what travels on the bus and to clients.
"""

from bilin.core.log.decision import Decision, Expect, Receipt
from bilin.core.log.entry import Entry
from bilin.core.log.follower import Follower
from bilin.core.log.foreign import Foreign, Intake, Taken
from bilin.core.log.log import Log
from bilin.core.log.tail import Tail
from bilin.core.log.writer import LogWriter

__all__ = [
    "Decision",
    "Entry",
    "Expect",
    "Follower",
    "Foreign",
    "Intake",
    "Log",
    "LogWriter",
    "Receipt",
    "Tail",
    "Taken",
]
