"""A branch that was taken over, with its real credential: it speaks for its own people, and nothing else it says is
believed at any other site. For every event type there is a row: what it may say, and what it may not.

The rows are those of the table in SECURITY.md. A type without a row fails `test_every_type_has_a_row`.
"""

import itertools
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TypeAlias

import msgspec
import pytest

from bilin.core import claims
from bilin.core.bus import Bus
from bilin.core.codec import to_json
from bilin.core.errors import BilinError
from bilin.core.events import EVENT_TYPES, Event
from bilin.core.ids import COUNTER_BITS, ConversationId, GrantId, Id, MessageId, PersonId, SessionId, UnitId, wall_ms
from bilin.core.ids import id_at as smallest_id
from bilin.files import FileAdded, FileRemoved
from bilin.files.between.messages import BYTES, AskBytes, encoder
from bilin.files.blobs.cipher import KEY_BYTES
from bilin.identity import LOCAL_ADMINISTRATOR
from bilin.identity.events import (
    AccountCreated,
    GrantGiven,
    GrantRevoked,
    GuestAdmitted,
    LoginChanged,
    PasswordSet,
    PreferencesChanged,
    SessionOpened,
    SessionRevoked,
    SessionUsed,
)
from bilin.messaging import claims as messaging_claims
from bilin.messaging.conversations.events import ConversationCreated, ConversationRenamed
from bilin.messaging.conversations.model import direct_id
from bilin.messaging.members.events import MemberRemoved, MemberRoleChanged, MembersAdded, OwnerChanged
from bilin.messaging.members.model import MemberRole
from bilin.messaging.messages.content import Content, Paragraph, Text
from bilin.messaging.messages.events import MessageEdited, MessageRecalled, MessageSent
from bilin.messaging.receipts.events import ReadMarked
from bilin.org.events import (
    PersonAdded,
    PersonChanged,
    PersonDeactivated,
    PersonReactivated,
    UnitAdded,
    UnitChanged,
    UnitRemoved,
)
from bilin.org.model import Post
from bilin.policies import ValueSet
from bilin.sites.homes.events import HomeSet, PolicySet
from bilin.sites.homes.home_map import Homes
from bilin.sites.registry.events import SiteAdded, SiteChanged, SiteInvited, SiteJoined, SiteRetired, SiteRevoked
from bilin.sites.replication.errors import BadBatch, TooMuchKeptBack
from bilin.sites.replication.events import KeptBackSettled
from bilin.sites.replication.following import kept_back_table as kept_table
from bilin.sites.replication.following.checks import check_live
from bilin.sites.replication.following.kept_back import take_in
from bilin.sites.replication.transport.envelope import pack
from bilin.sites.replication.transport.wire import LIST, Sent, SiteBatch
from tests.files.sender import Sender
from tests.files.test_shared import block, saying
from tests.sites.company import Company, group, say, until
from tests.sites.conftest import office, quick_statuses, settings, three  # noqa: F401
from tests.support.examples import example

TAKEN_OVER, VICTIM = 2, 1
HASH = "$argon2id$v=19$m=64,t=1,p=1$AAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"


@dataclass
class Branch:
    """The branch, who is who, and what there is to lie about."""

    company: Company
    line: Bus
    mine: PersonId
    my_other: PersonId
    theirs: PersonId
    their_other: PersonId
    my_unit: UnitId
    their_unit: UnitId
    shared: ConversationId
    """A group of `mine`, its owner, and `theirs`."""
    led_by_them: ConversationId
    """A group of `theirs`, its owner, and `mine`."""
    secret: ConversationId
    """A group that nobody of the branch is in."""
    my_words: MessageId
    their_words: MessageId
    secret_words: MessageId
    my_session: SessionId
    their_session: SessionId
    their_grant: GrantId
    numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))
    pos: int = 0

    def id(self) -> int:
        """A new id of the branch."""
        return smallest_id(wall_ms()) | TAKEN_OVER << COUNTER_BITS | next(self.numbers) % 4096

    def sent(self, event: Event, actor: int | None, identifier: int | None = None) -> Sent:
        """The event as its feed would send it."""
        kind = event.TYPE
        author = None if actor is None else int(actor)
        return Sent(int(identifier or self.id()), author, kind.name, kind.version, to_json(event), b"m" * 16)

    async def send(self, *events: Sent) -> None:
        """Send it to headquarters, and wait until that has gone on past it."""
        network = self.company[VICTIM].network
        here = network.followed(TAKEN_OVER)
        self.pos = here.pos + 1
        batch = SiteBatch(TAKEN_OVER, TAKEN_OVER, LIST, here.run, here.pos, self.pos, self.pos, events)
        await self.line.publish(f"bilin.sites.live.{TAKEN_OVER}.{VICTIM}", pack(batch))
        await until(lambda: network.followed(TAKEN_OVER).pos >= self.pos, f"not gone on past {events}")

    async def fate(self, identifier: int) -> str:
        """What became of an event at headquarters: taken, or why it is kept back."""
        server = self.company[VICTIM]
        if await server.count("SELECT count(*) FROM core.log WHERE id = $1", identifier):
            return "taken"
        reason = await server.count("SELECT reason FROM sites.kept_back WHERE id = $1", identifier)
        return str(reason)


