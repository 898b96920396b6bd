"""What search is told of conversations: mine, by their title, and by who is in them."""

import asyncio
from collections.abc import Sequence

from bilin.core.commands import Context
from bilin.core.database import Connection
from bilin.core.ids import Id, PersonId
from bilin.core.searchable import Named, NamedHit, Wanted
from bilin.messaging.conversations.queries import LISTED, YIELD_EVERY
from bilin.messaging.conversations.tables import DIRECT
from bilin.messaging.messages.bodies import open_title
from bilin.messaging.messages.placing import load_titles
from bilin.org import people_by_ids, search_people

MOST_PEOPLE = 20
"""Of those who are called so, the conversations of the first."""
SELECT = f"""
SELECT c.id AS c_id, c.kind, c.title, c.title_id, me.peer, ARRAY(
         SELECT r.person FROM messaging.member r
          WHERE r.conversation = c.id AND r.person = ANY($2::bigint[]) AND r.present) AS called
  FROM messaging.member me JOIN messaging.conversation c ON c.id = me.conversation
 WHERE me.person = $1 AND me.present AND c.created <> 0 AND {LISTED}
 ORDER BY c.last_text DESC, c.id DESC"""  # noqa: S608 (constants only)


async def find(ctx: Context, db: Connection, wanted: Wanted, limit: int) -> Sequence[NamedHit]:
    """By title, and with a person by who that is, first; then groups by their members. The latest first."""
    called = [each.id for each in await search_people(db, wanted.text, [], MOST_PEOPLE)]
    rows = await db.fetch(SELECT, ctx.person, called)
    await load_titles(db, ctx.site.keys, rows)
    peers = {each.id: each.name for each in await people_by_ids(db, [PersonId(r["peer"]) for r in rows if r["peer"]])}
    by_name: list[NamedHit] = []
    by_member: list[NamedHit] = []
    for number, row in enumerate(rows, 1):
        is_direct = row["kind"] == DIRECT
        if is_direct:
            name = peers.get(PersonId(row["peer"] or 0), "")
        else:
            name = open_title(ctx.site.keys, row["c_id"], row["title_id"], row["title"]) if row["title"] else ""
        hit = NamedHit("conversation", Id(row["c_id"]), name, "")
        if wanted.fits(name) or (is_direct and row["peer"] in row["called"]):
            by_name.append(hit)
        elif set(row["called"]) - {ctx.person}:
            by_member.append(hit)
        if number % YIELD_EVERY == 0:
            await asyncio.sleep(0)
    return [*by_name, *by_member][:limit]


CONVERSATIONS = Named(kind="conversation", find=find)
