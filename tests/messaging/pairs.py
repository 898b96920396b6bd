"""Any two events of messaging that meet at the same message, person or field, told in every order."""

from collections.abc import Iterator, Sequence
from itertools import product
from typing import Any, TypeAlias

from bilin.core.crypto import BodyDamaged, Keyring
from bilin.core.database import Connection
from bilin.core.events import Event, Recorded
from bilin.core.ids import ConversationId, Id, MessageId, PersonId
from bilin.messaging import (
    ConversationCreated,
    ConversationRenamed,
    MemberRemoved,
    MemberRole,
    MemberRoleChanged,
    MembersAdded,
    MessageEdited,
    MessageRecalled,
    MessageSent,
    OwnerChanged,
    ReadMarked,
    direct_id,
)
from bilin.messaging.messages.model import Quote
from tests.messaging.histories import DECLARED, changing, made_from_declaration, state_after, without_numbers
from tests.messaging.house import words

ANN, BEN, CAT = (PersonId(number) for number in (1, 2, 3))
ROOM, DIRECT = ConversationId(1_000), direct_id(ANN, BEN)
FIRST_ID, LATER_ID = 100_000, 101_000
MESSAGE = MessageId(30_000)
EXAMPLES = 4
"""Of each type that is declared."""
Told: TypeAlias = tuple[PersonId, Event]

_ROLES = (MemberRole(ANN, "owner"), MemberRole(BEN, "admin"))
_PAIR = (MemberRole(ANN, "member"), MemberRole(BEN, "member"))


def _sent(text: str, reply_to: Quote | None = None) -> MessageSent:
    called = (BEN,) if reply_to is None else ()
    return MessageSent(conversation=ROOM, content=words(text), reply_to=reply_to, mentions=called, mentions_all=False)


def _edited(text: str) -> MessageEdited:
    return MessageEdited(conversation=ROOM, message=MESSAGE, content=words(text), mentions=(), mentions_all=False)


BEFORE: tuple[tuple[int, Told], ...] = (
    (10_000, (ANN, ConversationCreated(conversation=ROOM, kind="group", title="first", members=_ROLES))),
    (20_000, (ANN, ConversationCreated(conversation=DIRECT, kind="direct", title="", members=_PAIR))),
    (MESSAGE, (ANN, _sent("what it is about", Quote(MessageId(5), BEN, "from before")))),
)
"""What is so before either of the two happens, and comes when it comes."""
VARIANTS: tuple[Told, ...] = (
    (BEN, ConversationCreated(conversation=DIRECT, kind="direct", title="", members=_PAIR)),
    *((ANN, MembersAdded(conversation=ROOM, people=people)) for people in ((BEN, CAT), (CAT,))),
    *((ANN, MemberRemoved(conversation=ROOM, person=person)) for person in (BEN, CAT)),
    (ANN, MemberRoleChanged(conversation=ROOM, person=BEN, role="admin")),
    (ANN, MemberRoleChanged(conversation=ROOM, person=BEN, role="member")),
    *((ANN, OwnerChanged(conversation=ROOM, person=person)) for person in (BEN, ANN)),
    *((ANN, ConversationRenamed(conversation=ROOM, title=title)) for title in ("second", "third")),
    (ANN, _sent("and then")),
    *((ANN, _edited(text)) for text in ("one way", "another way")),
    *((person, MessageRecalled(conversation=ROOM, message=MESSAGE)) for person in (ANN, BEN)),
    (BEN, ReadMarked(conversation=ROOM, through=MESSAGE, shared=True)),
    *(
        (BEN, made_from_declaration(cls, ROOM, MESSAGE, BEN, number))
        for cls, number in product(DECLARED, range(EXAMPLES))
    ),
)
"""Each type that may happen at another site, with two values wherever one may take the place of another. The first of
each type meets those of other types."""


def pairs(types: frozenset[type[Event]] | None = None) -> Iterator[tuple[Told, Told]]:
    """Pairs, first and later: all of one type, and one of each two types; those in which one of these takes part."""
    of_type = {type(told[1]): told for told in reversed(VARIANTS)}
    for first, later in product(VARIANTS, VARIANTS):
        kinds = type(first[1]), type(later[1])
        is_chosen = kinds[0] == kinds[1] or (first is of_type[kinds[0]] and later is of_type[kinds[1]])
        if is_chosen and (types is None or not types.isdisjoint(kinds)):
            yield first, later


async def disagreeing(db: Connection, keys: Keyring, first: Told, later: Told) -> list[str]:
    """The orders in which a pair ends in another state than in the order in which it happened, or in none."""
    before = [_record(identifier, told) for identifier, told in BEFORE]
    one, two = _record(FIRST_ID, first), _record(LATER_ID, later)
    in_order: list[Sequence[Recorded[Event]]] = [[each] for each in (*before, one, two)]
    orders: dict[str, list[Sequence[Recorded[Event]]]] = {
        "the later one first": [before, [two], [one]],
        "in one commit": [[*before, two, one]],
        "both before all else": [[two], [one], before],
        "between": [[one], before, [two], [one]],
    }
    expected = await _state(db, keys, in_order)
    return [name for name, commits in orders.items() if await _state(db, keys, commits) != expected]


async def changes(db: Connection, keys: Keyring, told: Told) -> bool:
    """Whether an event changes anything: one that does not proves nothing."""
    happened = [*(_record(identifier, each) for identifier, each in BEFORE), _record(FIRST_ID, told)]
    return happened[-1] in await changing(db, keys, happened)


async def _state(db: Connection, keys: Keyring, commits: list[Sequence[Recorded[Event]]]) -> Any:
    try:
        return without_numbers(await state_after(db, keys, commits))
    except BodyDamaged:  # words stand under the id of an event that did not bring them
        return None


def _record(identifier: int, told: Told) -> Recorded[Event]:
    """As another site sent it."""
    actor, event = told
    return Recorded(identifier, Id(identifier), 2, actor, None, event, Id(1_000_000))
