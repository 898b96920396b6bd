"""What is counted as unread: nothing that was recalled, and no call that was taken back."""

from bilin.core.ids import ConversationId, MessageId, PersonId
from bilin.messaging.members.commands.remove_member import RemoveMember, remove_member
from bilin.messaging.messages.commands.edit import EditMessage, edit_message
from bilin.messaging.messages.commands.recall import RecallMessage, recall_message
from bilin.messaging.preferences.commands import SetConversationPreferences, set_conversation_preferences
from tests.messaging.house import House, words


async def counted(house: House, person: PersonId) -> list[tuple[int, bool]]:
    """As a browser that signs in now counts: unread, and whether called, of each conversation listed."""
    return [
        (c.last_seq - c.read_seq - len(c.recalled_seqs), c.mention_seq > c.read_seq) for c in await house.listed(person)
    ]


async def recall(house: House, person: PersonId, room: ConversationId, message: MessageId) -> None:
    await house.do(recall_message, RecallMessage(room, message), person)


async def edit(house: House, person: PersonId, room: ConversationId, message: MessageId, *calls: PersonId) -> None:
    await house.do(edit_message, EditMessage(room, message, words("changed", calls)), person)


async def test_a_call_that_was_recalled_counts_for_nothing(house: House) -> None:
    anna, ben = await house.hire("Anna", "Ben")
    room = await house.group(anna, ben)
    called = await house.say(anna, room, "look", calls=[ben])
    assert await counted(house, ben) == [(1, True)]
    await recall(house, anna, room, called)
    assert await counted(house, ben) == [(0, False)]
    assert await house.unread(ben, room) == (0, False)


async def test_of_two_calls_the_other_stays(house: House) -> None:
    anna, ben = await house.hire("Anna", "Ben")
    room = await house.group(anna, ben)
    first = await house.say(anna, room, "one", calls=[ben])
    second = await house.say(anna, room, "two", calls_all=True)
    await house.say(anna, room, "three")
    await recall(house, anna, room, second)
    assert (await house.conversation(ben, room)).mention_seq == 1
    assert await house.unread(ben, room) == (2, True)
    await recall(house, anna, room, first)
    assert await house.unread(ben, room) == (1, False)
    assert (await house.conversation(ben, room)).recalled_seqs == [1, 2]


async def test_a_recall_of_what_was_read_changes_no_count(house: House) -> None:
    anna, ben = await house.hire("Anna", "Ben")
    room = await house.group(anna, ben)
    first = await house.say(anna, room, "one", calls=[ben])
    await house.read(ben, room, first)
    await house.say(anna, room, "two", calls=[ben])
    await recall(house, anna, room, first)
    assert await house.unread(ben, room) == (1, True)
    assert (await house.conversation(ben, room)).recalled_seqs == []


async def test_reading_on_leaves_what_was_recalled_behind(house: House) -> None:
    anna, ben = await house.hire("Anna", "Ben")
    room = await house.group(anna, ben)
    said = [await house.say(anna, room, f"{number}", calls=[ben]) for number in range(4)]
    await recall(house, anna, room, said[1])
    await recall(house, anna, room, said[2])
    await house.read(ben, room, said[1])
    now = await house.conversation(ben, room)
    assert (now.read_seq, now.recalled_seqs, now.mention_seq) == (2, [3], 4)


async def test_an_edit_takes_a_call_back_and_may_give_it_again(house: House) -> None:
    anna, ben, carl = await house.hire("Anna", "Ben", "Carl")
    room = await house.group(anna, ben, carl)
    message = await house.say(anna, room, "look", calls=[ben])
    await edit(house, anna, room, message, carl)
    assert await house.unread(ben, room) == (1, False)
    assert await house.unread(carl, room) == (1, False), "an edit calls nobody who was not called"
    await edit(house, anna, room, message, ben, carl)
    assert await house.unread(ben, room) == (1, True)


async def test_an_edit_that_still_calls_all_calls_who_was_named(house: House) -> None:
    anna, ben = await house.hire("Anna", "Ben")
    room = await house.group(anna, ben)
    message = await house.say(anna, room, "look", calls=[ben])
    changed = EditMessage(room, message, words("changed", calls_all=True))
    await house.do(edit_message, changed, anna)
    assert await house.unread(ben, room) == (1, True)


async def test_who_joins_later_is_not_called_by_what_was_before(house: House) -> None:
    anna, ben = await house.hire("Anna", "Ben")
    room = await house.group(anna, ben)
    await house.say(anna, room, "look", calls_all=True)
    await house.do(remove_member, RemoveMember(room, ben), anna)
    assert await counted(house, ben) == []


async def test_a_direct_conversation_is_listed_once_something_was_said(house: House) -> None:
    anna, ben = await house.hire("Anna", "Ben")
    room = await house.direct(anna, ben)
    for person in (anna, ben):
        assert await house.listed(person) == []
        assert (await house.conversation(person, room)).id == room, "it is there for who opens it"
    oops = await house.say(anna, room)
    await recall(house, anna, room, oops)
    for person in (anna, ben):
        assert [each.id for each in await house.listed(person)] == [room]


async def test_who_pinned_an_empty_one_keeps_it_and_the_other_sees_nothing(house: House) -> None:
    anna, ben = await house.hire("Anna", "Ben")
    room = await house.direct(anna, ben)
    await house.do(set_conversation_preferences, SetConversationPreferences(room, pinned=True), anna)
    assert [each.id for each in await house.listed(anna)] == [room]
    assert await house.listed(ben) == []
