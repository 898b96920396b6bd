"""Errors of policies."""

from bilin.core.errors import Conflict, NotFound
from bilin.core.ids import UnitId


class PolicyNotFound(NotFound):
    """No module declares such a policy."""

    code = "policies.not_found"
    title = "There is no such policy"
    hint = "GET /api/policies lists them."
    policy: str


class PolicyLocked(Conflict):
    """A unit above fixed the value for all below it."""

    code = "policies.locked"
    title = "A unit above has fixed this value"
    hint = "Ask who administers the unit named in the details."
    policy: str
    unit: UnitId
