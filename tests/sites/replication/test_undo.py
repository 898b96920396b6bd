"""`bilin site undo`: what a site wrote since it was taken over is shown, then put back at every site; twice is once."""

from typing import Any

import pytest

from bilin.core.database import head, reading
from bilin.core.events import EVENT_TYPES, Event
from bilin.core.ids import ConversationId, GrantId, Id, MessageId, PersonId, SessionId, UnitId
from bilin.core.log import Decision
from bilin.core.undoing import UNDOINGS, staying
from bilin.identity import LOCAL_ADMINISTRATOR
from bilin.identity.events import GrantGiven, LoginChanged, PasswordSet, SessionOpened
from bilin.messaging.members.events import MemberRemoved, MembersAdded
from bilin.messaging.messages.content import Content, Paragraph, Text
from bilin.messaging.messages.events import MessageEdited, MessageSent
from bilin.org.events import PersonAdded, PersonChanged, PersonDeactivated, UnitAdded
from bilin.org.model import Post
from bilin.sites.replication.errors import AccessEnded
from bilin.sites.replication.following.kept_back import take_in
from bilin.sites.replication.transport.wire import LIST, Sent, SiteBatch
from tests.identity.office import Browser
from tests.sites.company import Company, group, history, say, texts, until

BRANCH = 2
HASH = "$argon2id$v=19$m=64,t=1,p=1$AAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
NEVER_UNDONE = {"sites."}
"""Facts of the sites are the founding site's own."""


def test_every_type_is_undone_or_said_to_stay() -> None:
    known = {cls for each in UNDOINGS for cls in (*each.READS, *each.READS_IN_SCOPE)} | staying()
    missing = {name for name, kind in EVENT_TYPES.items() if kind.cls not in known}
    assert {name for name in missing if not name.startswith(tuple(NEVER_UNDONE))} == {"messaging.message_sent"}
    # which is put back by its own id, without reading any other


@pytest.fixture
async def li(two: Company) -> Browser:
    """Somebody of the branch, with a colleague there."""
    shanghai = await two.branch("上海", BRANCH)
    await two.hire("李娜", "li.na", shanghai)
    await two.hire("孙丽", "sun.li", shanghai)
    await two.move(shanghai, BRANCH)
    await two.settle()
    return await two[BRANCH].office.sign_in("li.na")


async def forge(company: Company, actor: int, *events: Event, identifier: int | None = None) -> None:
    """The branch writes something, as who has taken over its server."""
    decision = Decision(list(events), id=None if identifier is None else Id(identifier))
    await company[BRANCH].site.log.append(decision, PersonId(actor))


def words(text: str) -> Content:
    """Something said."""
    return Content(blocks=(Paragraph(spans=(Text(text=text),)),))


async def is_read_at_headquarters(company: Company, conversation: str) -> bool:
    """Whether the first word is there: the conversation is opened to headquarters a moment after it is made."""
    return (await company.boss.send("GET", f"/conversations/{conversation}/messages")).is_success and bool(
        texts(await history(company.boss, conversation))
    )


async def undo(company: Company, since: int, **more: Any) -> Any:
    """As an administrator at headquarters."""
    return await company.boss.do("POST", f"/sites/{BRANCH}/undo", {"since_pos": since, **more})


