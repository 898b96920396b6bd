"""Who is in a group and what they may do there: creating, adding, removing, leaving, handing on, roles, titles."""

import asyncio

import pytest

from bilin.core.errors import Invalid, Stale
from bilin.core.ids import ConversationId, PersonId
from bilin.core.log import Decision
from bilin.core.settings import Settings
from bilin.messaging.conversations.commands.begin import BeginDirect, begin_direct
from bilin.messaging.conversations.commands.create import CreateGroup, create_group
from bilin.messaging.conversations.commands.rename import RenameConversation, rename_conversation
from bilin.messaging.conversations.errors import ConversationNotFound, NotInDirect, RoleNeeded
from bilin.messaging.members.commands.add_members import AddMembers, add_members
from bilin.messaging.members.commands.change_role import ChangeRole, change_role
from bilin.messaging.members.commands.hand_on import HandOnConversation, hand_on_conversation
from bilin.messaging.members.commands.leave import LeaveConversation, leave_conversation
from bilin.messaging.members.commands.remove_member import RemoveMember, remove_member
from bilin.messaging.members.errors import GroupFull, MemberNotFound, OwnerMustHandOn, PersonUnknown
from bilin.messaging.members.events import MembersAdded
from bilin.org import PersonDeactivated
from tests.messaging.conftest import with_settings
from tests.messaging.house import House, open_house


async def roles(house: House, person: PersonId, room: ConversationId) -> dict[int, str]:
    return {member.person: member.role for member in (await house.page(person, room)).members}


async def test_a_group_has_its_maker_as_owner(house: House) -> None:
    anna, ben = await house.hire("Anna", "Ben")
    room = await house.group(anna, ben, anna, title="  The \n harbour ")
    assert await roles(house, ben, room) == {anna: "owner", ben: "member"}
    mine = await house.conversation(ben, room)
    assert (mine.kind, mine.title, mine.peer, mine.members, mine.my_role) == ("group", "The harbour", None, 2, "member")
    assert mine.last_message is not None
    assert bytes(mine.last_message.notice or b"") == b'{"type":"created","title":"The harbour"}'
    assert (mine.id, mine.last_message.sender) == (mine.created, anna)


async def test_groups_are_made_of_active_people_and_have_titles(house: House) -> None:
    anna, ben = await house.hire("Anna", "Ben")
    await house.site.log.append(Decision([PersonDeactivated(person=ben)]), None)
    with pytest.raises(PersonUnknown) as refused:
        await house.group(anna, ben, PersonId(5))
    assert refused.value.details == {"people": [ben, 5]}
    for title in ("", "   ", "x" * 101, "a\x07b"):
        with pytest.raises(Invalid):
            await house.group(anna, title=title)
    with pytest.raises(Invalid):
        await house.group(anna, *map(PersonId, range(1, 502)))


async def test_a_group_made_twice_with_one_key_is_one(house: House) -> None:
    (anna,) = await house.hire("Anna")
    made = [await house.do(create_group, CreateGroup("One", ()), anna, key="k") for _ in range(2)]
    assert made[0] is not None
    assert made[1] is not None
    assert made[0].id == made[1].id
    await house.page(anna, ConversationId(made[0].id))


async def test_two_people_have_one_direct_conversation(house: House) -> None:
    anna, ben, eve = await house.hire("Anna", "Ben", "Eve")
    begun = await asyncio.gather(
        *(house.do(begin_direct, BeginDirect(other), one) for one, other in [(anna, ben), (ben, anna)] * 3)
    )
    assert sum(receipt is not None for receipt in begun) == 1
    talk = await house.direct(anna, ben)
    for person, peer in ((anna, ben), (ben, anna)):
        mine = await house.conversation(person, talk)
        assert (mine.kind, mine.title, mine.peer, mine.my_role, mine.members) == ("direct", "", peer, "member", 2)
        assert mine.last_message is None
    with pytest.raises(ConversationNotFound):
        await house.page(eve, talk)
    with pytest.raises(Invalid):
        await house.direct(anna, anna)
    with pytest.raises(PersonUnknown):
        await house.direct(anna, PersonId(5))


async def test_direct_conversations_have_neither_title_nor_changing_members(house: House) -> None:
    anna, ben, cai = await house.hire("Anna", "Ben", "Cai")
    talk = await house.direct(anna, ben)
    refused = [
        house.do(add_members, AddMembers(talk, (cai,)), anna),
        house.do(rename_conversation, RenameConversation(talk, "x"), anna),
        house.do(remove_member, RemoveMember(talk, ben), anna),
        house.do(leave_conversation, LeaveConversation(talk), anna),
        house.do(hand_on_conversation, HandOnConversation(talk, ben), anna),
        house.do(change_role, ChangeRole(talk, ben, "admin"), anna),
    ]
    for each in refused:
        with pytest.raises(NotInDirect):
            await each


