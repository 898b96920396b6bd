"""Who hears of what, which key seals it, and which decisions it makes stale."""

from hypothesis import given
from hypothesis import strategies as st

from bilin.core.codec import from_json, to_json
from bilin.core.events import Event, Recorded
from bilin.core.ids import ConversationId, MessageId, PersonId
from bilin.messaging import (
    ConversationCreated,
    ConversationPreferencesChanged,
    MemberRemoved,
    MemberRole,
    MembersAdded,
    MessageRecalled,
    ReadMarked,
)
from bilin.messaging.conversations.events import ConversationEvent, ShapingEvent
from tests.messaging.histories import histories

ROOM, ANNA, BEN = ConversationId(7), PersonId(1), PersonId(2)


@given(history=histories())
def test_every_event_travels_as_json_and_is_sealed_for_its_conversation(history: list[Recorded[Event]]) -> None:
    for record in history:
        event = record.event
        assert from_json(to_json(event), type(event)) == event
        owner = event.conversation if isinstance(event, ConversationEvent) else event.person  # type: ignore[attr-defined]
        assert event.key_scope() == owner
        if isinstance(event, ShapingEvent):
            assert event.bumps() == (event.conversation,)


@given(st.booleans())
def test_read_marks_go_to_the_members_or_to_the_reader_alone(shared: bool) -> None:
    marked = ReadMarked(conversation=ROOM, through=MessageId(9), shared=shared)
    assert marked.topics(ANNA) == ((ROOM,) if shared else (ANNA,))


def test_preferences_are_personal_and_all_else_is_for_the_members() -> None:
    assert ConversationPreferencesChanged(conversation=ROOM, muted=True).topics(ANNA) == (ANNA,)
    assert MessageRecalled(conversation=ROOM, message=MessageId(9)).topics(ANNA) == (ROOM,)
    assert MessageRecalled(conversation=ROOM, message=MessageId(9)).bumps() == (9,)


def test_who_comes_follows_and_who_goes_does_not() -> None:
    members = (MemberRole(ANNA, "owner"), MemberRole(BEN, "member"))
    created = ConversationCreated(conversation=ROOM, kind="group", title="x", members=members)
    assert created.subscribes(ANNA) == [(ANNA, ROOM), (BEN, ROOM)]
    assert MembersAdded(conversation=ROOM, people=(BEN,)).subscribes(ANNA) == [(BEN, ROOM)]
    removed = MemberRemoved(conversation=ROOM, person=BEN)
    assert removed.unsubscribes(ANNA) == [(BEN, ROOM)]
    assert removed.topics(ANNA) == (ROOM, BEN)
