"""Logins that two sites gave while they were cut off from each other. Identity knows them; the status of sites shows
them, since somebody must rename all accounts but the first."""

from collections.abc import Sequence

import msgspec

from bilin.core.database import Connection
from bilin.core.ids import PersonId


class LoginConflict(msgspec.Struct, frozen=True):
    """A login that several accounts have. The first of them signs in with it, the others cannot."""

    login: str
    people: tuple[PersonId, ...]


class LoginConflicts:
    """Identity provides one to the site."""

    async def list(self, db: Connection) -> Sequence[LoginConflict]:
        """All of them, at most some hundred."""
        raise NotImplementedError