Forged: TypeAlias = "tuple[Event, int | None] | tuple[Event, int | None, int]"
"""The event, its author, and its id where that matters."""
Row: TypeAlias = Callable[[Branch], Forged]
FOUNDER_ONLY = (
    HomeSet(unit=UnitId(1), site=2),
    KeptBackSettled(events=(Id(1),), accepted=True),
    PolicySet(unit=UnitId(1), leaves="nothing", kinds=("conversation",)),
    SiteAdded(site=9, name="x", address=""),
    SiteChanged(site=1, name="x"),
    SiteInvited(site=2),
    SiteJoined(site=2, invitation=Id(1), nonce_sha256=""),
    SiteRetired(site=3),
    SiteRevoked(site=3),
)
"""Refused with the whole batch they come in."""


def words(text: str = "…") -> Content:
    """Something said."""
    return Content(blocks=(Paragraph(spans=(Text(text=text),)),))


def message(conversation: ConversationId) -> MessageSent:
    """A text."""
    return MessageSent(conversation=conversation, content=words(), reply_to=None, mentions=(), mentions_all=False)


def edit(conversation: ConversationId, of: MessageId) -> MessageEdited:
    """Other words in place of a text."""
    return MessageEdited(conversation=conversation, message=of, content=words(), mentions=(), mentions_all=False)


def created(b: Branch, owner: PersonId, conversation: int, *others: PersonId) -> ConversationCreated:
    """A group."""
    members = (MemberRole(owner, "owner"), *(MemberRole(each, "member") for each in others))
    return ConversationCreated(conversation=ConversationId(conversation), kind="group", title="x", members=members)


def direct(one: PersonId, other: PersonId, conversation: int | None = None) -> ConversationCreated:
    """A direct conversation."""
    members = (MemberRole(one, "member"), MemberRole(other, "member"))
    named = ConversationId(conversation or direct_id(one, other))
    return ConversationCreated(conversation=named, kind="direct", title="", members=members)


def person(b: Branch, unit: UnitId, identifier: int | None = None) -> PersonAdded:
    """A new colleague."""
    new = PersonId(identifier or b.id())
    return PersonAdded(person=new, name="新", title="", unit=unit, units=(Post(unit, "", True),), email="", phone="")


def opened(b: Branch, whose: PersonId, session: int | None = None) -> SessionOpened:
    """A session whose token the branch knows."""
    named = SessionId(session or b.id())
    return SessionOpened(session=named, person=whose, device="x", address="x", token_sha256="00" * 32)


def unit(b: Branch, parent: UnitId, identifier: int | None = None) -> UnitAdded:
    """A new unit."""
    return UnitAdded(unit=UnitId(identifier or b.id()), parent=parent, name="x", kind="team", rank=0)


def own_group(b: Branch) -> Forged:
    """A group, whose id is its event's."""
    identifier = b.id()
    return created(b, b.mine, identifier, b.theirs), b.mine, identifier


def stolen_group(b: Branch) -> Forged:
    """The secret group made again, with its own people in it."""
    return created(b, b.mine, b.secret, b.my_other), b.mine


def grant(b: Branch, whom: PersonId, over: UnitId, identifier: int | None = None) -> GrantGiven:
    """A role."""
    return GrantGiven(grant=GrantId(identifier or b.id()), person=whom, role="admin", unit=over)


def policy(unit: UnitId) -> ValueSet:
    """A policy of a unit."""
    return ValueSet(policy="messaging.recall_window_s", unit=unit, value=5)


