"""What other sites send is untrusted: whatever it is, it is refused with one of two errors, or means what it says."""

import tracemalloc
from typing import Any, cast

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilin.core.ids import COUNTER_BITS, MAX_NODE, TIME_SHIFT
from bilin.core.log.runs import Position
from bilin.sites.replication.errors import BadBatch, VersionsApart
from bilin.sites.replication.following.checks import (
    MARK_BYTES,
    check_answer,
    check_batch,
    check_live,
    check_own,
    check_scopes,
)
from bilin.sites.replication.transport.envelope import COMPRESSED, PLAIN, pack, unpack
from bilin.sites.replication.transport.wire import (
    LIST,
    MAX_BATCH_EVENTS,
    MAX_MESSAGE_BYTES,
    MAX_OPENED,
    WIRE_VERSION,
    Carry,
    Fetch,
    FetchScopes,
    Refused,
    Scopes,
    Sent,
    SiteAnswer,
    SiteBatch,
    SiteQuestion,
    Status,
)
from tests.sites.bombs import bomb

HOLDER, OTHER = 2, 3
KINDS = [cast("type[Any]", kind) for kind in (SiteQuestion, SiteAnswer, SiteBatch, Status, bytes)]
int64 = st.integers(-(1 << 63), (1 << 63) - 1)
positions = st.builds(Position, int64, int64)
events = st.builds(
    Sent,
    st.one_of(int64, st.integers(0, 1 << 40).map(lambda ms: ms << TIME_SHIFT | HOLDER << COUNTER_BITS)),
    st.none() | int64,
    st.text(max_size=20),
    st.integers(0, 9),
    st.binary(max_size=50),
    st.binary(min_size=15, max_size=17),
)
batches = st.builds(
    SiteBatch,
    st.integers(0, 4),
    st.integers(0, 4),
    st.sampled_from([LIST, 7, -9]),
    int64,
    st.integers(-5, 50),
    st.integers(-5, 50),
    st.integers(-5, 50),
    st.lists(events, max_size=4).map(tuple),
    st.lists(int64, max_size=3).map(tuple),
)
messages = st.one_of(
    batches,
    st.builds(Fetch, int64, int64, positions),
    st.builds(FetchScopes, int64, int64),
    st.builds(Scopes, st.lists(int64, max_size=5).map(tuple), st.booleans()),
    st.builds(Refused, st.text(max_size=20), st.text(max_size=20)),
    st.builds(Carry, st.text(max_size=20), st.binary(max_size=50)),
)


def sent(identifier: int = 5 << TIME_SHIFT | HOLDER << COUNTER_BITS, mark: bytes = b"m" * MARK_BYTES) -> Sent:
    return Sent(identifier, None, "messaging.message_sent", 1, b"{}", mark)


def batch(**changes: Any) -> SiteBatch:
    """A sound live batch of site 2, but for the changes."""
    sound = SiteBatch(HOLDER, HOLDER, LIST, 77, 10, 12, 12, (sent(),))
    return msgspec.structs.replace(sound, **changes)


@given(st.binary(max_size=300), st.sampled_from(KINDS))
def test_any_bytes_are_refused_or_understood(payload: bytes, kind: type[Any]) -> None:
    for header in (b"", bytes((WIRE_VERSION, PLAIN)), bytes((WIRE_VERSION, COMPRESSED))):
        try:
            unpack(header + payload, kind)
        except (BadBatch, VersionsApart):
            continue


@given(messages, st.data())
def test_what_is_tampered_with_is_refused_or_understood(message: Any, data: st.DataObject) -> None:
    payload = bytearray(pack(message))
    assert unpack(bytes(payload), type(message)) == message
    at = data.draw(st.integers(0, len(payload) - 1))
    payload[at] ^= data.draw(st.integers(1, 255))
    for kind in KINDS:
        try:
            unpack(bytes(payload), kind)
        except (BadBatch, VersionsApart):
            continue


@given(messages, st.data())
def test_what_is_cut_short_is_refused(message: Any, data: st.DataObject) -> None:
    payload = pack(message)
    with pytest.raises(BadBatch):
        unpack(payload[: data.draw(st.integers(0, len(payload) - 1))], type(message))


@given(messages, st.binary(min_size=1, max_size=5))
def test_what_goes_on_after_its_end_is_refused(message: Any, more: bytes) -> None:
    with pytest.raises(BadBatch):
        unpack(pack(message) + more, type(message))


@pytest.mark.parametrize("is_silent", [True, False], ids=["it does not say how large it is", "it says so"])
def test_a_bomb_is_refused_before_it_grows(is_silent: bool) -> None:
    payload = bomb(500, is_silent=is_silent)
    assert len(payload) < MAX_MESSAGE_BYTES
    tracemalloc.start()
    with pytest.raises(BadBatch, match="larger than allowed"):
        unpack(payload, SiteBatch)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 5 * MAX_MESSAGE_BYTES


