"""Random histories of all event types of messaging, and what the tables hold after them."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import asyncpg
import sqlalchemy as sa
from hypothesis import strategies as st

from bilin.core.crypto import Keyring
from bilin.core.database import Connection
from bilin.core.events import Event, Recorded, Work
from bilin.core.ids import ConversationId, Id, MessageId, PersonId
from bilin.core.log.commit import apply_all
from bilin.core.registers import is_sealed, open_sealed
from bilin.core.tables import metadata
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
from bilin.messaging.messages.bodies import open_body, open_quote
from bilin.messaging.messages.content import Content
from bilin.messaging.messages.model import Quote
from tests.messaging.house import words
from tests.support.examples import declared, example

PEOPLE = tuple(PersonId(number) for number in (1, 2, 3))
GROUP = ConversationId(1_000)
DIRECT = direct_id(PEOPLE[0], PEOPLE[1])
MAX_EVENTS = 26
TABLES = {
    table.name: table
    for table in metadata.tables.values()
    if table.schema == "messaging" and table.name != "text_number"  # which says where texts stand that `message` has
}
SELECT_ALL = f"SELECT {', '.join(f'ARRAY(SELECT t FROM messaging.{name} t) AS {name}' for name in TABLES)}"  # noqa: S608
NUMBERS = {column.name for table in TABLES.values() for column in table.columns if column.info.get("local")}
State = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True)
class Choice:
    """What a random event is made of."""

    type: type[Event]
    in_group: bool
    actor: PersonId
    person: PersonId
    about: int
    flag: bool


def _choices(types: Sequence[type[Event]]) -> st.SearchStrategy[Choice]:
    return st.builds(
        Choice,
        type=st.sampled_from(types),
        in_group=st.booleans(),
        actor=st.sampled_from(PEOPLE),
        person=st.sampled_from(PEOPLE),
        about=st.integers(0, MAX_EVENTS),
        flag=st.booleans(),
    )


IN_GROUPS = (MembersAdded, MemberRemoved, MemberRoleChanged, OwnerChanged, ConversationRenamed)
DECLARED = declared("messaging")
ANYWHERE: tuple[type[Event], ...] = (MessageEdited, MessageRecalled, ReadMarked, *DECLARED)
ALL_TYPES = frozenset({ConversationCreated, MessageSent, *IN_GROUPS, *ANYWHERE})


def _id(place: int) -> int:
    return 1_000 * (place + 1)


def _event(choice: Choice, place: int) -> Event:
    conversation = GROUP if choice.in_group or choice.type in IN_GROUPS else DIRECT
    about, person, flag = MessageId(_id(choice.about)), choice.person, choice.flag
    mentions = (person,) if flag else ()
    makers: dict[type[Event], Any] = {
        ConversationCreated: lambda: _created(conversation),
        MessageSent: lambda: MessageSent(
            conversation=conversation,
            content=words(f"text {place}"),
            reply_to=Quote(about, person, f"quoted {place}") if choice.about % 3 == 0 else None,
            mentions=mentions,
            mentions_all=choice.about % 5 == 0,
        ),
        MembersAdded: lambda: MembersAdded(conversation=conversation, people=tuple({person, choice.actor})),
        MemberRemoved: lambda: MemberRemoved(conversation=conversation, person=person),
        MemberRoleChanged: lambda: MemberRoleChanged(
            conversation=conversation, person=person, role="admin" if flag else "member"
        ),
        OwnerChanged: lambda: OwnerChanged(conversation=conversation, person=person),
        ConversationRenamed: lambda: ConversationRenamed(conversation=conversation, title=f"title {place}"),
        MessageEdited: lambda: MessageEdited(
            conversation=conversation,
            message=about,
            content=words(f"edit {place}"),
            mentions=mentions,
            mentions_all=False,
        ),
        MessageRecalled: lambda: MessageRecalled(conversation=conversation, message=about),
        ReadMarked: lambda: ReadMarked(conversation=conversation, through=about, shared=True),
    }
    if choice.type in makers:
        event: Event = makers[choice.type]()
        return event
    return made_from_declaration(choice.type, conversation, about, choice.actor, 2 * choice.about + flag)


def made_from_declaration(
    cls: type[Event], conversation: ConversationId, about: MessageId, actor: PersonId, number: int
) -> Event:
    """An event of a type that needs no applier."""
    given = {ConversationId: conversation, MessageId: about, PersonId: actor, Content: lambda n: words(f"draft {n}")}
    return example(cls, given, number)


def _created(conversation: ConversationId) -> ConversationCreated:
    if conversation == DIRECT:
        members = (MemberRole(PEOPLE[0], "member"), MemberRole(PEOPLE[1], "member"))
        return ConversationCreated(conversation=DIRECT, kind="direct", title="", members=members)
    members = (MemberRole(PEOPLE[0], "owner"), MemberRole(PEOPLE[1], "admin"))
    return ConversationCreated(conversation=GROUP, kind="group", title="first title", members=members)


@st.composite
def histories(draw: st.DrawFn) -> list[Recorded[Event]]:
    """A history in the order it happened."""
    first = Choice(ConversationCreated, True, PEOPLE[0], PEOPLE[0], 0, False)
    second = Choice(ConversationCreated, False, PEOPLE[1], PEOPLE[0], 0, False)
    weighted: list[type[Event]] = [*ANYWHERE, *IN_GROUPS, MessageSent, MessageSent, MessageSent, MessageSent]
    choices = [first, second, *draw(st.lists(_choices(weighted), max_size=MAX_EVENTS - 3))]
    if draw(st.booleans()):
        choices.append(second)  # the other side began the direct conversation as well
    return [
        Recorded(place, Id(_id(place)), 1, apt.actor, None, _event(apt, place))
        for place, choice in enumerate(choices)
        if (apt := _made_apt(choice, choices[:place])) is not None
    ]


def _made_apt(choice: Choice, before: Sequence[Choice]) -> Choice | None:
    """The choice, about something that came before and may be changed so; None when there is nothing."""
    if choice.type is not ReadMarked and "message" not in choice.type.__struct_fields__:
        return choice
    apt = [place for place, about in enumerate(before) if _may_be_about(choice, about)]
    return replace(choice, about=apt[choice.about % len(apt)]) if apt else None


def _may_be_about(choice: Choice, about: Choice) -> bool:
    """Only texts are edited, recalled and reacted to; notices are read as well."""
    if about.type is MessageSent:
        return about.in_group == choice.in_group
    return choice.type is ReadMarked and choice.in_group and about.type in IN_GROUPS


def cut(draw: st.DataObject, records: Sequence[Recorded[Event]]) -> list[list[Recorded[Event]]]:
    """Commits of any size."""
    batches, rest = [], list(records)
    while rest:
        size = draw.draw(st.integers(1, len(rest)))
        batches.append(rest[:size])
        rest = rest[size:]
    return batches


def from_elsewhere(records: Sequence[Recorded[Event]]) -> list[Recorded[Event]]:
    """The same, as another site sent them."""
    return [replace(record, site=2, arrived=Id(1_000_000)) for record in records]


def without_numbers(state: State) -> Any:
    """What does not speak of the order of arrival."""
    return {
        table: sorted(str({column: value for column, value in row.items() if column not in NUMBERS}) for row in found)
        for table, found in state.items()
        if table != "read_mark"
    }


async def changing(db: Connection, keys: Keyring, history: Sequence[Recorded[Event]]) -> list[Recorded[Event]]:
    """Those events of a history that change anything in the tables of a site where they happen one by one."""
    transaction, found = db.transaction(), []
    await transaction.start()
    try:
        before = await tables_now(db, keys)
        for record in history:
            await apply_all(Work(db, keys, 1), [record])
            after = await tables_now(db, keys)
            found += [record] if after != before else []
            before = after
        return found
    finally:
        await transaction.rollback()


async def state_after(
    db: Connection, keys: Keyring, batches: Iterable[Sequence[Recorded[Event]]], site: int = 1
) -> State:
    """The tables of a site, opened, after these commits. The database is left as it was."""
    transaction = db.transaction()
    await transaction.start()
    try:
        for batch in batches:
            await apply_all(Work(db, keys, site), batch)
        return await tables_now(db, keys)
    finally:
        await transaction.rollback()


async def tables_now(db: Connection, keys: Keyring) -> State:
    """What the tables hold, opened. One question for all of them: these tests ask it some ten thousand times."""
    [found] = await db.fetch(SELECT_ALL)
    return {name: _sorted(opened(keys, row, table) for row in found[name]) for name, table in TABLES.items()}


def _sorted(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(rows, key=lambda row: json.dumps(row, sort_keys=True, default=str))


def opened(keys: Keyring, row: asyncpg.Record, table: sa.Table) -> dict[str, Any]:
    """A row with what is sealed in it opened: the nonce is another each time."""
    values = dict(row)
    for column in table.columns:
        if is_sealed(column) and values[column.name] is not None:
            values[column.name] = _opening(column)(keys, row)
    return values


def _opening(column: "sa.Column[Any]") -> Any:
    of_messages = {"body": open_body, "quote": open_quote}
    return of_messages.get(column.name) or (lambda keys, row: open_sealed(keys, column, row))
