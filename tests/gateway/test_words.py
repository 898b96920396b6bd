"""What is taken back leaves the memory of the gateway and all that is read from the log, whatever the order."""

import random
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any

import msgspec
import pytest

from bilin.core.errors import BilinError
from bilin.core.events import Event
from bilin.core.ids import ConversationId, MessageId, PersonId
from bilin.core.log import Entry, Intake
from bilin.core.log.store import read_entries
from bilin.core.settings import Settings
from bilin.gateway import frames
from bilin.gateway.recent import Recent
from bilin.messaging import MessageEdited, MessageRecalled, MessageSent
from bilin.messaging.messages.commands.edit import EditMessage, edit_message
from bilin.messaging.messages.commands.recall import RecallMessage, recall_message
from bilin.messaging.messages.model import Quote
from tests.core.log.abroad import Abroad
from tests.messaging.house import House, open_house, words


class Listening:
    """A house whose tail is remembered as the gateway does it."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.recent = Recent(house.site.tail.pos, 100_000, 1 << 24)
        self.live: list[Entry] = []
        house.site.tail.listen(self._hear)

    def _hear(self, entries: Any) -> None:
        for entry in entries:
            self.recent.add(entry)
            self.live.append(entry)

    def remembered(self) -> list[dict[str, Any]]:
        """The frames that somebody gets who resumes from memory."""
        items = self.recent.since(0, 1 << 30)
        assert self.recent._size_bytes == sum(item.weight for item in items)
        return [msgspec.json.decode(frames.payload(item.wire)) for item in items]

    async def stored(self, after: int = 0) -> list[dict[str, Any]]:
        """The frames that somebody gets who resumes from the log."""
        async with self.house.site.pool.acquire() as db:
            entries = await read_entries(db, self.house.site.keys, after, self.house.site.tail.pos)
        return [msgspec.json.decode(entry.frame) for entry in entries]

    async def take_in(self, abroad: Abroad, actor: PersonId, *events: Event) -> list[int]:
        """Events of another site; their ids."""
        foreign = [abroad.write(event, actor) for event in events]
        taken = await self.house.site.log.take_in(Intake(foreign))
        assert await self.house.site.tail.reached(taken.pos)
        return [each.id for each in foreign]


@pytest.fixture
async def listening(settings: Settings) -> AsyncIterator[Listening]:
    house = await open_house(settings)
    yield Listening(house)
    await house.site.close()


def data_of(heard: list[dict[str, Any]], message: int) -> list[dict[str, Any]]:
    """What is said of a message: as it was sent, then its edits."""
    about = [each for each in heard if each["id"] == str(message) or each["data"].get("message") == str(message)]
    return [each["data"] for each in about if "content" in each["data"]]


async def test_recalled_words_are_in_neither(listening: Listening) -> None:
    house = listening.house
    anna, ben = await house.hire("Anna", "Ben")
    room = await house.group(anna, ben)
    message = await house.say(anna, room, "SECRET one", calls=[ben])
    answer = await house.say(ben, room, "what?", reply_to=message)
    await house.do(edit_message, EditMessage(room, message, words("SECRET two")), anna)
    await house.do(recall_message, RecallMessage(room, message), anna)
    for heard in (listening.remembered(), await listening.stored()):
        assert "SECRET" not in str(heard)
        sent, edited = data_of(heard, message)
        assert sent["content"] == edited["content"] == {"blocks": []}
        assert (sent["mentions"], sent["reply_to"]) == ([str(ben)], None)
        (answered,) = data_of(heard, answer)
        assert answered["content"] != {"blocks": []}
        assert answered["reply_to"] == {"id": str(message), "sender": str(anna), "text": "", "recalled": True}


async def test_only_the_newest_words_are_told(listening: Listening) -> None:
    house = listening.house
    anna, ben = await house.hire("Anna", "Ben")
    room = await house.group(anna, ben)
    message = await house.say(anna, room, "FIRST")
    for said in ("SECOND", "third"):
        await house.do(edit_message, EditMessage(room, message, words(said)), anna)
    for heard in (listening.remembered(), await listening.stored()):
        assert "FIRST" not in str(heard)
        assert "SECOND" not in str(heard)
        assert [str(each["content"]).count("third") for each in data_of(heard, message)] == [1, 1, 1]


async def test_the_log_keeps_what_was_said(listening: Listening) -> None:
    from bilin.core.log.store import read_range

    house = listening.house
    anna, ben = await house.hire("Anna", "Ben")
    room = await house.group(anna, ben)
    message = await house.say(anna, room, "SECRET")
    await house.do(recall_message, RecallMessage(room, message), anna)
    async with house.site.pool.acquire() as db:
        rows = await read_range(db, house.site.keys, 0, house.site.tail.pos)
    assert [b"SECRET" in row.data for row in rows if row.record.id == message] == [True]


async def test_words_that_come_after_their_recall_are_not_told_live(listening: Listening) -> None:
    house = listening.house
    anna, ben = await house.hire("Anna", "Ben")
    room = await house.group(anna, ben)
    abroad = Abroad(ahead_ms=-60_000)
    sent = abroad.write(sent_in(room, "SECRET"), anna)
    answer = abroad.write(sent_in(room, "why", Quote(MessageId(sent.id), anna, "SECRET")), ben)
    await listening.take_in(abroad, anna, MessageRecalled(conversation=room, message=MessageId(sent.id)))
    taken = await house.site.log.take_in(Intake([answer, sent]))
    assert await house.site.tail.reached(taken.pos)
    for heard in (listening.remembered(), await listening.stored(), [each.frame.decode() for each in listening.live]):
        assert "SECRET" not in str(heard)


def sent_in(room: ConversationId, said: str, reply_to: Quote | None = None) -> MessageSent:
    return MessageSent(conversation=room, content=words(said), reply_to=reply_to, mentions=(), mentions_all=False)


async def test_a_damaged_row_keeps_nobody_from_the_rest(listening: Listening) -> None:
    house = listening.house
    anna, ben = await house.hire("Anna", "Ben")
    room = await house.group(anna, ben)
    message = await house.say(anna, room, "FIRST")
    await house.do(edit_message, EditMessage(room, message, words("second")), anna)
    async with house.site.pool.acquire() as db:
        await db.execute("UPDATE messaging.message SET body = set_byte(body, 40, get_byte(body, 40) # 1)")
    heard = await listening.stored()
    assert len(heard) == house.site.tail.pos
    assert "FIRST" not in str(heard)


@pytest.mark.parametrize("seed", range(3))
async def test_memory_and_log_say_the_same_after_any_history(listening: Listening, seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311 (repeatable)
    house, abroad = listening.house, Abroad(ahead_ms=-30_000)
    anna, ben = await house.hire("Anna", "Ben")
    room = await house.group(anna, ben)
    said: list[int] = []
    recalled: set[int] = set()
    late: list[Any] = []
    for number in range(60):
        match dice.randrange(7):
            case 0 | 1:
                answered = MessageId(dice.choice(said)) if said and dice.random() < 0.5 else None
                with suppress(BilinError):
                    said.append(await house.say(anna, room, f"word{number}", reply_to=answered))
            case 2:
                foreign = abroad.write(sent_in(room, f"word{number}"), anna)
                said.append(foreign.id)
                late.append(foreign)
            case 3 if late:
                await house.site.log.take_in(Intake([late.pop(dice.randrange(len(late)))]))
            case 4 if said:
                with suppress(BilinError):
                    target = MessageId(dice.choice(said))
                    await house.do(edit_message, EditMessage(room, target, words(f"word{number}")), anna)
            case 5 if said:
                target = MessageId(dice.choice(said))
                edit = MessageEdited(
                    conversation=room, message=target, content=words(f"word{number}"), mentions=(), mentions_all=False
                )
                await listening.take_in(abroad, anna, edit)
            case 6 if said:
                target = MessageId(dice.choice(said))
                await listening.take_in(abroad, anna, MessageRecalled(conversation=room, message=target))
                recalled.add(target)
    await house.site.log.take_in(Intake(late))
    last = await house.say(ben, room, "end")
    remembered = listening.remembered()
    heard = await listening.stored(remembered[0]["pos"] - 1)
    assert remembered == heard
    assert heard[-1]["id"] == str(last)
    for message in recalled:
        assert all(each["content"] == {"blocks": []} for each in data_of(heard, message))
    quotes = [each["data"]["reply_to"] for each in heard if each["data"].get("reply_to")]
    assert all(quote["text"] == "" for quote in quotes if int(quote["id"]) in recalled)


async def test_what_is_forgotten_leaves_no_trace(listening: Listening) -> None:
    house = listening.house
    anna, ben = await house.hire("Anna", "Ben")
    room = await house.group(anna, ben)
    listening.recent._max_entries = 8
    message = await house.say(anna, room, "first")
    await house.say(ben, room, "an answer", reply_to=message)
    for number in range(40):
        await house.say(ben, room, f"{number}")
    assert len(listening.recent._said) <= 8
    await house.do(recall_message, RecallMessage(room, message), anna)


async def test_what_was_taken_back_while_older_entries_were_read_is_taken_out_of_them(listening: Listening) -> None:
    house = listening.house
    anna, ben = await house.hire("Anna", "Ben")
    room = await house.group(anna, ben)
    message = await house.say(anna, room, "SECRET")
    after = house.site.tail.pos
    async with house.site.pool.acquire() as db:
        older = await read_entries(db, house.site.keys, 0, after)
    recent = listening.recent = Recent(after, 100_000, 1 << 24)
    await house.do(recall_message, RecallMessage(room, message), anna)
    assert recent.put_before(older, 0)
    recent.filled()
    assert "SECRET" not in str(listening.remembered())
