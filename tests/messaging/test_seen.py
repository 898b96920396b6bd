"""What read marks and messages say for other sites: the newest text of each, and nothing that is not certain."""

from bilin.core.codec import to_json
from bilin.core.ids import ConversationId, Id, MessageId, PersonId, UnitId
from bilin.core.log import Decision
from bilin.core.log.foreign import Foreign, Intake
from bilin.messaging import AddMembers, MessageSent, ReadMarked, add_members
from bilin.messaging.messages.commands.send import SendMessage, send_message
from bilin.messaging.receipts.commands import MarkRead, mark_read
from bilin.org import PersonChanged, UnitAdded
from bilin.sites import Homes, Network
from bilin.sites.homes.events import HomeSet
from bilin.sites.registry.events import SiteAdded, SiteJoined
from tests.messaging.house import House, words

NEED = """
INSERT INTO sites.need (holder, whose, scope, since_run, since_pos, run, pos) VALUES (2, 2, $1, 1, 1, 1, 1)"""


async def hear(house: House, site: int, sender: PersonId, room: ConversationId) -> MessageId:
    """A text that was written at another site arrives."""
    identifier = house.site.clock.next() & ~(1023 << 12) | site << 12
    said = MessageSent(conversation=room, content=words("from afar"), reply_to=None, mentions=(), mentions_all=False)
    event = Foreign(identifier, site, int(sender), MessageSent.TYPE.name, 1, to_json(said), bytes(16))
    await house.site.log.take_in(Intake([event]))
    return MessageId(identifier)


async def move(house: House, person: PersonId) -> None:
    """Somebody is at home at site 2 from now on."""
    branch = UnitId(house.site.clock.next())
    events = (
        UnitAdded(unit=branch, parent=house.unit, name="Branch", kind="branch", rank=0),
        PersonChanged(person=person, unit=branch),
        SiteAdded(site=2, name="Branch", address=""),
        SiteJoined(site=2, invitation=Id(1), nonce_sha256=""),
        HomeSet(unit=branch, site=2),
    )
    receipt = await house.site.log.append(Decision(events), None)
    assert await house.site.tail.reached(receipt.pos)
    async with house.site.pool.acquire() as db:
        await house.site.get(Homes).as_of(db, receipt.pos)
    await house.site.get(Network).roll.read(house.site.pool)


async def marked(house: House, person: PersonId, room: ConversationId, through: MessageId) -> ReadMarked:
    """What reading up to a message would say."""
    event = await mark_read(MarkRead(room, through), house.context(person))
    assert event is not None
    return event


async def said(house: House, person: PersonId, room: ConversationId) -> MessageSent:
    """What sending would say."""
    decision = await send_message(SendMessage(room, words("hello")), house.context(person))
    (event,) = decision.events
    assert isinstance(event, MessageSent)
    return event


async def test_at_one_site_nothing_is_said(house: House) -> None:
    anna, ben = await house.hire("Anna", "Ben")
    room = await house.group(anna, ben)
    message = await house.say(anna, room)
    event = await marked(house, ben, room, message)
    assert (event.through, event.seen) == (message, None)
    assert b"seen" not in to_json(event)
    assert b"seen" not in to_json(await said(house, ben, room))


async def test_the_newest_of_each_site_is_named_among_what_is_newly_read(house: House) -> None:
    anna, ben, far = await house.hire("Anna", "Ben", "Far")
    room = await house.group(anna, ben, far)
    await house.say(anna, room)
    own = await house.say(anna, room)
    await hear(house, 2, far, room)
    second = await hear(house, 2, far, room)
    third = await hear(house, 3, far, room)
    event = await marked(house, ben, room, third)
    assert event.seen is not None
    assert set(event.seen) == {own, second, third}
    await house.read(ben, room, second)
    assert (await marked(house, ben, room, third)).seen is None
    await house.read(ben, room, third)
    assert await house.unread(ben, room) == (0, False)


async def test_a_notice_stands_for_the_text_before_it(house: House) -> None:
    anna, ben, cai = await house.hire("Anna", "Ben", "Cai")
    room = await house.group(anna, ben)
    message = await house.say(anna, room)
    await house.say(anna, room)
    receipt = await house.do(add_members, AddMembers(room, (cai,)), anna)
    assert receipt is not None
    later = await house.say(anna, room)
    event = await marked(house, ben, room, MessageId(receipt.id))
    assert message < event.through < receipt.id < later


async def test_what_is_still_being_fetched_is_not_spoken_of(house: House) -> None:
    anna, ben, far = await house.hire("Anna", "Ben", "Far")
    room = await house.group(anna, ben, far)
    own = await house.say(anna, room)
    newer = await hear(house, 2, far, room)
    async with house.site.pool.acquire() as db:
        await db.execute(NEED, room)
    assert (await marked(house, ben, room, newer)).seen == (own,)
    await house.read(ben, room, newer)
    assert await house.unread(ben, room) == (0, False), "here it is read all the same"


async def test_sending_says_what_was_there_only_where_others_are_elsewhere(house: House) -> None:
    anna, ben, far = await house.hire("Anna", "Ben", "Far")
    room, near = await house.group(anna, ben, far), await house.group(anna, ben)
    newest = await hear(house, 2, far, room)
    assert (await said(house, ben, room)).seen == ()
    await move(house, far)
    assert (await said(house, ben, room)).seen == (newest,)
    assert (await said(house, ben, near)).seen == ()
    assert (await house.conversation(ben, room)).sites == [2]
    assert (await house.conversation(ben, near)).sites == []
