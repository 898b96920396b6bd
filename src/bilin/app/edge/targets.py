"""Whether a request target (path and query) is text at all (RFC 3986, section 2.1)."""

from urllib.parse import unquote_to_bytes

from bilin.core.errors import Malformed


def check_target(target: bytes, host: bytes | None) -> None:
    """Raises `Malformed` for bytes that are no UTF-8, for a NUL, written out or percent-encoded, and for a whole
    address (RFC 9112, section 3.2.2) that names another server than `Host` does: who stands in between may believe
    either."""
    if not target.startswith((b"/", b"*")) and _authority(target).lower() != (host or b"").lower():
        raise Malformed("The address names another server than the Host header does.")
    if not target.isascii():
        raise Malformed("The address holds bytes that are not percent-encoded.")
    if b"%" not in target:
        return
    try:
        text = unquote_to_bytes(target).decode()
    except UnicodeDecodeError as cause:
        raise Malformed("The address is not UTF-8.") from cause
    if "\0" in text:
        raise Malformed("The address holds a NUL.")


def _authority(target: bytes) -> bytes:
    """Whom a target names that is no path: all of it, unless it has a scheme."""
    _, _, rest = target.rpartition(b"://") if target.count(b"://") == 1 else (b"", b"", target)
    return rest.partition(b"/")[0].partition(b"?")[0]
