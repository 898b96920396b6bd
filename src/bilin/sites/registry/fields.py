"""What the facts of sites may be: each rule returns the value as it is stored, or says why not."""

from urllib.parse import urlsplit

from bilin.core.characters import has_letter, tidy
from bilin.core.reasons import NoLetter, Reason, TooLong, Wrong

MAX_NAME_CHARS = 40
MAX_ADDRESS_CHARS = 200


class NotAnAddress(Reason, frozen=True, tag="not_an_address"):
    """Where browsers open a site is http(s)://host[:port], without a path."""

    text = "is not an address such as https://chat.example.com"


def site_name(text: str) -> str:
    """What people call a site: any script, at least one letter."""
    name = tidy(text)
    if not has_letter(name):
        raise Wrong(NoLetter())
    if len(name) > MAX_NAME_CHARS:
        raise Wrong(TooLong(most=MAX_NAME_CHARS))
    return name


def site_address(text: str) -> str:
    """Where browsers open a site: http(s)://host[:port], without a path; or empty."""
    address = text.strip().rstrip("/")
    if not address:
        return ""
    parts = urlsplit(address)
    is_plain = not (parts.path or parts.query or parts.fragment or parts.username)
    if parts.scheme not in ("http", "https") or not parts.hostname or not is_plain or len(address) > MAX_ADDRESS_CHARS:
        raise Wrong(NotAnAddress())
    return address
