"""What somebody has seen when they read or send, in words that mean the same at every site.

A site numbers texts in the order they arrive. Elsewhere the order is another, so an event names the newest text of each
site among those that its actor had before them: of one site's texts the older ones arrived before (`apply.marks`).
Where that is not certain, because older ones are still being fetched, nothing is said.
"""

from bilin.core.commands import Context
from bilin.core.database import Connection, reading
from bilin.core.ids import ConversationId, MessageId, site_of
from bilin.messaging.conversations.views import ConversationView
from bilin.sites import Homes, Network, sites_missing

SELECT_TARGET = """
SELECT t.id, t.seq, r.read_seq, c.is_mixed FROM messaging.message m
  JOIN messaging.member r ON r.person = $3 AND r.conversation = m.conversation
  JOIN messaging.conversation c ON c.id = m.conversation
  LEFT JOIN LATERAL (SELECT t.id, t.seq FROM messaging.message t
                      WHERE t.conversation = m.conversation AND t.id <= m.id AND t.kind = 1
                      ORDER BY t.id DESC LIMIT 1) t ON true
 WHERE m.conversation = $1 AND m.id = $2 AND m.kind <> 0"""
SELECT_NEWEST = """
SELECT max(id) FROM messaging.text_number WHERE conversation = $1 AND seq > $2 AND seq <= $3 GROUP BY (id >> 12) & 1023
"""
SELECT_READ = "SELECT read_seq FROM messaging.member WHERE person = $2 AND conversation = $1"
ALL = (1 << 63) - 1


class Target:
    """The text up to which somebody reads: the message they name, or the text before it when that is a notice."""

    __slots__ = ("after", "is_mixed", "seq", "text")

    def __init__(self, text: MessageId, seq: int, after: int, is_mixed: bool) -> None:
        self.text, self.seq, self.after, self.is_mixed = text, seq, after, is_mixed

    @property
    def is_further(self) -> bool:
        """Whether it was not read before."""
        return self.seq > self.after


async def read_target(db: Connection, ctx: Context, conversation: ConversationId, message: MessageId) -> Target | None:
    """Up to where a mark through a message goes; None when there is no such message."""
    row = await db.fetchrow(SELECT_TARGET, conversation, message, ctx.person)
    if row is None:
        return None
    return Target(MessageId(row["id"] or message), row["seq"] or 0, row["read_seq"], row["is_mixed"])


async def seen_by_mark(db: Connection, conversation: ConversationId, target: Target) -> tuple[MessageId, ...] | None:
    """Of each site the newest text that is read with the target and was not before; None: that is the target alone."""
    if not target.is_mixed:
        return None
    seen = await _newest(db, conversation, target.after, target.seq)
    return None if seen == (target.text,) else seen


async def seen_before_sending(ctx: Context, view: ConversationView) -> tuple[MessageId, ...]:
    """Of each other site the newest text that the sender had not read before; asks nothing where all are at home."""
    here = ctx.site.number
    if len(ctx.site.get(Network).roll.sites) == 1:
        return ()
    homes = ctx.site.get(Homes).now
    if all(homes.of_person(person) == here for person in view.roles):
        return ()
    async with reading(ctx.site.pool) as db:
        read = await db.fetchval(SELECT_READ, view.id, ctx.person)
        newest = await _newest(db, view.id, read or 0, ALL)
    return tuple(each for each in newest if site_of(each) != here)


async def _newest(db: Connection, conversation: ConversationId, after: int, through: int) -> tuple[MessageId, ...]:
    found = sorted(row[0] for row in await db.fetch(SELECT_NEWEST, conversation, after, through))
    missing = await sites_missing(db, [conversation]) if found else set()
    return tuple(MessageId(each) for each in found if site_of(each) not in missing)
