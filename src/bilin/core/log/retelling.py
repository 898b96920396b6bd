"""What of an entry may still be shown when it is delivered later than it happened.

The log keeps what was said for good, sealed; what people may see of it can become less (a message is recalled). Modules
that own such things declare a rule, and everything that is read from the log for clients passes through.
"""

from collections.abc import Awaitable, Callable, Sequence

from bilin.core.crypto import Keyring
from bilin.core.database import Connection
from bilin.core.log.entry import Entry

Retell = Callable[[Connection, Keyring, Sequence[Entry]], Awaitable[list[Entry]]]
"""Gives the same entries in the same order, in place of some others that show less. Must not raise for damaged rows."""

RETELLERS: list[Retell] = []
"""The rules of all modules; filled by `bilin.core.house`."""


async def as_shown_now(db: Connection, keys: Keyring, entries: list[Entry]) -> list[Entry]:
    """The entries as the tables allow them to be shown at this moment."""
    for retell in RETELLERS:
        entries = await retell(db, keys, entries)
    return entries
