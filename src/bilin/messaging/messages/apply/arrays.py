"""Arrays of ids as parameters."""

from collections.abc import Sequence


def array(ids: Sequence[int]) -> str:
    """An array of PostgreSQL as text: `unnest` would flatten an array of arrays."""
    return "{" + ",".join(map(int.__repr__, ids)) + "}"