async def test_what_was_written_is_put_back_at_every_site(two: Company, li: Browser) -> None:
    me = (await li.get("/me"))["person"]
    sun = (await li.get("/org/search?q=孙丽"))["people"][0]["id"]
    boss = int(two.headquarters.office.boss_id)
    shared = await group(li, "周会", str(boss))
    mine = await say(li, shared, "原话")
    await until(lambda: is_read_at_headquarters(two, shared), "headquarters never got the conversation")
    await two.settle()
    async with reading(two.headquarters.site.pool) as db:
        since = await head(db)
    new_id = two[BRANCH].site.clock.next
    unit, person, grant, session = UnitId(new_id()), PersonId(new_id()), GrantId(new_id()), SessionId(new_id())
    conversation, shanghai = ConversationId(int(shared)), UnitId(int(me["unit"]))
    sent = MessageSent(conversation=conversation, content=words("假"), reply_to=None, mentions=(), mentions_all=False)
    edited = MessageEdited(
        conversation=conversation, message=MessageId(int(mine)), content=words("改"), mentions=(), mentions_all=False
    )
    await forge(two, int(me["id"]), sent, edited, MembersAdded(conversation=conversation, people=(PersonId(int(sun)),)))
    await two.settle()  # or the conversation is headquarters' no more before it has these
    await forge(two, int(me["id"]), MemberRemoved(conversation=conversation, person=PersonId(boss)))
    post = (Post(shanghai, "", main=True),)
    await forge(
        two,
        LOCAL_ADMINISTRATOR,
        UnitAdded(unit=unit, parent=shanghai, name="x", kind="team", rank=0),
        PersonAdded(person=person, name="假", title="", unit=shanghai, units=post, email="", phone=""),
        PersonChanged(person=PersonId(int(sun)), title="总裁"),
        PersonDeactivated(person=PersonId(int(me["id"]))),
        LoginChanged(person=PersonId(int(sun)), login="sun", old="sun.li"),
        PasswordSet(person=PersonId(int(sun)), hash=HASH, keeps=None),
        GrantGiven(grant=grant, person=PersonId(int(sun)), role="admin", unit=shanghai),
        SessionOpened(session=session, person=PersonId(int(sun)), device="", address="", token_sha256="00" * 32),
    )
    await two.settle()
    here = two.headquarters
    assert await here.count("SELECT count(*) FROM sites.kept_back") == 0
    shown = await undo(two, since)
    assert (shown["done"], shown["wrote"]["messaging.message_sent"]) == (False, 1)
    assert shown["events"] == (await undo(two, since, dry_run=True))["events"]
    await undo(two, since, dry_run=False)
    await two.settle()
    for server in (here, two[BRANCH]):
        assert await server.count("SELECT count(*) FROM org.unit WHERE id = $1 AND removed IS NULL", unit) == 0
        assert await server.count("SELECT active FROM org.person WHERE id = $1", person) is False
        assert await server.count("SELECT active FROM org.person WHERE id = $1", int(me["id"])) is True
        assert await server.count("SELECT title = '' FROM org.person WHERE id = $1", int(sun))
        assert await server.count("SELECT login = 'sun.li' FROM identity.account WHERE person = $1", int(sun))
        assert await server.count("SELECT password <> $2 FROM identity.account WHERE person = $1", int(sun), HASH)
        assert await server.count("SELECT revoked IS NOT NULL FROM identity.role_grant WHERE id = $1", grant)
        assert await server.count("SELECT revoked IS NOT NULL FROM identity.session WHERE id = $1", session)
        present = "SELECT count(*) FROM messaging.member WHERE conversation = $1 AND person = $2 AND present"
        assert await server.count(present, int(shared), int(sun)) == 0
        assert await server.count(present, int(shared), boss) == 1
    said = texts([each for each in await history(two.boss, shared) if each.get("content")])
    assert said == ["原话"]
    again = await undo(two, since, dry_run=False)
    assert again["events"] == {}, "twice is once"


async def test_only_who_holds_all_of_it_may(two: Company, li: Browser) -> None:
    answer = await li.send("POST", f"/sites/{BRANCH}/undo", {"since_pos": 0})
    assert answer.status_code in (403, 421)
    answer = await two.boss.send("POST", "/sites/1/undo", {"since_pos": 0})
    assert (answer.status_code, answer.json()["code"]) == (409, "sites.site_fixed")
    answer = await two.boss.send("POST", f"/sites/{BRANCH}/undo", {})
    assert answer.status_code == 422


async def test_revoking_ends_what_was_opened_there_and_what_is_on_its_way(two: Company, li: Browser) -> None:
    here = two.headquarters
    await two.settle()
    at_headquarters = await here.office.browser()
    at_headquarters.client.headers["authorization"] = f"Bearer {li.token}"
    assert (await at_headquarters.get("/me"))["login"] == "li.na", "her session is good everywhere"
    followed = here.network.followed(BRANCH)
    await two.boss.do("POST", f"/sites/{BRANCH}/revoke")
    await until(lambda: here.network.roll.state(BRANCH) == "revoked", "not heard")
    assert await at_headquarters.refused("GET", "/me") == (401, "identity.not_signed_in")
    identifier = two[BRANCH].site.clock.next()
    event = Sent(identifier, None, "org.person_changed", 1, b'{"person":"1","title":"x"}', b"m" * 16)
    late = SiteBatch(BRANCH, BRANCH, LIST, followed.run, followed.pos, followed.pos + 1, followed.pos + 1, (event,))
    with pytest.raises(AccessEnded):
        await take_in(here.network.followers._inlet, late)
    assert here.network.followed(BRANCH) == followed
