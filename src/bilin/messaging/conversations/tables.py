"""The table of conversations. Only appliers write tables.

What can arrive before the thing it speaks of has a place: a row of `conversation` or `member` that nothing has created
yet has `created` or `changed` 0, and a row of `message` that was only spoken of has the kind `EXPECTED`.
Columns named `…_id` hold the event that last wrote the column beside them: the latest wins, in any order they come.
"""

import sqlalchemy as sa

from bilin.core.tables import big, flag, metadata, zero

UNKNOWN, DIRECT, GROUP = 0, 1, 2

conversation = sa.Table(
    "conversation",
    metadata,
    big("id", primary_key=True),
    zero("kind", sa.SmallInteger),
    zero("created"),
    sa.Column("title", sa.LargeBinary, comment="sealed under title_id"),
    zero("title_id"),
    big("owner"),
    zero("owner_id"),
    zero("members", sa.Integer),
    zero("last_seq"),
    zero("last_text"),
    flag("is_mixed", comment="people read or wrote in it at other sites: its texts are in text_number"),
    schema="messaging",
    postgresql_with={"fillfactor": 70},
)
