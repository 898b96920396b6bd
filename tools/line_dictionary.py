"""`make line-dictionary`: train the dictionary with which messages between sites are compressed.

It learns from what sites say to each other most of the time: talk of the sample company, read marks, reactions,
statuses and questions, with ids drawn by chance. The same program always writes the same file. A change of it is a new
`WIRE_VERSION`: both sides of a line must have the same one.
"""

import random
import tomllib
from collections.abc import Callable, Iterator, Sequence
from importlib.resources import files
from pathlib import Path

import msgspec
import zstandard

from bilin.core.codec import to_json
from bilin.core.events import Event
from bilin.core.ids import ConversationId, Id, MessageId, PersonId, SessionId
from bilin.core.log.runs import Position
from bilin.identity.events import SessionOpened, SessionUsed
from bilin.messaging import Content, Mention, Paragraph, Text
from bilin.messaging.messages.events import MessageEdited, MessageRecalled, MessageSent
from bilin.messaging.messages.model import Quote
from bilin.messaging.reactions.events import ReactionSet
from bilin.messaging.receipts.events import ReadMarked
from bilin.sites.replication.transport import envelope
from bilin.sites.replication.transport.wire import LIST, Fetch, Sent, SiteBatch, Status

FILE = Path(envelope.__file__).with_name(envelope.DICTIONARY)
SIZE_BYTES = 16_384
SEGMENT_BYTES, MATCHED_BYTES = 100, 8
"""How long a piece of a sample may be that is learnt, and how it is recognised (the `k` and `d` of COVER)."""
BATCHES, STATUSES, QUESTIONS = 3_000, 200, 60
NOW_MS = 60_000_000_000  # any moment some two years after the clock's epoch
SPAN_MS = 10_000_000_000
REACTIONS = ("👍", "✅", "🎉", "😄", "❤️")


class Speaker:
    """Draws what sites might have said."""

    def __init__(self, seed: int) -> None:
        self._dice = random.Random(seed)  # noqa: S311 (repeatable)
        lines = tomllib.loads(files("bilin.app.demo").joinpath("dialogues.toml").read_text(encoding="utf-8"))
        self._texts = [line.partition(": ")[2] for tongue in lines.values() for talk in tongue for line in talk]
        self._kinds: Sequence[tuple[int, Callable[[], Event]]] = (
            (70, self._sent), (6, self._answered), (12, self._read), (6, self._reacted), (2, self._edited),
            (1, self._recalled), (1, self._opened), (2, self._used),
        )  # fmt: skip

    def samples(self) -> Iterator[bytes]:
        """Messages in msgpack, as they are before they are compressed."""
        encode = msgspec.msgpack.Encoder().encode
        for _ in range(BATCHES):
            yield encode(self._batch(self._dice.choice((1, 1, 1, 1, 2, 3))))
        for _ in range(STATUSES):
            yield encode(self._status())
        for _ in range(QUESTIONS):
            yield encode(Fetch(self._site(), LIST, self._position()))

    def _batch(self, size: int) -> SiteBatch:
        site, there = self._site(), self._position()
        events = tuple(self._event() for _ in range(size))
        return SiteBatch(site, site, LIST, there.run, there.pos, there.pos + size, there.pos + size, events)

    def _event(self) -> Sent:
        weights, kinds = zip(*self._kinds, strict=True)
        event = self._dice.choices(kinds, weights)[0]()
        name, version = event.TYPE.name, event.TYPE.version
        return Sent(int(self._id()), int(self._id()), name, version, to_json(event), self._dice.randbytes(16))

    def _status(self) -> Status:
        followed = {self._site(): self._position()}
        now_ms = 1_800_000_000_000 + self._dice.randrange(SPAN_MS)
        return Status(self._site(), 1, "0.1.0", now_ms, self._position(), followed, {}, 0)

    def _content(self) -> Content:
        spans: list[Text | Mention] = [Text(self._text())]
        if self._dice.random() < 0.1:
            spans.insert(0, Mention(PersonId(self._id()), "王芳"))
        return Content((Paragraph(tuple(spans)),))

    def _sent(self) -> Event:
        room = ConversationId(self._id())
        return MessageSent(
            conversation=room,
            content=self._content(),
            reply_to=None,
            mentions=(),
            mentions_all=False,
            seen=self._seen(),
        )

    def _answered(self) -> Event:
        quote = Quote(MessageId(self._id()), PersonId(self._id()), self._text())
        return MessageSent(
            conversation=ConversationId(self._id()),
            content=self._content(),
            reply_to=quote,
            mentions=(PersonId(self._id()),),
            mentions_all=False,
        )

    def _read(self) -> Event:
        through = MessageId(self._id())
        return ReadMarked(conversation=ConversationId(self._id()), through=through, shared=True, seen=self._seen())

    def _reacted(self) -> Event:
        message, emoji = MessageId(self._id()), self._dice.choice(REACTIONS)
        return ReactionSet(conversation=ConversationId(self._id()), message=message, emoji=emoji, present=True)

    def _edited(self) -> Event:
        room, message = ConversationId(self._id()), MessageId(self._id())
        return MessageEdited(
            conversation=room, message=message, content=self._content(), mentions=(), mentions_all=False
        )

    def _recalled(self) -> Event:
        return MessageRecalled(conversation=ConversationId(self._id()), message=MessageId(self._id()))

    def _opened(self) -> Event:
        device = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0"
        address = ".".join(str(self._dice.randrange(256)) for _ in range(4))
        return SessionOpened(
            session=SessionId(self._id()),
            person=PersonId(self._id()),
            device=device,
            address=address,
            token_sha256=self._dice.randbytes(32).hex(),
        )

    def _used(self) -> Event:
        return SessionUsed(session=SessionId(self._id()), person=PersonId(self._id()))

    def _seen(self) -> tuple[MessageId, ...]:
        return (MessageId(self._id()),) if self._dice.random() < 0.2 else ()

    def _text(self) -> str:
        slots = {"n": self._dice.randrange(2, 90), "m": self._dice.randrange(12, 480), "B": "陈明"}
        slots |= {"time": f"{self._dice.randrange(9, 18)}:30", "day": self._dice.choice(("周一", "周三", "Friday"))}
        slots |= {"city": "上海", "product": "订单系统", "customer": "华东客户"}
        text: str = self._dice.choice(self._texts)
        return text.format_map(slots)

    def _id(self) -> Id:
        moment_ms = NOW_MS + self._dice.randrange(SPAN_MS)
        return Id(moment_ms << 22 | self._site() << 12 | self._dice.choice((0, 0, 0, self._dice.randrange(1 << 12))))

    def _site(self) -> int:
        return self._dice.randrange(1, 5)

    def _position(self) -> Position:
        return Position(1 + self._dice.randrange(1 << 62), self._dice.randrange(1 << self._dice.randrange(8, 24)))


def main() -> None:
    """Write the file."""
    samples: list[bytes | bytearray | memoryview] = list(Speaker(seed=1).samples())
    trained = zstandard.train_dictionary(
        SIZE_BYTES, samples, k=SEGMENT_BYTES, d=MATCHED_BYTES, level=envelope.SHORT_LEVEL
    )
    FILE.write_bytes(trained.as_bytes())


if __name__ == "__main__":
    main()
