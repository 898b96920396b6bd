"""The request that routes are given: the framework's, which would decode all headers to look up one."""

from typing import Any

from litestar import Request

from bilin.core.errors import Malformed
from bilin.core.http import header_of


class PlainRequest(Request[Any, Any, Any]):
    """Reads its length from the headers as they came."""

    @property
    def content_length(self) -> int | None:
        """In bytes; None: nobody says. Raises `Malformed`."""
        said = header_of(self.scope["headers"], b"content-length")
        if said is None:
            return None
        if not said.isdigit():
            raise Malformed("Content-Length is not a number.")
        return int(said)