OWN: dict[type[Event], list[Row]] = {
    AccountCreated: [lambda b: (AccountCreated(person=b.my_other, login="somebody.new"), LOCAL_ADMINISTRATOR)],
    LoginChanged: [lambda b: (LoginChanged(person=b.my_other, login="sun", old="sun.li"), LOCAL_ADMINISTRATOR)],
    PasswordSet: [
        lambda b: (PasswordSet(person=b.my_other, hash=HASH, keeps=None), LOCAL_ADMINISTRATOR),
        lambda b: (PasswordSet(person=b.mine, hash=HASH, reset=Id(1), keeps=None), b.mine),
    ],
    SessionOpened: [lambda b: (opened(b, b.mine), b.mine)],
    SessionUsed: [lambda b: (SessionUsed(session=b.my_session, person=b.mine), b.mine)],
    SessionRevoked: [lambda b: (SessionRevoked(session=b.my_session, person=b.mine), b.mine)],
    PreferencesChanged: [lambda b: (PreferencesChanged(theme="dark"), b.mine)],
    GuestAdmitted: [lambda b: (GuestAdmitted(person=b.mine, site=3), b.mine)],
    GrantGiven: [lambda b: (grant(b, b.theirs, b.my_unit), LOCAL_ADMINISTRATOR)],
    GrantRevoked: [],
    ValueSet: [
        lambda b: (policy(b.my_unit), LOCAL_ADMINISTRATOR),
        lambda b: (policy(b.my_unit), b.mine),
    ],
    UnitAdded: [lambda b: (unit(b, b.my_unit), LOCAL_ADMINISTRATOR)],
    UnitChanged: [],
    UnitRemoved: [],
    PersonAdded: [lambda b: (person(b, b.my_unit), LOCAL_ADMINISTRATOR)],
    PersonChanged: [lambda b: (PersonChanged(person=b.my_other, title="x"), LOCAL_ADMINISTRATOR)],
    PersonDeactivated: [lambda b: (PersonDeactivated(person=b.my_other), LOCAL_ADMINISTRATOR)],
    PersonReactivated: [lambda b: (PersonReactivated(person=b.my_other), LOCAL_ADMINISTRATOR)],
    ConversationCreated: [own_group, lambda b: (direct(b.my_other, b.their_other), b.my_other)],
    ConversationRenamed: [lambda b: (ConversationRenamed(conversation=b.shared, title="x"), b.mine)],
    MembersAdded: [lambda b: (MembersAdded(conversation=b.shared, people=(b.my_other,)), b.mine)],
    MemberRemoved: [lambda b: (MemberRemoved(conversation=b.shared, person=b.my_other), b.mine)],
    MemberRoleChanged: [lambda b: (MemberRoleChanged(conversation=b.shared, person=b.theirs, role="admin"), b.mine)],
    OwnerChanged: [lambda b: (OwnerChanged(conversation=b.shared, person=b.mine), b.mine)],
    MessageSent: [lambda b: (message(b.shared), b.mine)],
    MessageEdited: [lambda b: (edit(b.shared, b.my_words), b.mine)],
    MessageRecalled: [
        lambda b: (MessageRecalled(conversation=b.shared, message=b.my_words), b.mine),
        lambda b: (MessageRecalled(conversation=b.shared, message=b.their_words), b.mine),  # its owner
    ],
    ReadMarked: [lambda b: (ReadMarked(conversation=b.shared, through=b.their_words, shared=True), b.mine)],
}
"""What is taken: said in the name of its own people, of its own units, in conversations they are in."""

