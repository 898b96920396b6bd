"""The checker finds each fault it is there for, and finds none where there is none."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.crash.checker import faults
from tests.crash.evidence import Acknowledged, Chapter, Evidence, Fetched, Frame, Marked, Message, Received, Unread

ROOM, OTHER = "100", "200"
Change = Callable[[Evidence], object]


def sound() -> Evidence:
    """Two people write by turns in one room; one of them alone in another. One device lost its connection."""
    room = [Message(10 + n, ROOM, "ann" if n % 2 else "bob", f"room-{n}", n) for n in range(1, 7)]
    other = [Message(20 + n, OTHER, "ann", f"other-{n}", n) for n in range(1, 4)]
    sent = [(pos, message) for pos, message in enumerate((*room, *other), 51)]
    frames = [Frame("event", pos, message, message.text) for pos, message in sent]
    empty = {ROOM: Fetched(50, ()), OTHER: Fetched(50, ())}
    steady = Received("ann's desk", (ROOM, OTHER), [Chapter(50, empty, [Frame("ready", 50), *frames])], 1)
    early = Chapter(50, {ROOM: Fetched(50, ())}, frames[:2])
    late = Chapter(54, {ROOM: Fetched(55, tuple(each.id for each in room[:5]))}, [*frames[4:6], Frame("pong", 59)])
    away = Received("bob's phone", (ROOM,), [early, late], 2)
    return Evidence(
        attempted={message.text for _, message in sent} | {"never-arrived"},
        acknowledged=[Acknowledged(m.text, m.sender, m.conversation, m.id, pos) for pos, m in sent if m.id != 16],
        marked=[Marked("bob", ROOM, 15), Marked("bob", ROOM, 12)],
        received=[steady, away],
        histories={ROOM: room, OTHER: other},
        unread={("ann", ROOM): Unread(6, 5), ("bob", ROOM): Unread(6, 6), ("ann", OTHER): Unread(3, 3)},
    )


def lose_from_history(evidence: Evidence, identifier: int) -> None:
    for conversation, messages in evidence.histories.items():
        evidence.histories[conversation] = [each for each in messages if each.id != identifier]


def frames(evidence: Evidence, device: int = 0, chapter: int = 0) -> list[Frame]:
    return evidence.received[device].chapters[chapter].frames


def swap(items: list[Frame], one: int, other: int) -> None:
    items[one], items[other] = items[other], items[one]


def swap_positions(evidence: Evidence) -> None:
    """Two messages of ann's entered the log the wrong way round, and everybody saw it so."""
    one, two = evidence.acknowledged[5], evidence.acknowledged[6]
    evidence.acknowledged[5:7] = [replace(one, pos=two.pos), replace(two, pos=one.pos)]
    there = frames(evidence)
    there[7:9] = [replace(there[8], pos=there[7].pos), replace(there[7], pos=there[8].pos)]


def repeat_in_history(evidence: Evidence, message: Message) -> None:
    evidence.histories[message.conversation].append(message)


