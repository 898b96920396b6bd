"""What no door of any release lets in is not let in from another site either, and following goes on past it: texts and
numbers that no column holds, posts twice, hashes that cost a minute, words as a reaction, links that run a program."""

import dataclasses
from collections.abc import Iterator
from itertools import count
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest

from bilin.core import claims
from bilin.core.codec import from_json, to_json
from bilin.core.events import Event
from bilin.core.ids import ConversationId, Id, MessageId, PersonId, SessionId, UnitId
from bilin.core.log.foreign import Foreign, decode
from bilin.files import FileAdded
from bilin.files.blobs.cipher import KEY_BYTES
from bilin.identity import LOCAL_ADMINISTRATOR
from bilin.identity.events import LoginChanged, PasswordSet, SessionOpened
from bilin.messaging.messages.content import (
    Code,
    Content,
    Items,
    Link,
    Mention,
    MentionAll,
    Paragraph,
    QuoteBlock,
    Text,
)
from bilin.messaging.messages.events import MessageEdited, MessageSent
from bilin.messaging.messages.model import Quote
from bilin.messaging.reactions.events import ReactionSet
from bilin.messaging.receipts.events import ReadMarked
from bilin.org.events import PersonAdded, PersonChanged, UnitAdded, UnitChanged
from bilin.org.model import Post
from bilin.sites import KeptBackSettled
from tests.security.test_taken_over_branch import HASH, OWN, VICTIM, Branch, branch, message
from tests.sites.conftest import office, quick_statuses, settings, three  # noqa: F401

__all__ = ["branch"]

UNIT, OTHER = UnitId(11), UnitId(12)
LONG = "长" * 30_000
CHOICES = {
    "kind",
    "role",
    "locale",
    "theme",
    "send_key",
    "density",
    "type",
    "hash",
    "token_sha256",
    "href",
    "language",
    "marks",
}
"""Texts that are read as one of a few, or have rows of their own below."""


def somebody() -> Any:
    """Who and what the rows of the other file name, for those that are judged by themselves."""
    numbers = count(1_000)
    places = {each.name: Id(number) for number, each in enumerate(dataclasses.fields(Branch), 1)}
    return SimpleNamespace(**places | {"id": lambda: Id(next(numbers))})


def full_message() -> MessageSent:
    """One with everything in it that a message may hold."""
    person = PersonId(5)
    spans = (
        Text(text="看", marks=("bold", "italic")),
        Link(text="这里", href="https://example.cn/路?a=b"),
        Mention(person=person, name="王芳"),
        MentionAll(),
    )
    blocks = (
        Paragraph(spans=spans),
        QuoteBlock(spans=spans[:1]),
        Code(text="rm -f *.log", language="sh"),
        Items(ordered=True, items=(spans[:2], ()), start=3, indent=1),
    )
    return MessageSent(
        conversation=ConversationId(1),
        content=Content(blocks=blocks),
        reply_to=Quote(MessageId(2), person, "那时说的"),
        mentions=(person,),
        mentions_all=True,
        seen=(MessageId(3), MessageId(4)),
    )


def honest() -> list[Event]:
    """At least one of each type that other sites may write."""
    stands_for = somebody()
    rows = [row(stands_for)[0] for rows in OWN.values() for row in rows]
    said: list[Event] = [from_json(to_json(each), type(each)) for each in rows if not isinstance(each, FileAdded)]
    changed: dict[str, Any] = {
        "unit": UNIT,
        "units": (Post(UNIT, "主管", main=True), Post(OTHER, "", main=False)),
        "email": "wang@example.cn",
        "phone": "+86 21 5555",
        "title": "主管",
    }
    full = full_message()
    return [
        *said,
        full,
        MessageEdited(
            conversation=full.conversation,
            message=MessageId(9),
            content=full.content,
            mentions=full.mentions,
            mentions_all=True,
        ),
        FileAdded(
            conversation=full.conversation,
            file=Id(9),
            name="合同 (终稿).pdf",
            media_type="application/pdf",
            size=3,
            blob="0a" * 32,
            key=bytes(KEY_BYTES),
        ),
        UnitChanged(unit=UNIT, name="二部", rank=-3, kind="team", locale="en"),
        PersonAdded(person=PersonId(7), name="阿不都·热合曼", **changed),
        PersonChanged(person=PersonId(7), name="王芳", **changed),
        ReadMarked(conversation=ConversationId(1), through=MessageId(2), shared=False, seen=(MessageId(2),)),
        ReactionSet(conversation=ConversationId(1), message=MessageId(2), emoji="👩‍👩‍👧", present=True),
    ]


def fits(event: Event) -> bool:
    return claims.limits()[type(event)](event)