async def test_strangers_may_do_nothing_and_learn_nothing(house: House) -> None:
    anna, ben, eve = await house.hire("Anna", "Ben", "Eve")
    room = await house.group(anna, ben)
    refused = [
        house.do(add_members, AddMembers(room, (eve,)), eve),
        house.do(rename_conversation, RenameConversation(room, "x"), eve),
        house.do(remove_member, RemoveMember(room, ben), eve),
        house.do(leave_conversation, LeaveConversation(room), eve),
        house.do(hand_on_conversation, HandOnConversation(room, eve), eve),
        house.do(change_role, ChangeRole(room, eve, "admin"), eve),
    ]
    for each in refused:
        with pytest.raises(ConversationNotFound):
            await each


async def test_any_member_adds_people_who_begin_with_nothing_unread(house: House) -> None:
    anna, ben, cai = await house.hire("Anna", "Ben", "Cai")
    room = await house.group(anna, ben)
    await house.say(anna, room, calls_all=True)
    added = await house.do(add_members, AddMembers(room, (cai, anna, cai)), ben)
    assert added is not None
    assert await house.do(add_members, AddMembers(room, (cai,)), ben) is None
    newcomer = await house.conversation(cai, room)
    assert (newcomer.last_seq, newcomer.read_seq, newcomer.mention_seq, newcomer.members) == (1, 1, 0, 3)
    page = await house.history(cai, room)
    assert bytes(page.messages[-1].notice or b"") == b'{"type":"added","people":["%d"]}' % cai
    assert [member.joined for member in (await house.page(cai, room)).members] == [room, room, added.id]


async def test_who_comes_back_begins_anew(house: House) -> None:
    anna, ben = await house.hire("Anna", "Ben")
    room = await house.group(anna, ben)
    await house.say(anna, room, calls=[ben])
    await house.do(remove_member, RemoveMember(room, ben), anna)
    with pytest.raises(ConversationNotFound):
        await house.history(ben, room)
    await house.say(anna, room, calls_all=True)
    await house.do(add_members, AddMembers(room, (ben,)), anna)
    mine = await house.conversation(ben, room)
    assert (mine.last_seq, mine.read_seq, mine.mention_seq) == (2, 2, 0)
    await house.say(anna, room, calls=[ben])
    assert await house.unread(ben, room) == (1, True)


async def test_groups_have_a_limit(settings: Settings) -> None:
    house = await open_house(with_settings(settings, BILIN_MESSAGING_GROUP_MAX_MEMBERS="2"))
    try:
        anna, ben, cai = await house.hire("Anna", "Ben", "Cai")
        room = await house.group(anna, ben)
        with pytest.raises(GroupFull):
            await house.do(add_members, AddMembers(room, (cai,)), ben)
        with pytest.raises(GroupFull):
            await house.group(anna, ben, cai)
    finally:
        await house.site.close()


async def test_owner_removes_everybody_and_admins_remove_members(house: House) -> None:
    anna, ben, cai, dan = await house.hire("Anna", "Ben", "Cai", "Dan")
    room = await house.group(anna, ben, cai, dan)
    for person in (ben, cai):
        await house.do(change_role, ChangeRole(room, person, "admin"), anna)
    for person, other in ((dan, ben), (ben, cai), (ben, anna)):
        with pytest.raises(RoleNeeded):
            await house.do(remove_member, RemoveMember(room, other), person)
    await house.do(remove_member, RemoveMember(room, dan), ben)
    await house.do(remove_member, RemoveMember(room, cai), anna)
    assert await roles(house, anna, room) == {anna: "owner", ben: "admin"}
    with pytest.raises(MemberNotFound):
        await house.do(remove_member, RemoveMember(room, dan), anna)