@pytest.mark.parametrize(
    ("payload", "told"),
    [
        (b"", "is none"),
        (bytes((WIRE_VERSION,)), "is none"),
        (bytes((WIRE_VERSION, PLAIN)) + bytes(MAX_MESSAGE_BYTES), "is none"),
        (bytes((WIRE_VERSION, 9)) + b"x", "unknown way"),
        (bytes((WIRE_VERSION, COMPRESSED)) + b"not compressed", "damaged"),
        (bytes((WIRE_VERSION, PLAIN)) + b"\x91" * 100_000, "not what it should be"),
    ],
)
def test_what_is_wrong_is_said(payload: bytes, told: str) -> None:
    with pytest.raises(BadBatch, match=told):
        unpack(payload, SiteBatch)


def test_versions_next_to_each_other_understand_each_other_and_others_do_not() -> None:
    payload = pack(batch())
    assert unpack(bytes((WIRE_VERSION + 1,)) + payload[1:], SiteBatch) == batch()
    with pytest.raises(VersionsApart) as refused:
        unpack(bytes((WIRE_VERSION + 2,)) + payload[1:], SiteBatch)
    assert refused.value.details == {"here": WIRE_VERSION, "there": WIRE_VERSION + 2}
    assert "Upgrade" in refused.value.hint


def test_what_is_too_large_is_not_even_sent() -> None:
    with pytest.raises(BadBatch, match="cannot be sent"):
        pack(batch(events=(msgspec.structs.replace(sent(), data=bytes(MAX_MESSAGE_BYTES)),)))


@given(batches)
def test_what_passes_the_checks_speaks_for_its_holder_alone(given_batch: SiteBatch) -> None:
    try:
        check_live(given_batch, HOLDER)
    except BadBatch:
        return
    assert (given_batch.holder, given_batch.whose, given_batch.scope) == (HOLDER, HOLDER, LIST)
    assert all(event.id >> COUNTER_BITS & MAX_NODE == HOLDER for event in given_batch.events)
    assert 0 <= given_batch.after <= given_batch.through <= given_batch.head


FORGED = {
    "the holder": (batch(holder=OTHER), "names site 3 as its holder"),
    "whose events": (batch(whose=OTHER), "is of events of site 3"),
    "the site in an id": (batch(events=(sent(5 << TIME_SHIFT | OTHER << COUNTER_BITS),)), "of site 3, not of 2"),
    "our own number in an id": (batch(events=(sent(5 << TIME_SHIFT | 1 << COUNTER_BITS),)), "of site 1, not of 2"),
    "an id below zero": (batch(events=(sent(-7),)), "is no id"),
    "an id of 65 bits": (batch(events=(sent(1 << 64 | HOLDER << COUNTER_BITS),)), "is no id"),
    "no mark": (batch(events=(sent(mark=b""),)), "without a mark"),
    "what the founding site alone says": (
        batch(events=(msgspec.structs.replace(sent(), type="sites.home_set"),)),
        "only the founding site may write",
    ),
    "twice the same": (batch(events=(sent(), sent())), "names an event twice"),
    "positions that go back": (batch(after=12, through=10), "make no sense"),
    "a position behind the head": (batch(head=11), "make no sense"),
    "a position beyond 64 bits": (batch(through=1 << 63, head=1 << 63), "make no sense"),
    "no run": (batch(run=0), "names no run"),
    "too many events": (batch(events=(sent(),) * (MAX_BATCH_EVENTS + 1)), "is too large"),
    "too many openings": (batch(opened=tuple(range(1, MAX_OPENED + 2))), "is too large"),
    "a conversation nobody asked for": (batch(scope=7), "nobody asked"),
}


@pytest.mark.parametrize(("forged", "told"), FORGED.values(), ids=FORGED.keys())
def test_what_is_forged_is_refused_and_said(forged: SiteBatch, told: str) -> None:
    check_live(batch(), HOLDER)
    with pytest.raises(BadBatch, match=told):
        check_live(forged, HOLDER)


def test_an_answer_is_to_what_was_asked() -> None:
    asked = Fetch(HOLDER, 7, Position(77, 10))
    check_answer(batch(scope=7), HOLDER, asked)
    for answer in (batch(scope=8), batch(scope=7, after=11), batch(scope=7, after=10, through=10, head=20, events=())):
        with pytest.raises(BadBatch):
            check_answer(answer, HOLDER, asked)


def test_events_given_back_must_have_been_written_here() -> None:
    check_batch(batch(whose=HOLDER), HOLDER, HOLDER)
    check_own(batch(), lambda holder, event: True)
    with pytest.raises(BadBatch, match="did not write"):
        check_own(batch(), lambda holder, event: False)


@given(st.lists(int64, max_size=5).map(tuple), st.booleans(), int64)
def test_a_page_of_the_list_ascends(scopes: tuple[int, ...], is_end: bool, after: int) -> None:
    try:
        check_scopes(Scopes(scopes, is_end), FetchScopes(HOLDER, after))
    except BadBatch:
        return
    assert list(scopes) == sorted({each for each in scopes if each > after and each != LIST})
    assert scopes or is_end
