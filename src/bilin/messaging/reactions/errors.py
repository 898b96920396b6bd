"""Errors of reactions."""

from bilin.core.errors import Conflict


class TooManyReactions(Conflict):
    """Enough different emoji under one message."""

    code = "messaging.too_many_reactions"
    title = "There are too many different emoji under this message"
    hint = "Use one of those that are there."
    limit: int
