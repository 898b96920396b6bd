"""Who is called in a message: real people, under the names they have."""

from collections.abc import Mapping

from msgspec.structs import replace

from bilin.core.commands import Context
from bilin.core.database import reading
from bilin.core.errors import Invalid
from bilin.core.ids import PersonId
from bilin.core.reasons import Reason
from bilin.messaging.messages.content import FILE_TYPES, Block, Code, Content, Items, Mention, Span
from bilin.messaging.messages.content_rules import Called
from bilin.org import people_by_ids


class NobodyThere(Reason, frozen=True, tag="nobody_there"):
    """A person is mentioned who does not exist."""

    text = "there is no such person"


async def with_names(ctx: Context, content: Content, called: Called) -> Content:
    """The content as it is said: whoever is mentioned has the name that everybody knows, whatever the client wrote.
    Only a message that mentions somebody asks the database. Raises `Invalid` when one of them does not exist."""
    if not called.people:
        return content
    async with reading(ctx.site.pool) as db:
        names = {person.id: person.name for person in await people_by_ids(db, called.people)}
    if len(names) < len(called.people):
        raise Invalid(reasons={"content.blocks.spans.person": NobodyThere()})
    return Content(tuple(_named(block, names) for block in content.blocks))


def _named(block: Block, names: Mapping[PersonId, str]) -> Block:
    if isinstance(block, (Code, *FILE_TYPES)):
        return block
    if isinstance(block, Items):
        return replace(block, items=tuple(_spans(item, names) for item in block.items))
    return replace(block, spans=_spans(block.spans, names))


def _spans(spans: tuple[Span, ...], names: Mapping[PersonId, str]) -> tuple[Span, ...]:
    return tuple(Mention(span.person, names[span.person]) if isinstance(span, Mention) else span for span in spans)
