"""Messages that are small until they are unpacked."""

from bilin.sites.replication.transport.envelope import COMPRESSED, LONG_LEVEL, _compressor
from bilin.sites.replication.transport.wire import WIRE_VERSION


def bomb(mebibytes: int, *, is_silent: bool = False) -> bytes:
    """So many of nothing; `is_silent`: it does not even say how many."""
    packer = _compressor(LONG_LEVEL).compressobj(size=-1 if is_silent else mebibytes << 20)
    packed = b"".join(packer.compress(bytes(1 << 20)) for _ in range(mebibytes)) + packer.flush()
    return bytes((WIRE_VERSION, COMPRESSED)) + packed
