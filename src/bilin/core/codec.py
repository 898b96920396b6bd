"""JSON and msgpack with ids as strings. One place, so that no route encodes an id as a number by accident."""

from typing import Annotated, Any, TypeVar

import msgspec
from msgspec import Meta

from bilin.core.ids import Id

T = TypeVar("T")
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
    """For msgspec decoders: a string of digits (or an integer) becomes the `Id` type asked for."""
    if issubclass(kind, Id):
        if isinstance(value, bool) or not isinstance(value, str | int):
            raise ValueError("an id is a string of digits")  # noqa: TRY004 (msgspec words only ValueError)
        number = int(value)
        if not -(1 << 63) <= number < 1 << 63:
            raise ValueError("an id has 64 bits")
        return kind(number)
    raise NotImplementedError(f"cannot decode {kind.__name__}")


def canonical_hook(kind: type, value: Any) -> Any:
    """As `decode_hook`, for what goes on to clients as it came: an id is written in one way, as we write it. A number
    would lose its last digits in a browser, and what is spelled otherwise would be another thing there."""
    found = decode_hook(kind, value)
    if int.__repr__(found) != value:
        raise ValueError("an id is a string of digits, as short as can be")
    return found


_encoder = msgspec.json.Encoder(enc_hook=encode_hook)
_decoders: dict[Any, msgspec.json.Decoder[Any]] = {}
_canonical: dict[Any, msgspec.json.Decoder[Any]] = {}


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


def from_elsewhere(data: bytes, kind: type[T]) -> T:
    """`from_json` for what another site wrote: ids in their one spelling alone."""
    decoder = _canonical.get(kind)
    if decoder is None:
        decoder = _canonical[kind] = msgspec.json.Decoder(kind, dec_hook=canonical_hook)
    result: T = decoder.decode(data)
    return result
