"""Flags: what members set on messages of a conversation, for all in it, as pins. Opening the conversation shows them.

A flag is a table with one row for each message that ever had it, made here; its feature declares the register and the
event (`message`, `present`). From the table follow what a conversation is opened with, and what the browser does.
"""

from functools import cache

import msgspec
import sqlalchemy as sa

from bilin.core.database import Connection
from bilin.core.digests import compared
from bilin.core.ids import ConversationId, Id, MessageId, PersonId
from bilin.core.tables import metadata

FLAG = "flag"
EACH = "SELECT '{name}' AS flag, * FROM {table} WHERE present"
READ = """
SELECT f.flag, f.message, f.person, f.id FROM messaging.member me
  JOIN ({each}) f ON f.conversation = me.conversation
  JOIN messaging.message m ON m.conversation = f.conversation AND m.id = f.message
 WHERE me.conversation = $1 AND me.person = $2 AND me.present AND m.kind = 1 AND m.recalled_id IS NULL
 ORDER BY f.id DESC"""


class Flag(msgspec.Struct, frozen=True):
    """A flag on a message: on which, set by whom, and by which event (its id is the time)."""

    message: MessageId
    person: PersonId
    id: Id


def flag_table(name: str, flag: str, comment: str) -> sa.Table:
    """The table of a flag; `flag` is its name in `ConversationPage.flags`, and `comment` says who the person is. The
    message itself need not be here; flags of a recalled one are kept and not shown."""
    return sa.Table(
        name,
        metadata,
        sa.Column("conversation", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("message", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("person", sa.BigInteger, nullable=False, comment=comment),
        sa.Column("present", sa.Boolean, nullable=False),
        sa.Column("id", sa.BigInteger, nullable=False),
        schema="messaging",
        info={
            FLAG: flag,
            **compared(f"messaging.{flag}", conversation="conversation", message="message", is_scoped=True),
        },
    )


async def flags_of(db: Connection, conversation: ConversationId, person: PersonId) -> dict[str, list[Flag]]:
    """By its name, where each flag is, the last set first; nowhere for who is not a member."""
    names, statement = _reading()
    flags: dict[str, list[Flag]] = {name: [] for name in names}
    for row in await db.fetch(statement, conversation, person):
        flags[row["flag"]].append(Flag(MessageId(row["message"]), PersonId(row["person"]), Id(row["id"])))
    return flags


@cache
def _reading() -> tuple[list[str], str]:
    """The names of all flags, and the statement that reads them."""
    tables = sorted((table.info[FLAG], table.fullname) for table in metadata.tables.values() if FLAG in table.info)
    each = " UNION ALL ".join(EACH.format(name=name, table=table) for name, table in tables)
    return [name for name, _ in tables], READ.format(each=each)