FOREIGN: dict[type[Event], dict[str, Row]] = {
    AccountCreated: {
        "an account of theirs": lambda b: (AccountCreated(person=b.theirs, login="x"), LOCAL_ADMINISTRATOR)
    },
    LoginChanged: {"a login of theirs": lambda b: (LoginChanged(person=b.theirs, login="x", old="y"), b.theirs)},
    PasswordSet: {
        "a reset": lambda b: (PasswordSet(person=b.theirs, hash=HASH, keeps=None), LOCAL_ADMINISTRATOR),
        "a change in their name": lambda b: (PasswordSet(person=b.theirs, hash=HASH, reset=Id(1)), b.theirs),
        "that keeps a session of theirs alive": lambda b: (
            PasswordSet(person=b.mine, hash=HASH, reset=Id(1), keeps=b.their_session),
            b.mine,
        ),
        "a change by somebody else": lambda b: (PasswordSet(person=b.theirs, hash=HASH, reset=Id(1)), b.mine),
    },
    SessionOpened: {
        "of theirs": lambda b: (opened(b, b.theirs), b.theirs),
        "over one of theirs": lambda b: (opened(b, b.mine, b.their_session), b.mine),
    },
    SessionUsed: {"of theirs": lambda b: (SessionUsed(session=b.their_session, person=b.theirs), b.theirs)},
    SessionRevoked: {
        "of theirs": lambda b: (SessionRevoked(session=b.their_session, person=b.theirs), b.theirs),
        "of theirs, as if it were of its own": lambda b: (
            SessionRevoked(session=b.their_session, person=b.mine),
            b.mine,
        ),
    },
    PreferencesChanged: {"of theirs": lambda b: (PreferencesChanged(theme="dark"), b.theirs)},
    GuestAdmitted: {
        "of theirs, here": lambda b: (GuestAdmitted(person=b.theirs, site=TAKEN_OVER), b.theirs),
        "of theirs, elsewhere": lambda b: (GuestAdmitted(person=b.theirs, site=3), LOCAL_ADMINISTRATOR),
    },
    GrantGiven: {
        "over the company": lambda b: (grant(b, b.mine, b.their_unit), LOCAL_ADMINISTRATOR),
        "by their administrator": lambda b: (grant(b, b.mine, b.their_unit), b.theirs),
        "by one who holds nothing": lambda b: (grant(b, b.mine, b.my_unit), b.mine),
        "over one that is there": lambda b: (grant(b, b.theirs, b.my_unit, b.their_grant), LOCAL_ADMINISTRATOR),
    },
    GrantRevoked: {
        "over the company": lambda b: (GrantRevoked(grant=b.their_grant, person=b.theirs), LOCAL_ADMINISTRATOR),
        "unheard of": lambda b: (GrantRevoked(grant=GrantId(b.id()), person=b.theirs), LOCAL_ADMINISTRATOR),
    },
    ValueSet: {
        "of the company": lambda b: (policy(b.their_unit), LOCAL_ADMINISTRATOR),
        "of its own unit, in the name of one of theirs without a role": lambda b: (policy(b.my_unit), b.their_other),
    },
    UnitAdded: {
        "below theirs": lambda b: (unit(b, b.their_unit), LOCAL_ADMINISTRATOR),
        "theirs, below its own": lambda b: (unit(b, b.my_unit, b.their_unit), LOCAL_ADMINISTRATOR),
        "a second company": lambda b: (
            UnitAdded(unit=UnitId(b.id()), parent=None, name="x", kind="company", rank=0),
            LOCAL_ADMINISTRATOR,
        ),
    },
    UnitChanged: {
        "its own unit itself": lambda b: (UnitChanged(unit=b.my_unit, name="x"), LOCAL_ADMINISTRATOR),
        "theirs": lambda b: (UnitChanged(unit=b.their_unit, name="x"), LOCAL_ADMINISTRATOR),
        "theirs, below its own": lambda b: (UnitChanged(unit=b.their_unit, parent=b.my_unit), LOCAL_ADMINISTRATOR),
    },
    UnitRemoved: {
        "its own unit itself": lambda b: (UnitRemoved(unit=b.my_unit), LOCAL_ADMINISTRATOR),
        "theirs": lambda b: (UnitRemoved(unit=b.their_unit), LOCAL_ADMINISTRATOR),
    },
    PersonAdded: {
        "among theirs": lambda b: (person(b, b.their_unit), LOCAL_ADMINISTRATOR),
        "one of theirs": lambda b: (person(b, b.my_unit, b.theirs), LOCAL_ADMINISTRATOR),
    },
    PersonChanged: {
        "one of theirs": lambda b: (PersonChanged(person=b.theirs, title="x"), LOCAL_ADMINISTRATOR),
        "one of theirs, to its own": lambda b: (PersonChanged(person=b.theirs, unit=b.my_unit), LOCAL_ADMINISTRATOR),
    },
    PersonDeactivated: {"one of theirs": lambda b: (PersonDeactivated(person=b.theirs), LOCAL_ADMINISTRATOR)},
    PersonReactivated: {"one of theirs": lambda b: (PersonReactivated(person=b.theirs), LOCAL_ADMINISTRATOR)},
    ConversationCreated: {
        "by one of theirs": lambda b: (created(b, b.theirs, b.id(), b.mine), b.theirs),
        "over a group that is there": stolen_group,
        "of others": lambda b: (created(b, b.theirs, b.id()), b.mine),
        "direct, with an owner": lambda b: (
            msgspec.structs.replace(
                direct(b.mine, b.theirs), members=(MemberRole(b.mine, "owner"), MemberRole(b.theirs, "member"))
            ),
            b.mine,
        ),
        "direct, of others": lambda b: (direct(b.theirs, b.their_other), b.mine),
        "direct, over a group": lambda b: (direct(b.mine, b.theirs, b.secret), b.mine),
    },
    ConversationRenamed: {
        "in their name": lambda b: (ConversationRenamed(conversation=b.shared, title="x"), b.theirs),
        "by a member": lambda b: (ConversationRenamed(conversation=b.led_by_them, title="x"), b.mine),
        "of others": lambda b: (ConversationRenamed(conversation=b.secret, title="x"), b.mine),
    },
    MembersAdded: {
        "in their name": lambda b: (MembersAdded(conversation=b.shared, people=(b.my_other,)), b.theirs),
        "to others": lambda b: (MembersAdded(conversation=b.secret, people=(b.mine,)), b.mine),
    },
    MemberRemoved: {
        "by a member": lambda b: (MemberRemoved(conversation=b.led_by_them, person=b.theirs), b.mine),
        "of others": lambda b: (MemberRemoved(conversation=b.secret, person=b.theirs), b.mine),
        "leaving, in their name": lambda b: (MemberRemoved(conversation=b.shared, person=b.theirs), b.theirs),
    },
    MemberRoleChanged: {
        "by a member": lambda b: (
            MemberRoleChanged(conversation=b.led_by_them, person=b.mine, role="admin"),
            b.mine,
        ),
        "in their name": lambda b: (
            MemberRoleChanged(conversation=b.led_by_them, person=b.mine, role="admin"),
            b.theirs,
        ),
    },
    OwnerChanged: {
        "by a member": lambda b: (OwnerChanged(conversation=b.led_by_them, person=b.mine), b.mine),
        "in their name": lambda b: (OwnerChanged(conversation=b.led_by_them, person=b.mine), b.theirs),
        "by the machine": lambda b: (OwnerChanged(conversation=b.led_by_them, person=b.mine), LOCAL_ADMINISTRATOR),
    },
    MessageSent: {
        "in their name": lambda b: (message(b.shared), b.theirs),
        "in nobody's name": lambda b: (message(b.shared), None),
        "by the machine": lambda b: (message(b.shared), LOCAL_ADMINISTRATOR),
        "among others": lambda b: (message(b.secret), b.mine),
    },
    MessageEdited: {
        "their words": lambda b: (edit(b.shared, b.their_words), b.mine),
        "their words in their name": lambda b: (edit(b.shared, b.their_words), b.theirs),
        "words of others": lambda b: (edit(b.secret, b.secret_words), b.mine),
        "words of others, named in its own group": lambda b: (edit(b.shared, b.secret_words), b.mine),
    },
    MessageRecalled: {
        "by a member": lambda b: (MessageRecalled(conversation=b.led_by_them, message=b.their_words), b.mine),
        "of others": lambda b: (MessageRecalled(conversation=b.secret, message=b.secret_words), b.mine),
        "in their name": lambda b: (MessageRecalled(conversation=b.shared, message=b.their_words), b.theirs),
    },
    ReadMarked: {
        "in their name": lambda b: (ReadMarked(conversation=b.shared, through=b.my_words, shared=True), b.theirs),
        "among others": lambda b: (ReadMarked(conversation=b.secret, through=b.secret_words, shared=True), b.mine),
    },
}
"""What is kept back, for each type."""


