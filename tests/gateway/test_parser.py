"""Frames from clients: however they are cut, the same messages come out; what breaks RFC 6455 is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from websockets.frames import Frame
from websockets.frames import Opcode as Kind

from bilin.gateway import frames
from bilin.gateway.frames import CloseCode, Opcode
from bilin.gateway.parser import MAX_MESSAGE_BYTES, FrameError, FrameParser

payloads = st.binary(max_size=300) | st.sampled_from([b"", b"x" * 125, b"x" * 126, b"x" * MAX_MESSAGE_BYTES])


def masked(opcode: int, payload: bytes, fin: bool = True) -> bytes:
    """As a client sends it."""
    return Frame(Kind(opcode), payload, fin).serialize(mask=True)


@given(st.lists(st.tuples(st.sampled_from([1, 2]), payloads, st.binary(max_size=125)), max_size=5), st.data())
def test_messages_survive_every_way_of_cutting(sent: list[tuple[int, bytes, bytes]], data: st.DataObject) -> None:
    wire, expected = b"", []
    for opcode, payload, ping in sent:
        cut = data.draw(st.integers(0, len(payload)))
        wire += masked(opcode, payload[:cut], fin=False) + masked(9, ping) + masked(0, payload[cut:])
        expected += [(9, ping), (opcode, payload)]
    parser = FrameParser()
    found = []
    while wire:
        size = data.draw(st.integers(1, len(wire)))
        found += parser.feed(wire[:size])
        wire = wire[size:]
    assert found == expected


BREAKING = {
    "not masked": (b"\x81\x02hi", CloseCode.PROTOCOL_ERROR),
    "continues nothing": (masked(0, b"x"), CloseCode.PROTOCOL_ERROR),
    "a message within a message": (masked(1, b"x", fin=False) + masked(1, b"x"), CloseCode.PROTOCOL_ERROR),
    "an extension nobody agreed to": (b"\xc1\x80\x00\x00\x00\x00", CloseCode.PROTOCOL_ERROR),
    "no such opcode": (b"\x83\x80\x00\x00\x00\x00", CloseCode.PROTOCOL_ERROR),
    "a control frame that is too long": (b"\x89\xfe\x00\x7e", CloseCode.PROTOCOL_ERROR),
    "a control frame in fragments": (b"\x09\x80\x00\x00\x00\x00", CloseCode.PROTOCOL_ERROR),
    "too big": (masked(1, b"x" * (MAX_MESSAGE_BYTES + 1)), CloseCode.TOO_BIG),
    "too big in parts": (masked(1, b"x" * MAX_MESSAGE_BYTES, fin=False) + masked(0, b"x"), CloseCode.TOO_BIG),
    "announced, not even sent": (b"\x81\xff\x7f\xff\xff\xff\xff\xff\xff\xff", CloseCode.TOO_BIG),
}


@pytest.mark.parametrize(("wire", "code"), BREAKING.values(), ids=BREAKING.keys())
def test_what_breaks_the_protocol_is_refused(wire: bytes, code: CloseCode) -> None:
    with pytest.raises(FrameError) as refused:
        FrameParser().feed(wire)
    assert refused.value.code == code


@pytest.mark.parametrize("size", [0, 1, 125, 126, 65_535, 65_536, 70_000])
def test_frames_to_clients_are_as_the_rfc_says(size: int) -> None:
    payload = b"x" * size
    assert frames.frame(Opcode.TEXT, payload) == Frame(Kind.TEXT, payload).serialize(mask=False)


@pytest.mark.parametrize(
    ("payload", "code"),
    [
        (b"", None),
        *(((code).to_bytes(2, "big") + b"why", code) for code in (1000, 1001, 1003, 1007, 1011, 1014, 3000, 4999)),
        *(((code).to_bytes(2, "big"), 1002) for code in (0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, 65_535)),
        (b"\x03", 1002),
        (b"\x03\xe8\xff", 1007),
    ],
)
def test_a_close_is_answered_with_its_code_where_that_may_be_sent(payload: bytes, code: int | None) -> None:
    answer = frames.answer_to_close(payload)
    assert answer == frames.frame(Opcode.CLOSE, b"" if code is None else code.to_bytes(2, "big"))
