"""What must be true whatever was killed: nothing acknowledged is lost, repeated or reordered, and everybody agrees.

Each rule yields the faults it finds, in words. `faults` is all of them.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise

from tests.crash.evidence import Acknowledged, Chapter, Evidence, Message, Received, Unread


def faults(evidence: Evidence) -> list[str]:
    """Everything that is wrong; empty when the site kept its word."""
    return [
        *evidence.unexpected,
        *_acknowledged(evidence),
        *_at_most_once(evidence),
        *_history(evidence),
        *_order_of_senders(evidence),
        *(fault for received in evidence.received for fault in _received(evidence, received)),
        *_unread(evidence),
    ]


def _acknowledged(evidence: Evidence) -> Iterator[str]:
    """Every acknowledged message is there once, with the id of the answer, where and from whom it was sent."""
    shown = _by_key(evidence)
    for each in evidence.acknowledged:
        found = shown[each.key]
        if len(found) != 1:
            yield f"{each.key} was acknowledged and is in the history {len(found)} times"
        elif (found[0].id, found[0].conversation, found[0].sender) != (each.id, each.conversation, each.sender):
            yield f"{each.key} was acknowledged as {each} and is shown as {found[0]}"
    ids = Counter(each.id for each in evidence.acknowledged)
    yield from (f"id {identifier} was given to {count} messages" for identifier, count in ids.items() if count > 1)


def _at_most_once(evidence: Evidence) -> Iterator[str]:
    """What was not acknowledged is there once or not at all, and nothing is there that nobody sent."""
    for key, found in _by_key(evidence).items():
        if len(found) > 1:
            yield f"{key} is in the history {len(found)} times"
        if key not in evidence.attempted:
            yield f"{key} is in the history and nobody sent it"


def _history(evidence: Evidence) -> Iterator[str]:
    """A timeline ascends by id, and its messages are numbered from one without a gap."""
    for conversation, messages in evidence.histories.items():
        for earlier, later in pairwise(messages):
            if later.id <= earlier.id:
                yield f"the history of {conversation} shows {later.text} after {earlier.text}, against their ids"
        if sorted(each.seq for each in messages) != list(range(1, len(messages) + 1)):
            yield f"the messages of {conversation} are not numbered 1 to {len(messages)}"


def _order_of_senders(evidence: Evidence) -> Iterator[str]:
    """Each sender's messages stand in the order in which they were acknowledged: they waited for each answer."""
    by_sender: defaultdict[str, list[Acknowledged]] = defaultdict(list)
    for each in evidence.acknowledged:
        by_sender[each.sender].append(each)
    for sender, sent in by_sender.items():
        for earlier, later in pairwise(sent):
            if later.id <= earlier.id or later.pos <= earlier.pos:
                yield f"{sender}: {later.key} was sent after {earlier.key} was acknowledged, and stands before it"


def _received(evidence: Evidence, received: Received) -> Iterator[str]:
    """A device got what the history has, once and in order of position, across all losses of its connection."""
    mine = {
        message.id: message for conversation in received.conversations for message in evidence.histories[conversation]
    }
    positions = {each.id: each.pos for each in evidence.acknowledged if each.conversation in received.conversations}
    for number, chapter in enumerate(received.chapters, 1):
        name = f"{received.name} (fetch {number})"
        yield from (f"{name} {fault}" for fault in _order_of_frames(chapter))
        yield from (f"{name} {fault}" for fault in _messages_of(chapter, mine, positions))
        held = _held(chapter)
        missed = [key for key, pos in positions.items() if pos <= chapter.cursor and key not in held]
        if missed:
            yield f"{name} stands at {chapter.cursor} and never got {_texts(missed, mine)}"
    if not received.chapters:
        yield f"{received.name} received nothing at all"
    elif missed := sorted(mine.keys() - _held(received.chapters[-1])):
        yield f"{received.name} did not get {_texts(missed, mine)}"


def _order_of_frames(chapter: Chapter) -> Iterator[str]:
    cursor = chapter.pos
    for frame in chapter.frames:
        if frame.pos < cursor or (frame.kind == "event" and frame.pos == cursor):
            yield f"got {frame.kind} {frame.pos} after position {cursor}"
        cursor = frame.pos


def _messages_of(chapter: Chapter, mine: dict[int, Message], positions: dict[int, int]) -> Iterator[str]:
    """Each message of a chapter: what the history says of it, at the position of its answer, and not twice."""
    for conversation, fetched in chapter.fetched.items():
        doubled = [identifier for identifier, count in Counter(fetched.ids).items() if count > 1]
        yield from (f"fetched {identifier} of {conversation} twice" for identifier in doubled)
    held = {identifier for fetched in chapter.fetched.values() for identifier in fetched.ids}
    yield from (f"fetched {identifier}, which the history has not" for identifier in sorted(held - mine.keys()))
    for frame in chapter.frames:
        message = frame.message
        if message is None:
            continue
        if message.conversation not in chapter.fetched:
            yield f"got {message}, of a conversation that is not theirs"
            continue
        known = mine.get(message.id)
        if known is None or (known.text, known.sender, known.conversation) != (
            message.text, message.sender, message.conversation
        ):  # fmt: skip
            yield f"got {message}, where the history has {known}"
        if frame.key != (None if frame.is_foreign else message.text):
            yield f"got {message.text} under the key {frame.key}"
        if positions.get(message.id, frame.pos) != frame.pos:
            yield f"got {message.text} at {frame.pos}, and its answer said {positions[message.id]}"
        is_fetched = frame.pos <= chapter.fetched[message.conversation].pos
        if is_fetched and message.id not in held:
            yield f"got {message.text} at {frame.pos}, and what was fetched later has it not"
        if not is_fetched and message.id in held:
            yield f"got {message.text} twice"
        held.add(message.id)


def _unread(evidence: Evidence) -> Iterator[str]:
    """Unread counts are what follows from the history: sending and marking move the reader, nothing else does."""
    for (person, conversation), shown in evidence.unread.items():
        messages = evidence.histories[conversation]
        marks = [each.through for each in evidence.marked if (each.person, each.conversation) == (person, conversation)]
        read = [each.seq for each in messages if each.sender == person or each.id in marks]
        implied = Unread(last_seq=len(messages), read_seq=max(read, default=0))
        if shown != implied:
            yield f"{person} is shown {shown} of {conversation}, where the history implies {implied}"


def _held(chapter: Chapter) -> set[int]:
    held = {identifier for fetched in chapter.fetched.values() for identifier in fetched.ids}
    return held | {frame.message.id for frame in chapter.frames if frame.message is not None}


def _texts(ids: list[int], mine: dict[int, Message]) -> str:
    names = [mine[each].text if each in mine else str(each) for each in ids]
    return ", ".join(names[:10]) + (f" … ({len(names)} in all)" if len(names) > 10 else "")


def _by_key(evidence: Evidence) -> defaultdict[str, list[Message]]:
    shown: defaultdict[str, list[Message]] = defaultdict(list)
    for messages in evidence.histories.values():
        for message in messages:
            shown[message.text].append(message)
    return shown
