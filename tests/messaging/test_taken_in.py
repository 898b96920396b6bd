"""Memberships that another site decided: doors, memory and the audience follow the latest by id, not the order here."""

import pytest

from bilin.core.events import Event
from bilin.core.ids import ConversationId, PersonId
from bilin.core.log import Entry, Intake, Taken
from bilin.core.scopes import in_effect
from bilin.messaging import MemberRemoved, MembersAdded
from bilin.messaging.conversations.errors import ConversationNotFound
from bilin.messaging.conversations.views import ConversationViews
from bilin.messaging.members.commands.add_members import AddMembers, add_members
from bilin.messaging.members.commands.remove_member import RemoveMember, remove_member
from tests.core.log.abroad import Abroad
from tests.messaging.house import House

EARLIER, LATER = -60_000, 1_000


async def take_in(house: House, actor: PersonId, ahead_ms: int, *events: Event) -> Taken:
    """Events of another site, from a minute ago or from just now."""
    abroad = Abroad(ahead_ms=ahead_ms)
    taken = await house.site.log.take_in(Intake([abroad.write(event, actor) for event in events]))
    assert await house.site.tail.reached(taken.pos)
    return taken


async def is_in(house: House, person: PersonId, room: ConversationId) -> bool:
    """As the writer and the gateway ask."""
    async with house.site.pool.acquire() as db:
        found = await in_effect(db, [(person, room), (person, room + 1)])
    topics = await topics_of(house, person)
    assert found == ({(person, room)} if room in topics else set())
    return bool(found)


async def topics_of(house: House, person: PersonId) -> set[int]:
    async with house.site.pool.acquire() as db:
        return await house.site.topics.of(db, person)


async def test_a_removal_elsewhere_is_heard_by_doors_and_memory(house: House) -> None:
    anna, ben = await house.hire("Anna", "Ben")
    room = await house.group(anna, ben)
    await house.say(ben, room)
    views = house.site.get(ConversationViews)
    assert views.remembered(room) is not None
    await take_in(house, anna, LATER, MemberRemoved(conversation=room, person=ben))
    assert views.remembered(room) is None
    assert not await is_in(house, ben, room)
    with pytest.raises(ConversationNotFound):
        await house.say(ben, room)


async def test_a_send_that_did_not_know_of_it_is_decided_again(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """The memory has not heard of the removal yet: the log has."""
    anna, ben = await house.hire("Anna", "Ben")
    room = await house.group(anna, ben)
    await house.say(ben, room)
    monkeypatch.setattr(house.site.log.writer, "_hear", None)
    monkeypatch.setattr(house.site.tail, "hear", lambda _: None)
    removal = Abroad(ahead_ms=LATER).write(MemberRemoved(conversation=room, person=ben), anna)
    await house.site.log.take_in(Intake([removal]))
    view = house.site.get(ConversationViews).remembered(room)
    assert view is not None
    assert ben in view.roles
    with pytest.raises(ConversationNotFound):
        await house.say(ben, room, "too late")
    await house.say(anna, room, "still in")
    assert [message.sender for message in (await house.history(anna, room)).messages][-1] == anna


async def test_what_is_outdated_changes_nobody_s_place(house: House) -> None:
    anna, ben, chen = await house.hire("Anna", "Ben", "Chen")
    room = await house.group(anna, chen)
    await house.do(add_members, AddMembers(room, (ben,)), anna)
    await house.do(remove_member, RemoveMember(room, chen), anna)
    heard: list[Entry] = []
    house.site.tail.listen(heard.extend)
    removal = MemberRemoved(conversation=room, person=ben)
    addition = MembersAdded(conversation=room, people=(chen,))
    await take_in(house, anna, EARLIER, removal, addition)
    assert await is_in(house, ben, room)
    assert not await is_in(house, chen, room)
    await house.say(ben, room)
    removed, added = heard[:2]
    assert (removed.subscribes, removed.unsubscribes) == (((ben, room),), ())
    assert (added.subscribes, added.unsubscribes) == ((), ((chen, room),))
    assert chen not in added.topics
    assert ben in removed.topics
