"""JSON and msgpack with ids as strings. One place, so that no route encodes an id as a number by accident."""

from typing import Annotated, Any, TypeVar

import msgspec
from msgspec import Meta

from bilin.core.ids import Id

T = TypeVar("T")
Int64 = Annotated[int, Meta(ge=-(1 << 63), le=(1 << 63) - 1)]
"""A number that the database can hold: what comes from elsewhere may be larger."""


def encode_hook(value: Any) -> Any:
    """For msgspec encoders: an `Id` is a string."""
    if isinstance(value, Id):
        return int.__repr__(value)
    raise NotImplementedError(f"cannot encode {type(value).__name__}")


def decode_hook(kind: type, value: Any) -> Any:
    """For msgspec decoders: a string of digits (or an integer) becomes the `Id` type asked for."""
    if issubclass(kind, Id):
        if isinstance(value, bool) or not isinstance(value, str | int):
            raise ValueError("an id is a string of digits")  # noqa: TRY004 (msgspec words only ValueError)
        number = int(value)
        if not -(1 << 63) <= number < 1 << 63:
            raise ValueError("an id has 64 bits")
        return kind(number)
    raise NotImplementedError(f"cannot decode {kind.__name__}")


_encoder = msgspec.json.Encoder(enc_hook=encode_hook)
_decoders: dict[Any, msgspec.json.Decoder[Any]] = {}


def to_json(value: Any) -> bytes:
    """Encode any struct, list or dict as JSON."""
    return _encoder.encode(value)


def from_json(data: bytes | str, kind: type[T]) -> T:
    """Decode and validate JSON. Raises `msgspec.ValidationError` or `msgspec.DecodeError`."""
    decoder = _decoders.get(kind)
    if decoder is None:
        decoder = _decoders[kind] = msgspec.json.Decoder(kind, dec_hook=decode_hook)
    result: T = decoder.decode(data)
    return result