def test_every_type_has_a_limit() -> None:
    assert set(claims.limits()) == claims.rule_types()


@pytest.mark.parametrize("event", honest(), ids=lambda event: type(event).__name__)
def test_what_people_say_fits(event: Event) -> None:
    assert fits(event)


def spoilt(value: Any) -> Iterator[tuple[str, Any]]:
    """The value with one text, number or list in it grown out of all bounds, and where; one for each place."""
    if isinstance(value, msgspec.Struct):
        parts = {name: getattr(value, name) for name in value.__struct_fields__ if name not in CHOICES}
        for name, part in parts.items():
            for where, other in spoilt(part):
                yield f"{name}.{where}", msgspec.structs.replace(value, **{name: other})
    elif isinstance(value, tuple):
        yield from spoilt_list(value)
    elif isinstance(value, str):
        yield "long", LONG
    elif isinstance(value, int) and not isinstance(value, bool | Id):
        yield "large", 1 << 62
        yield "small", -(1 << 62)


def spoilt_list(value: tuple[Any, ...]) -> Iterator[tuple[str, Any]]:
    for place, each in enumerate(value):
        for where, other in spoilt(each):
            yield f"{place}.{where}", (*value[:place], other, *value[place + 1 :])
    if value:
        yield "many", value * 6_000


@pytest.mark.parametrize("event", honest(), ids=lambda event: type(event).__name__)
def test_what_is_out_of_all_bounds_does_not(event: Event) -> None:
    let_in = [where for where, other in spoilt(event) if fits(other)]
    assert not let_in


CONVERSATION, MESSAGE = ConversationId(1), MessageId(2)
TEXT_FIELDS = "name", "title", "email", "phone"


def said(content: Content, mentions: tuple[PersonId, ...] = (), *, calls: bool = False, **more: Any) -> MessageSent:
    reply = more.get("reply_to")
    return MessageSent(
        conversation=CONVERSATION, content=content, reply_to=reply, mentions=mentions, mentions_all=calls
    )


def linked(href: str) -> MessageSent:
    return said(Content(blocks=(Paragraph(spans=(Link(text="这里", href=href),)),)))


def added(*posts: Post, **more: Any) -> PersonAdded:
    facts: dict[str, Any] = {"name": "新", "title": "", "email": "", "phone": "", "unit": UNIT} | more
    return PersonAdded(person=PersonId(7), units=posts, **facts)


def hashed(text: str) -> PasswordSet:
    return PasswordSet(person=PersonId(7), hash=text, keeps=None)


def opened(**more: str) -> SessionOpened:
    facts: dict[str, Any] = {"device": "x", "address": "::1", "token_sha256": "0f" * 32} | more
    return SessionOpened(session=SessionId(1), person=PersonId(7), **facts)


MAIN = Post(UNIT, "", main=True)
PLAIN = Content(blocks=(Paragraph(spans=(Text(text="好"),)),))
FILE_NAMES = ("a/b", "..", "a\\b", "con.txt", "照片.jpg:x.exe", "发票\u202efdp.exe", "a\0b", "", "x" * 256, "dots..")


@pytest.mark.parametrize("name", FILE_NAMES)
def test_a_file_has_a_name_that_its_own_site_would_give_it(name: str) -> None:
    (sent,) = [each for each in honest() if isinstance(each, FileAdded)]
    assert not fits(msgspec.structs.replace(sent, name=name))