def declared(cls: type[Event], room: str, person: str, actor: str) -> Row:
    """An event of a type that says itself whose word it must be: in which room, of whom, by whom."""

    def row(b: Branch) -> tuple[Event, int]:
        words = Content((Paragraph((Text("x"),)),))
        given = {ConversationId: getattr(b, room), MessageId: b.their_words, Content: words, str: "👍"}
        return example(cls, given | {PersonId: getattr(b, person)}, 0), getattr(b, actor)

    return row


STRANGE = {"member": ("among others", ("secret", "mine", "mine")), "oneself": ("of them", ("shared", "theirs", "mine"))}
for _known in [each for each in EVENT_TYPES.values() if each.believed]:
    OWN[_known.cls] = [declared(_known.cls, "shared", "mine", "mine")]
    _name, _said = STRANGE[_known.believed]
    FOREIGN[_known.cls] = {
        "in their name": declared(_known.cls, "shared", "theirs", "theirs"),
        _name: declared(_known.cls, *_said),
    }


FILE = Id(TAKEN_OVER << COUNTER_BITS | 77)
OTHERS_FILE = Id(VICTIM << COUNTER_BITS | 77)


def file(conversation: ConversationId, number: Id = FILE, blob: str = "0a" * 32) -> FileAdded:
    """A small one."""
    return FileAdded(
        conversation=conversation,
        file=number,
        name="合同.pdf",
        media_type="application/pdf",
        size=3,
        blob=blob,
        key=bytes(KEY_BYTES),
    )


