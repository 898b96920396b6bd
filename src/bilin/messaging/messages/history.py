"""The timeline of a conversation: the newest page, or the page before, after or around a message."""

from typing import Literal

import msgspec

from bilin.core.commands import Context
from bilin.core.database import reading
from bilin.core.ids import ConversationId
from bilin.messaging.conversations.errors import ConversationNotFound
from bilin.messaging.members.reading import readable
from bilin.messaging.messages.model import Message
from bilin.messaging.messages.placing import load_bodies
from bilin.messaging.messages.rows import COLUMNS, QUOTED, SHOWN, message_of

MAX_LIMIT = 200
Where = Literal["before", "after", "around"]

NEWEST = (1 << 63) - 1
OLDER = f"""(SELECT {COLUMNS} FROM messaging.message m
  WHERE m.conversation = $1 AND m.kind <> 0 AND m.id < $3 ORDER BY m.id DESC LIMIT $4 + 1)"""  # noqa: S608 (constants only)
NEWER = f"""(SELECT {COLUMNS} FROM messaging.message m
  WHERE m.conversation = $1 AND m.kind <> 0 AND m.id {{sign}} $3 ORDER BY m.id LIMIT {{limit}} + 1)"""  # noqa: S608 (constants only)
BEYOND = "EXISTS (SELECT FROM messaging.message b WHERE b.conversation = $1 AND b.kind <> 0 AND b.id {sign} $3)"
SELECT = f"""
SELECT (SELECT coalesce(max(pos), 0) FROM core.log) AS pos, {{beyond}} AS beyond, {SHOWN}
  FROM messaging.member me LEFT JOIN LATERAL ({{page}}) m ON true {QUOTED}
 WHERE {readable("$2", "$1")} ORDER BY m.id"""  # noqa: S608 (constants only)
STATEMENTS: dict[Where, str] = {
    "before": SELECT.format(page=OLDER, beyond=BEYOND.format(sign=">=")),
    "after": SELECT.format(page=NEWER.format(sign=">", limit="$4"), beyond=BEYOND.format(sign="<=")),
    "around": SELECT.format(page=f"{OLDER} UNION ALL {NEWER.format(sign='>=', limit='$5')}", beyond="false"),
}
"""One statement each, so that the page, its reactions and its position are of one moment. Each side of a page is asked
for one message more than is shown, to know whether there is more."""


class MessagePage(msgspec.Struct, frozen=True):
    """A page of a timeline, ascending by id."""

    pos: int
    messages: list[Message]
    more_before: bool
    more_after: bool


async def read_history(
    ctx: Context, conversation: ConversationId, where: Where, cursor: int, limit: int
) -> MessagePage:
    """A page of at most `limit` messages. `around` gives the message of the cursor, or the next one, amid its page.

    The newest page is the one before `NEWEST`. Raises `ConversationNotFound` to who is not a member.
    """
    limits = (limit // 2, limit - limit // 2) if where == "around" else (limit,)
    async with reading(ctx.site.pool) as db:
        rows = await db.fetch(STATEMENTS[where], conversation, ctx.person, cursor, *limits)
        if not rows:
            raise ConversationNotFound
        found = [row for row in rows if row["id"] is not None]
        await load_bodies(db, ctx.site.keys, found)
    older = [] if where == "after" else [row for row in found if row["id"] < cursor]
    newer = found[len(older) :]
    shown = [*older[max(0, len(older) - limits[0]) :], *newer[: limits[-1]]]
    return MessagePage(
        pos=rows[0]["pos"],
        messages=[message_of(ctx.site.keys, row) for row in shown],
        more_before=rows[0]["beyond"] if where == "after" else len(older) > limits[0],
        more_after=rows[0]["beyond"] if where == "before" else len(newer) > limits[-1],
    )
