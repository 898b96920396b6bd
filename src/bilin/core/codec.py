"""JSON and msgpack with ids as strings. One place, so that no route encodes an id as a number by accident."""

from typing import Annotated, Any, TypeVar

import msgspec
from msgspec import Meta

from bilin.core.ids import Id

T = TypeVar("T")
NOT_AN_ID = "an id is a string of digits, as short as can be"
HOLDS = "holds"
Int64 = Annotated[int, Meta(ge=-(1 << 63), le=(1 << 63) - 1)]
"""A number that the database can hold: what comes from elsewhere may be larger."""


def holds(kind: Any) -> Meta:
    """Says what JSON that is passed on as it is holds: `Annotated[msgspec.Raw, holds(Content)]`."""
    return Meta(extra={HOLDS: kind})


def encode_hook(value: Any) -> Any:
    """For msgspec encoders: an `Id` is a string."""
    if isinstance(value, Id):
        return int.__repr__(value)
    raise NotImplementedError(f"cannot encode {type(value).__name__}")


def decode_hook(kind: type, value: Any) -> Any:
    """For msgspec decoders and parts of addresses: a string of digits becomes the `Id` type asked for."""
    if issubclass(kind, Id):
        return kind(read_id(value))
    raise NotImplementedError(f"cannot decode {kind.__name__}")


def own_hook(kind: type, value: Any) -> Any:
    """Of what this site wrote, in whatever release: nothing that stands in the log must ever be unreadable."""
    return kind(value) if issubclass(kind, Id) and type(value) is int else decode_hook(kind, value)


def read_id(value: Any) -> int:
    """An id as it is written, in one way alone: ASCII digits, as few as can be. A number would lose its last digits in
    a browser, and what is spelled otherwise would be another thing there. Raises `ValueError`."""
    try:
        number = int(value) if isinstance(value, str) else None
    except ValueError:
        number = None
    if number is None or int.__repr__(number) != value or not -(1 << 63) <= number < 1 << 63:
        raise ValueError(NOT_AN_ID)
    return number


_encoder = msgspec.json.Encoder(enc_hook=encode_hook)
_decoders: dict[Any, msgspec.json.Decoder[Any]] = {}
_foreign: dict[Any, msgspec.json.Decoder[Any]] = {}


def to_json(value: Any) -> bytes:
    """Encode any struct, list or dict as JSON."""
    return _encoder.encode(value)


def from_json(data: bytes | str, kind: type[T]) -> T:
    """Decode and validate JSON of our own. Raises `msgspec.ValidationError` or `msgspec.DecodeError`."""
    decoder = _decoders.get(kind)
    if decoder is None:
        decoder = _decoders[kind] = msgspec.json.Decoder(kind, dec_hook=own_hook)
    result: T = decoder.decode(data)
    return result


def from_elsewhere(data: bytes, kind: type[T]) -> T:
    """`from_json` for what another site wrote."""
    decoder = _foreign.get(kind)
    if decoder is None:
        decoder = _foreign[kind] = msgspec.json.Decoder(kind, dec_hook=decode_hook)
    result: T = decoder.decode(data)
    return result
