"""Refusals of requests that no route ever sees."""

from bilin.core.errors import BilinError


class HeadTooLarge(BilinError):
    """Too many headers, or too long ones."""

    code = "app.head_too_large"
    status = 431
    title = "The headers of this request are too large"
    hint = "Delete the cookies of this server's address in the browser, then open it again."


class AddressTooLong(BilinError):
    """The path and the query have too many characters."""

    code = "app.address_too_long"
    status = 414
    title = "This address is too long"
    hint = "Open Bilin at its own address, without what follows it."


class TooSlow(BilinError):
    """The request did not end in time."""

    code = "app.too_slow"
    status = 408
    title = "The request took too long to arrive"
    hint = "Send it again; on a slow line, send less at once."


class UnknownHost(BilinError):
    """The server was asked by a name that is not known to be its own: a page elsewhere may have made it point here."""

    code = "app.unknown_host"
    status = 421
    title = "This server does not answer to this address"
    hint = (
        "Its administrator adds the address that people open, such as https://chat.example.com, to http.origins in "
        "bilin.toml (BILIN_HTTP_ORIGINS), and starts it again. Behind a proxy, let it pass the Host header on."
    )
