"""Whether a request target (path and query) is text at all (RFC 3986, section 2.1)."""

from urllib.parse import unquote_to_bytes

from bilin.core.errors import Malformed


def check_target(target: bytes) -> None:
    """Raises `Malformed` for bytes that are no UTF-8, and for control characters, written out or percent-encoded."""
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