async def test_the_owner_hands_on_before_leaving(house: House) -> None:
    anna, ben = await house.hire("Anna", "Ben")
    room = await house.group(anna, ben)
    with pytest.raises(OwnerMustHandOn):
        await house.do(leave_conversation, LeaveConversation(room), anna)
    with pytest.raises(RoleNeeded):
        await house.do(hand_on_conversation, HandOnConversation(room, ben), ben)
    await house.do(change_role, ChangeRole(room, ben, "admin"), anna)
    await house.do(hand_on_conversation, HandOnConversation(room, ben), anna)
    assert await house.do(hand_on_conversation, HandOnConversation(room, ben), ben) is None
    assert await roles(house, ben, room) == {anna: "member", ben: "owner"}
    await house.do(hand_on_conversation, HandOnConversation(room, anna), ben)
    assert await roles(house, ben, room) == {anna: "owner", ben: "member"}
    await house.do(leave_conversation, LeaveConversation(room), ben)
    await house.do(remove_member, RemoveMember(room, anna), anna)
    (witness,) = await house.hire("Witness")
    await house.site.log.append(Decision([MembersAdded(conversation=room, people=(witness,))]), None)
    *_, first, second, _ = (await house.history(witness, room)).messages
    assert (first.sender, second.sender) == (ben, anna)
    assert bytes(first.notice or b"") == bytes(second.notice or b"") == b'{"type":"left"}'


async def test_only_the_owner_gives_roles(house: House) -> None:
    anna, ben, cai = await house.hire("Anna", "Ben", "Cai")
    room = await house.group(anna, ben, cai)
    with pytest.raises(RoleNeeded):
        await house.do(change_role, ChangeRole(room, cai, "admin"), ben)
    await house.do(change_role, ChangeRole(room, ben, "admin"), anna)
    assert await house.do(change_role, ChangeRole(room, ben, "admin"), anna) is None
    with pytest.raises(RoleNeeded):
        await house.do(change_role, ChangeRole(room, cai, "admin"), ben)
    with pytest.raises(Invalid):
        await house.do(change_role, ChangeRole(room, ben, "owner"), anna)
    with pytest.raises(OwnerMustHandOn):
        await house.do(change_role, ChangeRole(room, anna, "member"), anna)
    assert await roles(house, cai, room) == {anna: "owner", ben: "admin", cai: "member"}


async def test_owner_and_admins_give_titles(house: House) -> None:
    anna, ben, cai = await house.hire("Anna", "Ben", "Cai")
    room = await house.group(anna, ben, cai)
    await house.do(change_role, ChangeRole(room, ben, "admin"), anna)
    with pytest.raises(RoleNeeded):
        await house.do(rename_conversation, RenameConversation(room, "Mine"), cai)
    await house.do(rename_conversation, RenameConversation(room, "Quay 海港"), ben)
    assert (await house.conversation(cai, room)).title == "Quay 海港"


async def test_of_two_at_once_one_decides_again(house: House) -> None:
    """Both owners-to-be read the same state; the second finds it changed, decides again, and is refused."""
    anna, ben, cai = await house.hire("Anna", "Ben", "Cai")
    room = await house.group(anna, ben, cai)
    results = await asyncio.gather(
        house.do(hand_on_conversation, HandOnConversation(room, ben), anna),
        house.do(hand_on_conversation, HandOnConversation(room, cai), anna),
        return_exceptions=True,
    )
    assert sum(isinstance(result, RoleNeeded) for result in results) == 1
    assert list((await roles(house, anna, room)).values()).count("owner") == 1


async def test_a_stale_memory_decides_nothing(house: House) -> None:
    """The tail has not told this process of the removal yet; the message is refused all the same."""
    anna, ben = await house.hire("Anna", "Ben")
    room = await house.group(anna, ben)
    await house.say(ben, room)
    house.site.tail._listeners.clear()
    await house.do(remove_member, RemoveMember(room, ben), anna)
    with pytest.raises(ConversationNotFound):
        await house.say(ben, room)
    await house.do(add_members, AddMembers(room, (ben,)), anna)
    await house.say(ben, room)


async def test_losing_every_race_is_said(house: House) -> None:
    (anna,) = await house.hire("Anna")

    async def always_late(_: None, __: object) -> Decision:
        raise Stale

    with pytest.raises(Stale):
        await house.do(always_late, None, anna)


async def test_people_follow_the_conversations_they_are_in(house: House) -> None:
    anna, ben = await house.hire("Anna", "Ben")
    talk, room, other = await house.direct(anna, ben), await house.group(ben, anna), await house.group(ben)
    async with house.site.pool.acquire() as db:
        assert await house.site.topics.of(db, anna) == {talk, room}
        assert await house.site.topics.of(db, ben) == {talk, room, other}
    await house.do(leave_conversation, LeaveConversation(room), anna)
    async with house.site.pool.acquire() as db:
        assert await house.site.topics.of(db, anna) == {talk}