OUTSIDE: dict[str, Event] = {
    "a link that runs a program": linked("javascript:alert(1)"),
    "a link that holds a page": linked("data:text/html,<script>"),
    "a link of two lines": linked("https://example.cn/\njavascript:alert(1)"),
    "nothing at all": said(Content(blocks=())),
    "a call for who is not named": said(PLAIN, (PersonId(5),)),
    "a call for all without one": said(PLAIN, calls=True),
    "a quote that says of itself that it is recalled": said(
        PLAIN, reply_to=Quote(MESSAGE, PersonId(5), "", recalled=True)
    ),
    "words as a reaction": ReactionSet(conversation=CONVERSATION, message=MESSAGE, emoji="滚", present=True),
    "nothing as a reaction": ReactionSet(conversation=CONVERSATION, message=MESSAGE, emoji="\u200b", present=True),
    "a reaction with a NUL": ReactionSet(conversation=CONVERSATION, message=MESSAGE, emoji="👍\0", present=True),
    "a name with a NUL": added(MAIN, name="王\0芳"),
    "a name that runs backwards": added(MAIN, name="王\u202e芳"),
    "a name of nothing": added(MAIN, name="\u3164"),
    "a telephone number with a NUL": added(MAIN, phone="1\0"),
    "no post": added(),
    "a post twice": added(MAIN, Post(UNIT, "", main=False)),
    "two main posts": added(MAIN, Post(OTHER, "", main=True)),
    "a main post elsewhere than said": added(Post(OTHER, "", main=True)),
    "a second company": UnitAdded(unit=UNIT, parent=OTHER, name="x", kind="company", rank=0),
    "a unit with a slash": UnitAdded(unit=UNIT, parent=OTHER, name="a/b", kind="team", rank=0),
    "a rank that no column holds": UnitChanged(unit=UNIT, rank=1 << 31),
    "a hash of four gibibytes": hashed(HASH.replace("m=64", "m=4194304")),
    "a hash of a million passes": hashed(HASH.replace("t=1", "t=1000000")),
    "a hash of many threads": hashed(HASH.replace("p=1", "p=200")),
    "a hash of another kind": hashed(HASH.replace("argon2id", "argon2i")),
    "no hash": hashed("swordfish"),
    "a token that is none": opened(token_sha256="zz" * 32),
    "half a token": opened(token_sha256="0f"),
    "a device with a NUL": opened(device="\0"),
    "a login in capitals": LoginChanged(person=PersonId(7), login="Wang.Fang", old="wang"),
    "a login with a blank": LoginChanged(person=PersonId(7), login="wang fang", old="wang"),
}


@pytest.mark.parametrize("what", OUTSIDE)
def test_what_no_door_lets_in_does_not_fit(what: str) -> None:
    assert not fits(OUTSIDE[what])


OF_THE_RELEASE_BEFORE: dict[str, Event] = {
    "a sign as a reaction": ReactionSet(conversation=CONVERSATION, message=MESSAGE, emoji="°", present=True),
    "many addresses": said(
        Content(blocks=(Paragraph(spans=(Link(text="x", href="https://example.cn/" + "a" * 1_900),) * 80),))
    ),
    "an address with a blank that does not show": linked("https://example.cn/a\u200bb"),
}


@pytest.mark.parametrize("what", OF_THE_RELEASE_BEFORE)
def test_what_the_release_before_let_in_fits(what: str) -> None:
    assert fits(OF_THE_RELEASE_BEFORE[what])


@pytest.mark.parametrize("spelled", ['" 12"', '"+12"', '"1_2"', '"012"', '"１２"', "12", "12.0", "true"])
def test_an_id_has_one_spelling(spelled: str) -> None:
    """Clients are sent the words as they came: another spelling would be another conversation there."""
    said = b'{"conversation":"12","message":%s}' % spelled.encode()
    with pytest.raises(msgspec.ValidationError):
        decode(Foreign(1 << 40, 2, 5, "messaging.message_recalled", 1, said, b""))


async def test_it_is_kept_back_and_what_follows_is_taken(branch: Branch) -> None:
    """Through the line, with its real credential: each alone, and what is honest right after it."""
    by, machine = branch.mine, LOCAL_ADMINISTRATOR
    main = Post(branch.my_unit, "", main=True)

    def person(**more: Any) -> PersonAdded:
        facts = {"name": "新", "title": "", "email": "", "phone": "", "units": (main,)} | more
        return PersonAdded(person=PersonId(branch.id()), unit=branch.my_unit, **facts)

    def unit(name: str, rank: int = 0) -> UnitAdded:
        return UnitAdded(unit=UnitId(branch.id()), parent=branch.my_unit, name=name, kind="team", rank=rank)

    heavy = msgspec.json.decode(to_json(message(branch.shared))) | {"later": "x" * 100_000}
    forged = [
        branch.sent(person(name="a\0b"), machine),
        branch.sent(person(units=(main, main)), machine),
        branch.sent(unit("x", 1 << 40), machine),
        branch.sent(unit(LONG), machine),
        branch.sent(msgspec.structs.replace(message(branch.shared), content=full_message().content), by),
        msgspec.structs.replace(branch.sent(message(branch.shared), by), data=to_json(heavy)),
    ]
    boss = branch.company.boss
    for each in forged:
        honest_one = branch.sent(message(branch.shared), by)
        await branch.send(each, honest_one)
        assert await branch.fate(each.id) == "beyond_limits"
        assert await branch.fate(honest_one.id) == "taken"
    lies = [str(each.id) for each in forged]
    refused = await boss.refused("POST", "/sites/kept-back/settle", {"events": lies, "accepted": True})
    assert refused == (422, "core.invalid")
    await branch.company[VICTIM].append(KeptBackSettled(events=tuple(Id(each.id) for each in forged), accepted=True))
    await branch.company[VICTIM].network.kept_back_review.look_through()
    assert {await branch.fate(each.id) for each in forged} == {"beyond_limits"}
