"""A long past for headquarters: messages written straight into its log, many times faster than people could."""

import asyncio
import os
from datetime import UTC, datetime
from pathlib import Path

from bench.server import TEXT, Server, launch, sign_in
from bench.sites.pair import NO_LIMIT, Pair
from bilin.app.joining import joined
from bilin.app.supervisor import Progress
from bilin.core.ids import ConversationId, Id, PersonId, id_at
from bilin.core.log import Decision
from bilin.core.settings import load_settings
from bilin.core.site import Site, open_site
from bilin.messaging import Content, ConversationCreated, MemberRole, MessageSent, Paragraph, Text

CHUNK = 500
DAYS = 300
DAY_MS = 86_400_000


async def write(pair: Pair, rooms: int, messages: int) -> None:
    """Conversations of people of both units, full of messages; headquarters is started again afterwards."""
    server = pair.headquarters
    branch = [(await sign_in(server, f"sh{number}")).id for number in range(len(server.people))]
    people = [PersonId(int(person.id)) for person in server.people]
    server.stop()
    data = server.folder / "data"
    os.environ["BILIN_DATA_DIR"] = str(data)  # as for a command that is run beside the server
    async with joined(load_settings(), Progress()) as reachable:
        site = await open_site(reachable)
        try:
            site.spawn("log-writer", site.log.run())
            await _fill(site, people, [PersonId(int(person)) for person in branch], rooms, messages)
        finally:
            await site.close()
    pair.headquarters = await _restart(server, data)


async def _fill(site: Site, here: list[PersonId], there: list[PersonId], rooms: int, messages: int) -> None:
    first_ms = int(datetime.now(UTC).timestamp() * 1000) - DAYS * DAY_MS
    step_ms = DAYS * DAY_MS / messages
    content = Content((Paragraph((Text(TEXT),)),))
    made = []
    for number in range(rooms):
        members = (here[number % len(here)], there[number % len(there)])
        room = ConversationId(site.clock.next())
        roles = (MemberRole(members[0], "owner"), MemberRole(members[1], "member"))
        created = ConversationCreated(conversation=room, kind="group", title=f"历史 {number}", members=roles)
        await site.log.append(Decision([created], id=Id(room)), members[0])
        made.append((room, members))
    for start in range(0, messages, CHUNK):
        decisions = []
        for number in range(start, min(start + CHUNK, messages)):
            room, members = made[number % rooms]
            sent = MessageSent(conversation=room, content=content, reply_to=None, mentions=(), mentions_all=False)
            at = Id(id_at(first_ms + int(number * step_ms)) | (site.number << 12) | (number & 0xFFF))
            decisions.append(site.log.append(Decision([sent], id=at), members[number // rooms % 2]))
        await asyncio.gather(*decisions)


async def _restart(before: Server, data: Path) -> Server:
    """The same site with the same settings."""
    again = await launch(data.parent, {**NO_LIMIT, **before.settings})
    again.people = [await sign_in(again, f"hq{number}") for number in range(len(before.people))]
    return again
