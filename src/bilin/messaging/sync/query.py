"""Everything the first screen needs, as of one position of the log."""

from collections.abc import Iterable, Iterator

import msgspec

from bilin.core.codec import own_hook
from bilin.core.commands import Context
from bilin.core.database import snapshot
from bilin.core.ids import ConversationId, Id, PersonId
from bilin.core.log.store import read_run
from bilin.core.policies import Policies
from bilin.core.settings import SiteSettings
from bilin.identity import Me, me_of
from bilin.messaging.conversations.elsewhere import Home, home_of
from bilin.messaging.conversations.model import Conversation
from bilin.messaging.conversations.queries import conversations_of
from bilin.messaging.notices.model import Added, Notice, OwnerIs, Removed, RoleIs
from bilin.org import Person, Unit, company, people_by_ids

SHOWN_IN_NOTICE = 10
"""How many names of a notice a preview can show."""

_decode_notice = msgspec.json.Decoder[Notice](Notice, dec_hook=own_hook).decode


class Sync(msgspec.Struct, frozen=True):
    """`run` and `pos` are where the log is followed from. `people` are those whose names the conversation list shows;
    others are asked for when they are met. `next`: after which conversation the next page begins; null: there are no
    more."""

    run: Id
    pos: int
    site: str
    here: int
    home: Home
    me: Me
    company: Unit | None
    conversations: list[Conversation]
    people: list[Person]
    next: ConversationId | None


async def read_sync(ctx: Context, after: ConversationId | None, limit: int | None) -> Sync:
    """The state of the person who asks, with a page of their conversations, or all."""
    policies = ctx.site.get(Policies)
    await policies.settled()
    async with snapshot(ctx.site.pool) as (db, pos):
        me = await me_of(db, ctx.actor, policies)
        mine, further = await conversations_of(ctx, db, pos, after, limit)
        home = await home_of(ctx.site, db, pos, ctx.person)
        people = await people_by_ids(db, sorted({ctx.person, *_shown(mine)}))
        top = await company(db)
        run = Id(await read_run(db))
    name = ctx.site.settings[SiteSettings].site
    return Sync(run, pos, name, ctx.site.number, home, me, top, mine, people, further)


def _shown(conversations: Iterable[Conversation]) -> Iterator[PersonId]:
    for conversation in conversations:
        if conversation.peer is not None:
            yield conversation.peer
        if (last := conversation.last_message) is not None:
            yield last.sender
            if last.notice is not None:
                yield from _named(_decode_notice(last.notice))


def _named(notice: Notice) -> Iterator[PersonId]:
    if isinstance(notice, Added):
        yield from notice.people[:SHOWN_IN_NOTICE]
    elif isinstance(notice, Removed | OwnerIs | RoleIs):
        yield notice.person
