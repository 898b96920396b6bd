"""Nothing that people wrote lies readable in the database."""

from bilin.messaging.conversations.commands.rename import RenameConversation, rename_conversation
from bilin.messaging.messages.commands.edit import EditMessage, edit_message
from bilin.messaging.messages.commands.recall import RecallMessage, recall_message
from tests.messaging.house import House, words

MARKER = "Zanzibar桑给巴尔"
TABLES = """
SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname)
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE c.relkind = 'r' AND n.nspname NOT IN ('pg_catalog', 'information_schema')"""


async def bytes_of_all_tables(house: House) -> bytes:
    found = b""
    async with house.site.pool.acquire() as db:
        for record in await db.fetch(TABLES):
            rows = await db.fetch(f"SELECT * FROM {record[0]}")  # noqa: S608 (names of tables)
            for row in rows:
                for value in row.values():
                    found += value if isinstance(value, bytes) else str(value).encode()
    return found


async def test_words_titles_and_quotes_are_sealed(house: House) -> None:
    anna, ben = await house.hire("Anna", "Ben")
    room = await house.group(anna, ben, title=MARKER)
    await house.do(rename_conversation, RenameConversation(room, f"{MARKER} 2"), anna)
    message = await house.say(anna, room, MARKER)
    answer = await house.say(ben, room, "yes", reply_to=message)
    await house.do(edit_message, EditMessage(room, message, words(f"{MARKER} edited")), anna)
    found = await bytes_of_all_tables(house)
    assert b"Harbour" not in found
    for encoded in (MARKER.encode(), b"Zanzibar", "桑给巴尔".encode(), MARKER.encode().hex().encode()):
        assert encoded not in found
    quote = (await house.message(anna, room, answer)).reply_to
    assert quote is not None
    assert quote.text == MARKER
    assert (await house.conversation(ben, room)).title == f"{MARKER} 2"


async def test_a_recall_takes_the_sealed_words_out_of_the_row(house: House) -> None:
    anna, ben = await house.hire("Anna", "Ben")
    room = await house.group(anna, ben)
    asked = await house.say(anna, room)
    message = await house.say(anna, room, reply_to=asked)
    await house.do(recall_message, RecallMessage(room, message), anna)
    async with house.site.pool.acquire() as db:
        row = await db.fetchrow("SELECT body, quote, reply_to FROM messaging.message WHERE id = $1", message)
    assert row is not None
    assert tuple(row) == (None, None, None)