OWN[FileAdded] = [lambda b: (file(b.shared), b.mine)]
FOREIGN[FileAdded] = {
    "in their name": lambda b: (file(b.shared), b.theirs),
    "among others": lambda b: (file(b.secret), b.mine),
    "under a number of another site": lambda b: (file(b.shared, OTHERS_FILE), b.mine),
}
OWN[FileRemoved] = [lambda b: (FileRemoved(conversation=b.shared, file=FILE), b.mine)]
FOREIGN[FileRemoved] = {
    "in their name": lambda b: (FileRemoved(conversation=b.shared, file=FILE), b.theirs),
    "among others": lambda b: (FileRemoved(conversation=b.secret, file=FILE), b.mine),
}


@asynccontextmanager
async def raw_line(company: Company) -> AsyncIterator[Bus]:
    """The branch's way to the others, with what its credential may publish."""
    bus = Bus(company.line.url)
    await bus.open()
    try:
        yield bus
    finally:
        await bus.close()


@pytest.fixture
async def branch(three: Company) -> AsyncIterator[Branch]:  # noqa: F811
    """Site 2, in the hands of somebody else: its own worker is gone, and what it sends is forged."""
    here = three.headquarters
    shanghai = await three.branch("上海", TAKEN_OVER)
    mine, mine_too = [await three.hire(*who, shanghai) for who in (("李娜", "li.na"), ("孙丽", "sun.li"))]
    theirs = await three.hire("王芳", "wang.fang", three.company)
    await three.move(shanghai, TAKEN_OVER)
    await three.settle()
    li, wang = await three[TAKEN_OVER].office.sign_in("li.na"), await here.office.sign_in("wang.fang")
    shared = await group(li, "周会", here.office.boss_id)
    led = await group(three.boss, "总部", mine)
    secret = await group(three.boss, "秘密", theirs)
    await three.settle()
    said = [await say(li, shared, "我的"), await say(three.boss, shared, "总部的"), await say(wang, secret, "秘密")]
    await three.settle()
    sessions = [
        await here.count("SELECT id FROM identity.session WHERE person = $1 AND revoked IS NULL LIMIT 1", int(who))
        for who in (mine, here.office.boss_id)
    ]
    boss_grant = await here.count("SELECT id FROM identity.role_grant LIMIT 1")
    worker = three[TAKEN_OVER].worker
    assert worker is not None
    await worker.close()
    async with raw_line(three) as line:
        yield Branch(
            three,
            line,
            PersonId(int(mine)),
            PersonId(int(mine_too)),
            PersonId(int(here.office.boss_id)),
            PersonId(int(theirs)),
            UnitId(int(shanghai)),
            UnitId(int(three.company)),
            ConversationId(int(shared)),
            ConversationId(int(led)),
            ConversationId(int(secret)),
            MessageId(int(said[0])),
            MessageId(int(said[1])),
            MessageId(int(said[2])),
            SessionId(sessions[0]),
            SessionId(sessions[1]),
            GrantId(boss_grant),
        )


def test_every_type_has_a_row() -> None:
    rows = {cls.TYPE.name for cls in OWN} | {event.TYPE.name for event in FOUNDER_ONLY}
    assert rows == set(EVENT_TYPES)
    assert set(FOREIGN) == set(OWN)
    assert all(FOREIGN.values())


async def test_it_speaks_for_others_in_nothing(branch: Branch) -> None:
    """Every lie is kept back, one by one; nothing that anybody sees at headquarters changes."""
    lies = [(cls, what, row) for cls, rows in FOREIGN.items() for what, row in rows.items()]
    forged = [(f"{cls.TYPE.name}: {what}", branch.sent(*row(branch))) for cls, what, row in lies]
    await branch.send(*(sent for _, sent in forged))
    fates = {what: await branch.fate(sent.id) for what, sent in forged}
    assert {what: fate for what, fate in fates.items() if fate in ("taken", "None")} == {}


async def test_it_speaks_for_its_own(branch: Branch) -> None:
    """What it may say is taken, from the first moment on: recalls last, since they are for good."""
    told = [(cls.TYPE.name, branch.sent(*row(branch))) for cls, rows in OWN.items() for row in rows]
    for what, sent in told:
        await branch.send(sent)
        assert (what, await branch.fate(sent.id)) == (what, "taken")


