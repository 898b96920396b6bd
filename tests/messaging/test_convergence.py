"""The same events give the same tables.

Two promises are held apart, because `seq` numbers messages in the order they *arrive* at a site:

- Events in the order they happened, in whatever commits, some of them twice: every column is equal. (Read state of who
  is not a member counts for nothing, and is left out.)
- Events of another site in any order: everything is equal to a site where they happened, but the numbers, and what is
  kept for them. They must be right for their own order: `seq` counts from 1 without a hole, where it happened nobody
  has less read than they marked or sent, and `mention_seq` is 0 or the number of a text that calls the person.

What is read at several sites is in `test_reading`.
"""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bilin.core.crypto import Keyring
from bilin.core.database import Pool
from bilin.core.events import EVENT_TYPES, Event, Recorded
from bilin.messaging import ReadMarked
from tests.messaging.histories import (
    ALL_TYPES,
    DIRECT,
    GROUP,
    PEOPLE,
    State,
    changing,
    cut,
    from_elsewhere,
    histories,
    state_after,
    without_numbers,
)
from tests.support.effort import EFFORT

THOROUGH = settings(
    max_examples=100 * EFFORT, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture
async def keys(database: Pool) -> Keyring:
    ring = Keyring(bytes(32))
    async with database.acquire() as db:
        await ring.ensure(db, [(scope, 1) for scope in (GROUP, DIRECT, *PEOPLE)])
    return ring


def test_histories_hold_every_type() -> None:
    known = {kind.cls for name, kind in EVENT_TYPES.items() if name.startswith("messaging.")}
    assert known == ALL_TYPES


changed: set[type[Event]] = set()
"""The types of which an event changed something in the random histories."""


@pytest.mark.xdist_group("what changes something")
@settings(
    max_examples=250, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(history=histories())
async def test_events_of_random_histories_change_something(
    database: Pool, keys: Keyring, history: list[Recorded[Event]]
) -> None:
    async with database.acquire() as db:
        changed.update(type(record.event) for record in await changing(db, keys, history))


@pytest.mark.xdist_group("what changes something")
def test_every_type_changes_something() -> None:
    assert changed == ALL_TYPES


@THOROUGH
@given(history=histories(), is_foreign=st.booleans(), data=st.data())
async def test_commits_and_repetition_do_not_matter(
    database: Pool, keys: Keyring, history: list[Recorded[Event]], is_foreign: bool, data: st.DataObject
) -> None:
    if is_foreign:
        history = from_elsewhere(history)
    batches = cut(data, history)
    for again in data.draw(st.lists(st.sampled_from(history), max_size=4)):
        place = next(at for at, batch in enumerate(batches) if again in batch)
        batches.insert(data.draw(st.integers(place + 1, len(batches))), [again])
    async with database.acquire() as db:
        one_by_one = await state_after(db, keys, [[record] for record in history])
        together = await state_after(db, keys, batches)
    assert without_read_state_of_strangers(together) == without_read_state_of_strangers(one_by_one)


@THOROUGH
@given(history=histories(), data=st.data())
async def test_order_does_not_matter(
    database: Pool, keys: Keyring, history: list[Recorded[Event]], data: st.DataObject
) -> None:
    foreign = from_elsewhere(history)
    batches = cut(data, data.draw(st.permutations(foreign)))
    batches += [[record] for record in data.draw(st.lists(st.sampled_from(foreign), max_size=4))]
    async with database.acquire() as db:
        in_order = await state_after(db, keys, [[record] for record in history])
        in_disorder = await state_after(db, keys, batches)
    assert without_numbers(in_disorder) == without_numbers(in_order)
    assert_numbers_are_right(in_order, history)
    assert_numbers_are_right(in_disorder, [])


def without_read_state_of_strangers(state: State) -> State:
    nothing = dict.fromkeys(("read_seq", "mention_seq", "began"))
    members = [row if row["present"] else {**row, **nothing} for row in state["member"]]
    return {**state, "member": sorted(members, key=str)}


def assert_numbers_are_right(state: State, history: list[Recorded[Event]]) -> None:
    """For a site where this history happened; what others read is for them to say."""
    for conversation in (GROUP, DIRECT):
        texts = [row for row in state["message"] if row["conversation"] == conversation and row["kind"] == 1]
        numbers = {row["id"]: row["seq"] for row in state["message"] if row["conversation"] == conversation}
        assert sorted(row["seq"] for row in texts) == list(range(1, len(texts) + 1))
        (last,) = [row["last_seq"] for row in state["conversation"] if row["id"] == conversation]
        assert last == len(texts)
        for row in state["member"]:
            if row["conversation"] == conversation and row["present"]:
                person = row["person"]
                marked = [
                    numbers[r.event.through]
                    for r in history
                    if isinstance(r.event, ReadMarked)
                    and r.event.conversation == conversation
                    and r.actor == person
                    and r.event.through in numbers
                ]
                sent = [
                    text["seq"]
                    for text in texts
                    if text["arrived"] is None and text["sender"] == person and text["id"] > row["joined"]
                ]
                assert max([0, *marked, *sent]) <= row["read_seq"] <= last
                calling = {t["seq"] for t in texts if calls(t, person) and t["sender"] != person}
                assert row["mention_seq"] in {0, *calling}


def calls(text: dict[str, Any], person: int) -> bool:
    return text["mentions_all"] or person in (text["mentions"] or ())
