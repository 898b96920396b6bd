"""The table of conversations. Only appliers write tables.

What can arrive before the thing it speaks of has a place: a row of `conversation` or `member` that nothing has created
yet has `created` or `changed` 0, and a row of `message` that was only spoken of has the kind `EXPECTED`.
Columns named `…_id` hold the event that last wrote the column beside them: the latest wins, in any order they come.
"""

import struct

import sqlalchemy as sa

from bilin.core.digests import NOT_COMPARED, compared
from bilin.core.registers import sealed_under
from bilin.core.tables import LOCAL, big, flag, metadata, zero

UNKNOWN, DIRECT, GROUP = 0, 1, 2
TITLE_PLACE = 4
PLACE = struct.Struct(">Bqqq")
"""Where a body belongs: kind of body, conversation, message, and who wrote it or what it quotes (`messages.bodies`)."""


def title_place(conversation: int) -> bytes:
    """Where a title belongs."""
    return PLACE.pack(TITLE_PLACE, conversation, 0, 0)


conversation = sa.Table(
    "conversation",
    metadata,
    big("id", primary_key=True),
    zero("kind", sa.SmallInteger),
    zero("created"),
    sa.Column(
        "title", sa.LargeBinary, comment="sealed under title_id", info=sealed_under("id", "title_id", title_place)
    ),
    zero("title_id"),
    big("owner"),
    zero("owner_id"),
    zero("members", sa.Integer),
    zero("last_seq", info=NOT_COMPARED),
    zero("last_text"),
    flag("is_mixed", comment="people read or wrote in it at other sites: its texts are in text_number", info=LOCAL),
    schema="messaging",
    info=compared("messaging.conversations", conversation="id", is_scoped=True),
    postgresql_with={"fillfactor": 70},
)
