"""Words that lie anywhere but where they were said do not open: none is shown as another's, whatever the tables say."""

from collections.abc import AsyncIterator

import pytest

from bilin.core.codec import to_json
from bilin.core.crypto import BodyDamaged, is_unplaced
from bilin.core.ids import ConversationId, MessageId, PersonId
from bilin.core.log.follower import FollowerRunner
from bilin.core.log.store import read_range
from bilin.core.settings import Settings
from bilin.messaging.conversations.events import ConversationCreated
from bilin.messaging.messages.bodies import QuoteBody, TextBody, open_body
from bilin.messaging.messages.commands.edit import EditMessage, edit_message
from bilin.messaging.messages.events import MessageEdited, MessageSent
from bilin.messaging.messages.resealing import Resealing
from tests.messaging.house import House, open_house, words


class Talk:
    """Two conversations of Anna and Ben: the second knows the same people and other words."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.anna, self.ben = PersonId(0), PersonId(0)
        self.room, self.other = ConversationId(0), ConversationId(0)
        self.one, self.two, self.answer, self.elsewhere = (MessageId(0),) * 4

    async def begin(self) -> None:
        house = self.house
        self.anna, self.ben = await house.hire("Anna", "Ben")
        self.room = await house.group(self.anna, self.ben, title="One")
        self.other = await house.group(self.anna, self.ben, title="Other")
        self.one = await house.say(self.anna, self.room, "I agree")
        self.two = await house.say(self.ben, self.room, "I do not")
        self.answer = await house.say(self.ben, self.room, "why", reply_to=self.one)
        self.elsewhere = await house.say(self.anna, self.other, "elsewhere", reply_to=None)
        await house.do(edit_message, EditMessage(self.room, self.two, words("I do not, really")), self.ben)

    async def sql(self, statement: str, *arguments: object) -> None:
        async with self.house.site.pool.acquire() as db:
            await db.execute(statement, *arguments)

    async def read(self) -> None:
        """Everything that Anna is shown of both conversations."""
        for conversation in (self.room, self.other):
            await self.house.history(self.anna, conversation)
            await self.house.conversation(self.anna, conversation)

    async def unplace(self) -> None:
        """Make the tables as the release before sealed them."""
        keys = self.house.site.keys
        async with self.house.site.pool.acquire() as db:
            head = await db.fetchval("SELECT max(pos) FROM core.log")
            for row in await read_range(db, keys, 0, head):
                event, by = row.record.event, row.record.id
                if isinstance(event, MessageSent | MessageEdited):
                    body = TextBody(event.content, event.mentions, event.mentions_all)
                    await db.execute(
                        "UPDATE messaging.message SET body = $2 WHERE body_id = $1",
                        by,
                        keys.seal(event.conversation, by, to_json(body)),
                    )
                if isinstance(event, MessageSent) and event.reply_to:
                    quote = QuoteBody(event.reply_to.sender, event.reply_to.text)
                    await db.execute(
                        "UPDATE messaging.message SET quote = $2 WHERE id = $1",
                        by,
                        keys.seal(event.conversation, by, to_json(quote)),
                    )
                if isinstance(event, ConversationCreated):
                    await db.execute(
                        "UPDATE messaging.conversation SET title = $2 WHERE title_id = $1",
                        by,
                        keys.seal(event.conversation, by, event.title.encode()),
                    )
            for notice in await db.fetch("SELECT * FROM messaging.message WHERE kind = 2"):
                await db.execute(
                    "UPDATE messaging.message SET body = $2 WHERE id = $1",
                    notice["id"],
                    keys.seal(notice["conversation"], notice["id"], open_body(keys, notice)),
                )

    async def unplaced(self) -> int:
        """How many bodies, quotes and titles are sealed without their place."""
        async with self.house.site.pool.acquire() as db:
            rows = await db.fetch(
                "SELECT body AS sealed FROM messaging.message UNION ALL SELECT quote FROM messaging.message"
                " UNION ALL SELECT title FROM messaging.conversation"
            )
        return sum(is_unplaced(row["sealed"]) for row in rows if row["sealed"] is not None)


EXCHANGE = """
UPDATE messaging.message m SET {columns} FROM messaging.message o
 WHERE (m.id, o.id) IN (($1::bigint, $2::bigint), ($2, $1))"""
BOTH = "body = o.body, body_id = o.body_id"


@pytest.fixture
async def talk(settings: Settings) -> AsyncIterator[Talk]:
    house = await open_house(settings)
    talk = Talk(house)
    await talk.begin()
    await talk.read()
    yield talk
    await house.site.close()


async def exchange(talk: Talk, columns: str, one: MessageId, other: MessageId) -> None:
    await talk.sql(EXCHANGE.format(columns=columns), one, other)


@pytest.fixture(params=["as sealed now", "as sealed by the release before"])
async def changed(talk: Talk, request: pytest.FixtureRequest) -> Talk:
    """Whatever somebody does to the tables, they may do to rows of any age."""
    if request.param == "as sealed by the release before":
        await talk.unplace()
        await talk.read()
    return talk


async def test_words_of_two_people_exchanged(changed: Talk) -> None:
    await exchange(changed, BOTH, changed.one, changed.two)
    with pytest.raises(BodyDamaged):
        await changed.read()


async def test_words_exchanged_without_their_version(changed: Talk) -> None:
    await exchange(changed, "body = o.body", changed.one, changed.answer)
    with pytest.raises(BodyDamaged):
        await changed.read()


async def test_words_brought_from_another_conversation(changed: Talk) -> None:
    await exchange(changed, BOTH, changed.one, changed.elsewhere)
    with pytest.raises(BodyDamaged):
        await changed.read()


async def test_one_is_made_the_author_of_what_the_other_said(changed: Talk) -> None:
    await exchange(changed, "sender = o.sender", changed.one, changed.answer)
    with pytest.raises(BodyDamaged):
        await changed.read()


async def test_a_message_moved_to_another_conversation(changed: Talk) -> None:
    await changed.sql("UPDATE messaging.message SET conversation = $2 WHERE id = $1", changed.one, changed.other)
    with pytest.raises(BodyDamaged):
        await changed.read()


async def test_a_quote_put_under_another_message(changed: Talk) -> None:
    await changed.sql("UPDATE messaging.message SET reply_to = $2 WHERE id = $1", changed.answer, changed.two)
    with pytest.raises(BodyDamaged):
        await changed.read()


async def test_a_quote_shown_as_the_words_of_a_message(changed: Talk) -> None:
    await changed.sql("UPDATE messaging.message SET body = quote WHERE id = $1", changed.answer)
    with pytest.raises(Exception, match=r"damaged|required field"):
        await changed.read()


async def test_a_title_put_on_another_group(changed: Talk) -> None:
    await changed.sql(
        "UPDATE messaging.conversation c SET title = o.title, title_id = o.title_id FROM messaging.conversation o"
        " WHERE c.id = $1 AND o.id = $2",
        changed.room,
        changed.other,
    )
    with pytest.raises(BodyDamaged):
        await changed.house.conversation(changed.anna, changed.room)


async def test_an_answer_does_not_quote_words_that_were_moved(changed: Talk) -> None:
    await exchange(changed, BOTH, changed.one, changed.two)
    with pytest.raises(BodyDamaged):
        await changed.house.say(changed.ben, changed.room, "so", reply_to=changed.one)


async def test_bodies_of_the_release_before_are_sealed_anew(talk: Talk) -> None:
    shown = [await talk.house.history(talk.anna, room) for room in (talk.room, talk.other)]
    await talk.unplace()
    assert await talk.unplaced() == 9
    await exchange(talk, BOTH, talk.one, talk.answer)
    site = talk.house.site
    runner = FollowerRunner(Resealing(site.keys), site.pool, site.keys)
    while await runner.step():
        pass
    assert await talk.unplaced() == 2, "what lies in another place is left alone, and found out by who reads it"
    with pytest.raises(BodyDamaged):
        await talk.read()
    await exchange(talk, BOTH, talk.one, talk.answer)
    again = [await talk.house.history(talk.anna, room) for room in (talk.room, talk.other)]
    assert [[each.content for each in page.messages] for page in again] == [
        [each.content for each in page.messages] for page in shown
    ]
