"""What of a conversation must be equal at all sites that have it.

Left out is what counts arrivals at a site (`seq`, and what is counted in it), and what only counting needs (`still`).
Words are sealed with keys of each site's own: compared is which event brought them, and whether they are there.
"""

import sqlalchemy as sa

from bilin.core.digests import part, rows
from bilin.messaging.conversations.tables import conversation
from bilin.messaging.members.tables import member
from bilin.messaging.messages.tables import message

LOCAL = ("seq", "last_seq", "read_seq", "mention_seq", "arrived", "began", "is_mixed", "still", "still_all")
SEALED = ("title", "body", "quote")
HAS_WORDS = "jsonb_build_object('has_body', body IS NOT NULL, 'has_quote', quote IS NOT NULL)"
SELECT_REACTIONS = """
SELECT conversation AS a, message AS b,
       jsonb_agg(jsonb_build_array(person, emoji, id, present) ORDER BY person, emoji COLLATE "C") AS line
  FROM messaging.reaction WHERE conversation = ANY($5::bigint[]) GROUP BY conversation, message"""


def _rows(table: sa.Table, a: str, b: str = "0", plus: str = "") -> str:
    return rows(table, a, b, but=(*LOCAL, *SEALED), plus=plus, scope=a)


CONVERSATIONS = part("messaging.conversations", ("conversation",), _rows(conversation, "id"), is_scoped=True)
MEMBERS = part("messaging.members", ("conversation", "person"), _rows(member, "conversation", "person"), is_scoped=True)
MESSAGES = part(
    "messaging.messages",
    ("conversation", "message"),
    _rows(message, "conversation", "id", HAS_WORDS),
    is_scoped=True,
)
REACTIONS = part("messaging.reactions", ("conversation", "message"), SELECT_REACTIONS, is_scoped=True)
