"""A company in which tests let people talk: a site in this process, without HTTP."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import Any, TypeVar

from bilin import files, messaging, policies, sites
from bilin.core.commands import Actor, Context, execute
from bilin.core.database import snapshot
from bilin.core.ids import ConversationId, HybridClock, MessageId, PersonId, SessionId, UnitId, wall_ms
from bilin.core.log import Decision, Receipt
from bilin.core.settings import Settings
from bilin.core.site import Site, open_site
from bilin.messaging.conversations.commands.begin import BeginDirect, begin_direct
from bilin.messaging.conversations.commands.create import CreateGroup, create_group
from bilin.messaging.conversations.model import Conversation, direct_id
from bilin.messaging.conversations.queries import ConversationPage, conversations_of, read_conversation
from bilin.messaging.messages.commands.send import SendMessage, send_message
from bilin.messaging.messages.content import Content, Mention, MentionAll, Paragraph, Span, Text
from bilin.messaging.messages.history import NEWEST, MessagePage, Where, read_history
from bilin.messaging.messages.model import Message
from bilin.messaging.receipts.commands import MarkRead, mark_read
from bilin.org import PersonAdded, Post, UnitAdded

C = TypeVar("C")


class Clock:
    """The wall clock of a test: real time, and as much more as the test says."""

    def __init__(self) -> None:
        self.ahead_ms = 0

    def __call__(self) -> int:
        return wall_ms() + self.ahead_ms


class House:
    """Shorthand for what people do."""

    def __init__(self, site: Site, clock: Clock) -> None:
        self.site, self.clock = site, clock
        self.unit = UnitId(0)

    async def hire(self, *names: str) -> list[PersonId]:
        """New active people."""
        people = [PersonId(self.site.clock.next()) for _ in names]
        added = [
            PersonAdded(
                person=person,
                name=name,
                title="",
                unit=self.unit,
                units=(Post(self.unit, "", True),),
                email="",
                phone="",
            )
            for person, name in zip(people, names, strict=True)
        ]
        await self.site.log.append(Decision(added), None)
        return people

    def context(self, person: PersonId, key: str | None = None) -> Context:
        return Context(self.site, Actor(person, SessionId(1)), key)

    async def do(
        self, handler: Callable[[C, Context], Awaitable[Any]], command: C, person: PersonId, key: str | None = None
    ) -> Receipt | None:
        """Let a person do something."""
        return await execute(handler, command, self.context(person, key))

    async def group(self, owner: PersonId, *members: PersonId, title: str = "Harbour") -> ConversationId:
        receipt = await self.do(create_group, CreateGroup(title, members), owner)
        assert receipt is not None
        return ConversationId(receipt.id)

    async def direct(self, one: PersonId, other: PersonId) -> ConversationId:
        await self.do(begin_direct, BeginDirect(other), one)
        return direct_id(one, other)

    async def say(
        self,
        person: PersonId,
        conversation: ConversationId,
        said: str | Content = "hello",
        *,
        calls: Sequence[PersonId] = (),
        calls_all: bool = False,
        reply_to: MessageId | None = None,
        key: str | None = None,
    ) -> MessageId:
        content = words(said, calls, calls_all) if isinstance(said, str) else said
        receipt = await self.do(send_message, SendMessage(conversation, content, reply_to), person, key)
        assert receipt is not None
        return MessageId(receipt.id)

    async def read(self, person: PersonId, conversation: ConversationId, through: MessageId) -> Receipt | None:
        return await self.do(mark_read, MarkRead(conversation, through), person)

    async def page(self, person: PersonId, conversation: ConversationId) -> ConversationPage:
        return await read_conversation(self.context(person), conversation)

    async def conversation(self, person: PersonId, conversation: ConversationId) -> Conversation:
        return (await self.page(person, conversation)).conversation

    async def listed(self, person: PersonId) -> list[Conversation]:
        """The conversations that a browser which signs in now is given."""
        async with snapshot(self.site.pool) as (db, pos):
            return (await conversations_of(self.context(person), db, pos, None, None))[0]

    async def history(
        self,
        person: PersonId,
        conversation: ConversationId,
        where: Where = "before",
        cursor: int = NEWEST,
        limit: int = 50,
    ) -> MessagePage:
        return await read_history(self.context(person), conversation, where, cursor, limit)

    async def message(self, person: PersonId, conversation: ConversationId, message: MessageId) -> Message:
        page = await self.history(person, conversation, "around", message, 2)
        (found,) = [each for each in page.messages if each.id == message]
        return found

    async def unread(self, person: PersonId, conversation: ConversationId) -> tuple[int, bool]:
        """How many messages are unread, and whether one of them mentions the person."""
        now = await self.conversation(person, conversation)
        return now.last_seq - now.read_seq - len(now.recalled_seqs), now.mention_seq > now.read_seq


def words(said: str, calls: Sequence[PersonId] = (), calls_all: bool = False) -> Content:
    """One paragraph, with mentions after the text."""
    spans: list[Span] = [Text(said)]
    spans += [Mention(person, f"person {person}") for person in calls]
    if calls_all:
        spans.append(MentionAll())
    return Content((Paragraph(tuple(spans)),))


async def open_house(settings: Settings) -> House:
    """A site with a running log and the company founded."""
    site = await open_site(settings)
    clock = Clock()
    site.clock = HybridClock(site.number, clock)
    for module in (sites.module, policies.module, files.module, messaging.module):
        assert module.start is not None
        await module.start(site)
    await site.tail.start()
    site.spawn("tail", site.tail.run())
    site.spawn("log-writer", site.log.run())
    with suppress(TimeoutError):
        async with asyncio.timeout(10):
            while not site.log.is_writing:
                await asyncio.sleep(0.005)
    house = House(site, clock)
    house.unit = UnitId(site.clock.next())
    company = UnitAdded(unit=house.unit, parent=None, name="Bilin", kind="company", rank=0)
    await site.log.append(Decision([company]), None)
    return house