@pytest.mark.parametrize("said", FOUNDER_ONLY, ids=lambda event: event.TYPE.name)
def test_what_the_founding_site_says_is_refused_from_anybody_else(said: Event) -> None:
    identifier = smallest_id(wall_ms()) | TAKEN_OVER << COUNTER_BITS
    sent = Sent(identifier, None, said.TYPE.name, 1, to_json(said), b"m" * 16)
    batch = SiteBatch(TAKEN_OVER, TAKEN_OVER, LIST, 7, 0, 1, 1, (sent,))
    with pytest.raises(BadBatch):
        check_live(batch, TAKEN_OVER)


async def test_a_guest_is_believed_where_they_proved_to_be(branch: Branch) -> None:
    """A colleague of headquarters signs in at the branch: with their password, and until they have another one."""
    here, there = branch.company[VICTIM], branch.company[TAKEN_OVER]
    before = branch.sent(message(branch.secret), branch.their_other)
    await branch.send(before)
    assert await branch.fate(before.id) == "stranger"
    await there.office.sign_in("wang.fang")

    async def is_taken() -> bool:
        return await branch.fate(before.id) == "taken"

    await until(is_taken, "headquarters did not confirm the guest, or did not judge again")
    await here.office.sign_in("wang.fang")
    await branch.company.boss.do("PATCH", f"/org/people/{branch.their_other}", {"password": "another one 电池"})
    after = branch.sent(message(branch.secret), branch.their_other)
    await branch.send(after)
    assert await branch.fate(after.id) == "stranger"


async def test_a_wrong_password_makes_nobody_a_guest(branch: Branch) -> None:
    """A branch may claim that anybody signed in: the home is not convinced without the password."""
    here = branch.company[VICTIM]
    question = msgspec.msgpack.encode(["wang.fang", "guessed"])
    answer = await branch.company[TAKEN_OVER].network.ask(VICTIM, question, "admit", 10)
    assert msgspec.msgpack.decode(answer) == [False]
    assert await here.count("SELECT count(*) FROM identity.guest WHERE person = $1", branch.their_other) == 0


async def test_what_has_ended_counts_for_a_while(branch: Branch, monkeypatch: pytest.MonkeyPatch) -> None:
    """The unit moves away: the branch may not have heard, for 30 days."""
    await branch.company.move(str(branch.my_unit), 3)
    changed = PersonChanged(person=branch.my_other, title="x")
    soon = branch.sent(changed, LOCAL_ADMINISTRATOR)
    await branch.send(soon)
    assert await branch.fate(soon.id) == "taken"
    monkeypatch.setattr(claims, "LATE", 0)
    late = branch.sent(changed, LOCAL_ADMINISTRATOR)
    await branch.send(late)
    assert await branch.fate(late.id) == "not_at_home"


