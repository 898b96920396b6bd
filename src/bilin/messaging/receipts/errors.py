"""Errors of receipts."""

from bilin.core.errors import Conflict


class TooManyMembers(Conflict):
    """Receipts are kept to smaller conversations."""

    code = "messaging.too_many_members"
    title = "The conversation is too large to tell who has read what"
    hint = "Ask the administrator to raise messaging.receipts_max_members."
    limit: int
    members: int
