"""A talk of the sample company with all that a message can hold: formats, tables, answers, an edit, a recall."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from importlib.resources import files
from typing import Any

import msgspec

from bilin.app.demo.groups import Circle
from bilin.app.demo.people import SamplePerson
from bilin.core.events import EVENT_TYPES, Event
from bilin.core.ids import ConversationId, Id, MessageId
from bilin.core.log import Decision
from bilin.core.site import Site
from bilin.messaging import (
    Content,
    MessageEdited,
    MessageRecalled,
    MessageSent,
    Quote,
    ReactionSet,
)

MINUTES = 45
"""How long ago the talk began."""


async def show(site: Site, circle: Circle, conversation: ConversationId, at: Callable[[int], Id]) -> int:
    """Let it be said in a group, just now. How many messages it has. `at` gives ids of a moment, ms since the epoch."""
    script: list[dict[str, Any]] = json.loads(files(__package__).joinpath("showcase.json").read_text(encoding="utf-8"))
    cast = _cast(circle)
    begin = int(datetime.now(UTC).timestamp() * 1000) - MINUTES * 60_000
    ids = [MessageId(at(begin + number * 150_000)) for number in range(len(script))]
    for number in range(len(script)):
        for after, (who, event) in enumerate(_events(script, number, conversation, cast, ids)):
            identifier = ids[number] if after == 0 else at(begin + number * 150_000 + 20_000 * after)
            await site.log.append(Decision([event], id=identifier), cast[who].id)
    return len(script)


def _cast(circle: Circle) -> dict[str, SamplePerson]:
    others = [person for person in circle.people if person is not circle.viewer]
    chinese = [person for person in others if not person.is_english]
    english = next((person for person in others if person.is_english), chinese[3])
    return dict(zip("ABCDV", [*chinese[:3], english, circle.viewer], strict=True))


def _events(
    script: list[dict[str, Any]],
    number: int,
    conversation: ConversationId,
    cast: dict[str, SamplePerson],
    ids: list[MessageId],
) -> Iterator[tuple[str, Event]]:
    """What happens with one message: it is said, maybe changed or recalled, and reacted to."""
    line, message = script[number], ids[number]
    content, called = _content(line["blocks"], cast)
    answered = line.get("answers")
    quote = None if answered is None else _quote(ids[answered], cast, script[answered])
    everyone = any(span["type"] == "mention_all" for block in line["blocks"] for span in block.get("spans", ()))
    said: dict[str, Any] = {"content": content, "mentions": called, "mentions_all": everyone}
    yield line["who"], MessageSent(conversation=conversation, reply_to=quote, **said)
    if line.get("edited"):
        yield line["who"], MessageEdited(conversation=conversation, message=message, **said)
    if line.get("recalled"):
        yield line["who"], MessageRecalled(conversation=conversation, message=message)
    for mark, who in line.get("marks", {}).items():
        cls = EVENT_TYPES[mark].cls
        facts = {"person": cast[who].id, "conversation": conversation, "message": message, "present": True}
        yield who, cls(**{field: facts[field] for field in cls.__struct_fields__})
    emoji, *fans = line.get("likes", " ")
    for fan in fans:
        yield fan, ReactionSet(conversation=conversation, message=message, emoji=emoji, present=True)


def _content(blocks: list[dict[str, Any]], cast: dict[str, SamplePerson]) -> tuple[Content, tuple[Any, ...]]:
    """The blocks with people in the place of their letters, and who is called."""
    called = []
    for block in blocks:
        for span in block.get("spans", ()):
            if span["type"] == "mention":
                person = cast[span["person"]]
                span |= {"person": person.id, "name": person.name}
                called.append(person.id)
    return msgspec.convert({"blocks": blocks}, Content), tuple(called)


def _quote(message: MessageId, cast: dict[str, SamplePerson], line: dict[str, Any]) -> Quote:
    words = [span.get("text", "") for block in line["blocks"] for span in block.get("spans", ())]
    return Quote(id=message, sender=cast[line["who"]].id, text=" ".join("".join(words).split())[:120])
