"""One event as it travels: its frame for clients (encoded once), its audience, and the subscriptions it changes."""

import struct
import sys
from array import array
from collections.abc import Container, Iterable, Sequence

import msgspec

from bilin.core.codec import from_json, to_json
from bilin.core.events import EVENT_TYPES, Event, EventType, Recorded, Unknown
from bilin.core.ids import PersonId


class Entry(msgspec.Struct, frozen=True, array_like=True):
    """An event on its way to followers and clients."""

    pos: int
    id: int
    site: int
    """Where it began."""
    type: str
    actor: int | None
    topics: tuple[int, ...]
    subscribes: tuple[tuple[int, int], ...]
    unsubscribes: tuple[tuple[int, int], ...]
    data_at: int
    frame: bytes
    """The JSON text frame of the protocol, section 4: `{"t":"event","pos":…,"data":{…}}`."""
    whole: bytes = b""
    """The event's JSON when the frame leaves fields of it out; else empty."""

    @property
    def shown(self) -> bytes:
        """What clients are sent of the event's JSON."""
        return self.frame[self.data_at : -1]

    def event(self) -> Event:
        """The typed event (decoded on demand)."""
        return decode_event(self.type, 0, self.whole or self.shown)

    def retold(self, data: bytes) -> "Entry":
        """The same entry with other data: what it said may no longer be shown."""
        return msgspec.structs.replace(self, frame=b"%b%b}" % (self.frame[: self.data_at], data), whole=b"")


def decode_event(name: str, version: int, data: bytes) -> Event:
    """The typed event of stored or received JSON in a version of its type (0: the one known here); `Unknown` when this
    program does not know the type."""
    known = EVENT_TYPES.get(name)
    if known is None:
        return Unknown(name=name, version=version, data=msgspec.Raw(data))
    if known.upgrades and 0 < version < known.version:
        data = _upgraded(known, version, data)
    return from_json(data, known.cls)


def _upgraded(known: EventType, version: int, data: bytes) -> bytes:
    fields = _decode_fields(data)
    for each in range(version, known.version):
        if (upgrade := known.upgrades.get(each)) is not None:
            fields = upgrade(fields)
    return to_json(fields)


def encode_event(event: Event) -> bytes:
    """The JSON of an event's fields."""
    return bytes(event.data) if isinstance(event, Unknown) else to_json(event)


_decode_fields = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode


def shown_to_clients(name: str, version: int, data: bytes) -> bytes:
    """The fields of an event that clients are sent, as JSON: the very same bytes when none is kept from them.

    What a newer site wrote may have fields that are private there: of those nothing is known here, so they stay here.
    """
    known = EVENT_TYPES.get(name)
    if known is None or (not known.private and version <= known.version):
        return data
    public = [field for field in known.cls.__struct_encode_fields__ if field not in known.private]
    fields = _decode_fields(data)
    return to_json({field: fields[field] for field in public if field in fields})


def type_of(event: Event) -> tuple[str, int]:
    """Name and version of an event's type."""
    return (event.name, event.version) if isinstance(event, Unknown) else (event.TYPE.name, event.TYPE.version)


def entry_of(record: Recorded[Event], data: bytes, version: int = 0) -> Entry:
    """Make the entry of a recorded event; `data` is its JSON, in a version of its type (0: the one known here).

    Clients are told every event in the version known here, whichever release wrote it, and that version beside it.

    Whose subscriptions it changes sees it too, whatever its own topics say: a person who missed the event itself
    must find it among their own when they resume. What an event from another site says of subscriptions may be
    outdated: see `settled`.
    """
    event, actor, key = record.event, record.actor, record.key
    subscribes, unsubscribes = event.subscribes(actor), event.unsubscribes(actor)
    topics = tuple(map(int, event.topics(actor)))
    if subscribes or unsubscribes:
        people = [int(person) for person, _ in (*subscribes, *unsubscribes)]
        topics = tuple(dict.fromkeys((*topics, *people)))
    name, told = type_of(event)
    if 0 < version < told:  # an earlier release wrote it: clients are told it as it is said today
        data = encode_event(event)
    shown = shown_to_clients(name, version, data)
    head = b'{"t":"event","pos":%d,"id":"%d","type":"%b","v":%d,"actor":%b,"key":%b,%b"data":' % (
        record.pos,
        record.id,
        name.encode(),
        told,
        b"null" if actor is None else b'"%d"' % actor,
        b"null" if key is None else to_json(key),
        b"" if record.arrived is None else b'"site":%d,"arrived":"%d",' % (record.site, record.arrived),
    )
    return Entry(
        record.pos,
        int(record.id),
        record.site,
        name,
        None if actor is None else int(actor),
        topics,
        _plain(subscribes),
        _plain(unsubscribes),
        len(head),
        head + shown + b"}",
        b"" if shown is data else data,
    )


def settled(entry: Entry, in_effect: Container[tuple[int, int]]) -> Entry:
    """An entry from another site, with the subscriptions that are so instead of those it speaks of.

    A later event about the same person and topic (by id) may have been here before it: then it changes nothing. Those
    whom it would have subscribed do not see it: they are outside.
    """
    pairs = (*entry.subscribes, *entry.unsubscribes)
    if not pairs:
        return entry
    outside = {person for person, topic in entry.subscribes if (person, topic) not in in_effect}
    return msgspec.structs.replace(
        entry,
        topics=tuple(topic for topic in entry.topics if topic not in outside),
        subscribes=tuple(pair for pair in pairs if pair in in_effect),
        unsubscribes=tuple(pair for pair in pairs if pair not in in_effect),
    )


def _plain(pairs: Sequence[tuple[PersonId, int]]) -> tuple[tuple[int, int], ...]:
    return tuple([(int(person), int(topic)) for person, topic in pairs]) if pairs else ()


def pack_topics(topics: Iterable[int]) -> bytes:
    """Topics as stored in the log: big-endian 64-bit integers."""
    packed = array("q", topics)
    if sys.byteorder == "little":
        packed.byteswap()
    return packed.tobytes()


def unpack_topics(stored: bytes) -> "array[int]":
    """The inverse of `pack_topics`."""
    topics = array("q", stored)
    if sys.byteorder == "little":
        topics.byteswap()
    return topics


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(list[Entry])
HEADER = struct.Struct(">qq")
"""The last position in a payload, and the run that gave it."""


def pack_entries(entries: Sequence[Entry], run: int) -> bytes:
    """Entries of one run as one payload for the bus: header, then the entries."""
    return HEADER.pack(entries[-1].pos, run) + _encoder.encode(entries)


def last_position(payload: bytes) -> int:
    """The last position in a payload, without unpacking it."""
    last: int = HEADER.unpack_from(payload)[0]
    return last


def run_of(payload: bytes) -> int:
    """The run (`core.run`) that gave the positions in a payload."""
    run: int = HEADER.unpack_from(payload)[1]
    return run


def unpack_entries(payload: bytes) -> list[Entry]:
    """The inverse of `pack_entries`."""
    return _decoder.decode(memoryview(payload)[HEADER.size :])