FAULTS: dict[str, tuple[Change, str]] = {
    "an acknowledged message is lost": (
        lambda e: lose_from_history(e, 22),
        "other-2 was acknowledged and is in the history 0 times",
    ),
    "an acknowledged message is doubled": (
        lambda e: repeat_in_history(e, Message(30, ROOM, "ann", "room-1", 7)),
        "room-1 was acknowledged and is in the history 2 times",
    ),
    "a message has another id than was acknowledged": (
        lambda e: e.acknowledged.__setitem__(0, replace(e.acknowledged[0], id=9)),
        "room-1 was acknowledged as",
    ),
    "a message is in another conversation": (
        lambda e: e.acknowledged.__setitem__(0, replace(e.acknowledged[0], conversation=OTHER)),
        "room-1 was acknowledged as",
    ),
    "one id for two messages": (
        lambda e: e.acknowledged.append(replace(e.acknowledged[-1], key="other-2")),
        "id 23 was given to 2 messages",
    ),
    "a message that nobody acknowledged is doubled": (
        lambda e: repeat_in_history(e, Message(30, ROOM, "bob", "room-6", 7)),
        "room-6 is in the history 2 times",
    ),
    "a message that nobody sent": (
        lambda e: repeat_in_history(e, Message(30, ROOM, "ann", "ghost", 7)),
        "ghost is in the history and nobody sent it",
    ),
    "the history is out of order": (
        lambda e: e.histories[ROOM].reverse(),
        "the history of 100 shows room-5 after room-6",
    ),
    "a number is missing": (
        lambda e: e.histories[OTHER].__setitem__(2, replace(e.histories[OTHER][2], seq=4)),
        "the messages of 200 are not numbered 1 to 3",
    ),
    "a sender's messages are reordered": (
        lambda e: e.acknowledged.insert(0, e.acknowledged.pop(4)),
        "ann: room-1 was sent after room-5 was acknowledged, and stands before it",
    ),
    "a sender's messages are reordered in the log alone": (
        swap_positions,
        "ann: other-2 was sent after other-1 was acknowledged",
    ),
    "a device missed a message": (lambda e: frames(e).pop(3), "ann's desk did not get room-3"),
    "a device missed a message before it fetched everything": (
        lambda e: frames(e, 1, 0).pop(0),
        "bob's phone (fetch 1) stands at 52 and never got room-1",
    ),
    "a device missed a message between two connections": (
        lambda e: e.received[1].chapters[1].frames.pop(1),
        "bob's phone did not get room-6",
    ),
    "what was fetched lacks a message": (
        lambda e: e.received[1].chapters[1].fetched.update({ROOM: Fetched(55, (11, 12, 14, 15))}),
        "bob's phone did not get room-3",
    ),
    "what was fetched lacks a message that comes after all": (
        lambda e: e.received[1].chapters[1].fetched.update({ROOM: Fetched(55, (11, 12, 13, 14))}),
        "got room-5 at 55, and what was fetched later has it not",
    ),
    "a page is repeated": (
        lambda e: e.received[1].chapters[1].fetched.update({ROOM: Fetched(55, (11, 11, 12, 13, 14, 15))}),
        "fetched 11 of 100 twice",
    ),
    "a device fetched what is not there any more": (
        lambda e: e.received[1].chapters[1].fetched.update({ROOM: Fetched(55, (9, 11, 12, 13, 14, 15))}),
        "fetched 9, which the history has not",
    ),
    "an event is repeated after a resume": (
        lambda e: frames(e).insert(4, frames(e)[3]),
        "ann's desk (fetch 1) got event 53 after position 53",
    ),
    "a message is repeated at another position": (
        lambda e: frames(e).append(replace(frames(e)[1], pos=60)),
        "got room-1 twice",
    ),
    "events are out of order": (lambda e: swap(frames(e), 2, 3), "ann's desk (fetch 1) got event 52 after position 53"),
    "a position goes back": (
        lambda e: frames(e).append(Frame("pong", 58)),
        "ann's desk (fetch 1) got pong 58 after position 59",
    ),
    "an event has other words than the history": (
        lambda e: frames(e).__setitem__(1, replace(frames(e)[1], message=replace(e.histories[ROOM][0], text="other"))),
        "where the history has",
    ),
    "an event is of nobody's message": (
        lambda e: frames(e).append(Frame("event", 60, Message(40, ROOM, "ann", "room-1"), "room-1")),
        "where the history has None",
    ),
    "an event is of somebody else's conversation": (
        lambda e: frames(e, 1).append(Frame("event", 60, e.histories[OTHER][0], "other-1")),
        "of a conversation that is not theirs",
    ),
    "an event of another site has a key": (
        lambda e: frames(e).__setitem__(1, replace(frames(e)[1], is_foreign=True)),
        "got room-1 under the key room-1",
    ),
    "an event has another key": (
        lambda e: frames(e).__setitem__(1, replace(frames(e)[1], key="room-2")),
        "got room-1 under the key room-2",
    ),
    "an event has another position than its answer": (
        lambda e: e.acknowledged.__setitem__(-1, replace(e.acknowledged[-1], pos=60)),
        "got other-3 at 59, and its answer said 60",
    ),
    "a device received nothing": (lambda e: e.received[0].chapters.clear(), "ann's desk received nothing at all"),
    "an unread count is too high": (
        lambda e: e.unread.update({("ann", ROOM): Unread(6, 3)}),
        "ann is shown Unread(last_seq=6, read_seq=3) of 100",
    ),
    "a mark is lost": (
        lambda e: e.marked.append(Marked("ann", ROOM, 16)),
        "where the history implies Unread(last_seq=6, read_seq=6)",
    ),
    "the number of messages is wrong": (
        lambda e: e.unread.update({("ann", OTHER): Unread(4, 3)}),
        "ann is shown Unread(last_seq=4, read_seq=3) of 200",
    ),
    "an answer that no restart excuses": (lambda e: e.unexpected.append("500 core.unexpected"), "500 core.unexpected"),
}


def test_a_sound_site_has_no_faults() -> None:
    assert faults(sound()) == []


@pytest.mark.parametrize(("change", "found"), FAULTS.values(), ids=FAULTS.keys())
def test_each_fault_is_found(change: Change, found: str) -> None:
    evidence = sound()
    change(evidence)
    assert any(found in fault for fault in faults(evidence)), faults(evidence)


def test_a_message_without_an_answer_may_be_missing() -> None:
    evidence = sound()
    lose_from_history(evidence, 16)
    for device, chapter in ((0, 0), (1, 1)):
        there = frames(evidence, device, chapter)
        there[:] = [each for each in there if each.message is None or each.message.id != 16]
    evidence.unread.update({("ann", ROOM): Unread(5, 5), ("bob", ROOM): Unread(5, 5)})
    assert faults(evidence) == []