async def test_too_much_kept_back_stops_following(branch: Branch, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing more is taken in before somebody has looked; what is kept back is not lost."""
    monkeypatch.setattr(kept_table, "MAX_KEPT", 0)
    await branch.send(branch.sent(message(branch.secret), branch.mine))
    network = branch.company[VICTIM].network
    here = network.followed(TAKEN_OVER)
    lie = branch.sent(message(branch.secret), branch.mine)
    batch = SiteBatch(TAKEN_OVER, TAKEN_OVER, LIST, here.run, here.pos, here.pos + 1, here.pos + 1, (lie,))
    with pytest.raises(TooMuchKeptBack):
        await take_in(network.followers._inlet, batch)
    assert network.followed(TAKEN_OVER) == here


async def test_an_administrator_decides_about_what_is_kept_back(branch: Branch) -> None:
    """It is listed without what it says; accepted it is believed, dropped it is gone for good."""
    lies = [branch.sent(message(branch.secret), branch.mine) for _ in range(2)]
    await branch.send(*lies)
    boss = branch.company.boss
    listed = (await boss.get(f"/sites/kept-back?of={TAKEN_OVER}"))["events"]
    assert [(each["id"], each["reason"], each["type"]) for each in listed] == [
        (str(lie.id), "not_a_member", "messaging.message_sent") for lie in lies
    ]
    assert (await boss.get("/sites/status"))["sites"][1]["kept_back"] == 2
    await boss.do("POST", "/sites/kept-back/settle", {"events": [str(lies[0].id)], "accepted": True})
    await boss.do("POST", "/sites/kept-back/settle", {"events": [str(lies[1].id)], "accepted": False})

    async def is_settled() -> bool:
        return (await branch.fate(lies[0].id), await branch.fate(lies[1].id)) == ("taken", "None")

    await until(is_settled, "it was not settled")
    await branch.send(lies[1])
    assert await branch.fate(lies[1].id) == "None", "dropped for good"


async def test_nobody_has_the_bytes_of_a_file_by_naming_them(branch: Branch) -> None:
    """A branch knows what a file of others is called in the store (somebody of it was there once), and sends a file of
    its own that has these bytes: it gets none of them, and neither does anybody else by that file."""
    here, there = branch.company[VICTIM], branch.company[TAKEN_OVER]
    upload = await Sender(branch.company.boss).sent(b"secret")
    await branch.company.boss.do("POST", f"/conversations/{branch.secret}/messages", saying(block(upload)))
    async with here.site.pool.acquire() as db:
        blob = str(await db.fetchval("SELECT blob FROM files.file WHERE file = $1", int(upload["id"])))
    named = branch.sent(file(branch.shared, blob=blob), branch.mine)
    await branch.send(named)
    assert await branch.fate(named.id) == "taken"
    for conversation, number, code in (
        (branch.shared, FILE, "files.not_here"),
        (branch.shared, int(upload["id"]), "files.not_here"),
        (branch.secret, int(upload["id"]), "sites.not_yours"),
    ):
        question = encoder.encode(AskBytes(int(conversation), int(number), blob, 0, 50))
        with pytest.raises(BilinError) as refused:
            await there.network.ask(VICTIM, question, BYTES, 10)
        assert refused.value.code == code
    answer = await branch.company.boss.client.get(f"/api/conversations/{branch.shared}/files/{FILE}")
    assert answer.status_code == 503


# What is no ground for more.


@pytest.fixture
def ends_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What has ended counts no longer: the 30 days are over."""
    monkeypatch.setattr(claims, "LATE", 0)
    monkeypatch.setattr(messaging_claims, "LATE", 0)


async def test_whoever_moved_away_is_not_brought_back_by_the_event_they_were_hired_with(
    branch: Branch, ends_at_once: None
) -> None:
    """It comes again, and with it a new password for somebody who has long been at home at headquarters."""
    here = branch.company[VICTIM]
    who = branch.id()
    hired = branch.sent(person(branch, branch.my_unit, who), LOCAL_ADMINISTRATOR, who)
    await branch.send(hired)
    assert await branch.fate(who) == "taken"
    await here.append(PersonChanged(person=PersonId(who), unit=branch.their_unit))
    homes = here.site.get(Homes)
    await until(lambda: homes.now.people.get(PersonId(who)) == branch.their_unit, "nobody heard of the move")
    stolen = branch.sent(PasswordSet(person=PersonId(who), hash=HASH, keeps=None), LOCAL_ADMINISTRATOR)
    await branch.send(hired, stolen)
    assert await branch.fate(stolen.id) == "not_at_home"


async def test_an_event_that_is_here_already_proves_nothing_with_other_words(branch: Branch) -> None:
    """The number of somebody's message, under another name, makes nobody else its author."""
    said = branch.sent(message(branch.shared), branch.mine)
    added = branch.sent(MembersAdded(conversation=branch.shared, people=(branch.my_other,)), branch.mine)
    await branch.send(said, added)
    forged = branch.sent(message(branch.shared), branch.my_other, said.id)
    edited = branch.sent(edit(branch.shared, MessageId(said.id)), branch.my_other)
    await branch.send(forged, edited)
    assert await branch.fate(edited.id) == "not_allowed"


async def test_nobody_is_let_in_again_by_what_is_dated_before_they_were_removed(
    branch: Branch, ends_at_once: None
) -> None:
    before = branch.id()
    added = branch.sent(MembersAdded(conversation=branch.shared, people=(branch.my_other,)), branch.mine)
    removed = branch.sent(MemberRemoved(conversation=branch.shared, person=branch.my_other), branch.mine)
    await branch.send(added, removed)
    again = branch.sent(MembersAdded(conversation=branch.shared, people=(branch.my_other,)), branch.mine, before)
    said = branch.sent(message(branch.shared), branch.my_other)
    await branch.send(again, said)
    assert await branch.fate(said.id) == "not_a_member"


async def test_what_was_kept_back_is_not_let_in_once_access_ended(branch: Branch) -> None:
    """Not even when it would be believed of a site that has access."""
    here = branch.company[VICTIM]
    said = branch.sent(message(branch.secret), branch.mine)
    await branch.send(said)
    await here.append(SiteRevoked(site=TAKEN_OVER))
    await here.append(MembersAdded(conversation=branch.secret, people=(branch.mine,)))
    await here.network.kept_back_review.look_through()
    assert await branch.fate(said.id) != "taken"
