"""Whether a commit has reached the synchronous standby of PostgreSQL, where there is one.

A commit waits for it until it has. When the wait is ended instead (somebody cancels it, the server is told to stop),
the server reports success all the same, with a warning beside it: the commit is on this one disk only, and a failover
loses it. Timeouts of the server do not end the wait.
"""

import asyncpg

from bilin.core.database import Connection

GAVE_UP = "SyncRepWaitForLSN"
"""The function of PostgreSQL that warns so; its words depend on the server's language."""


class NotReplicated(ConnectionError):
    """Nobody knows whether what was committed stays: the standby did not confirm it."""


class Standby:
    """What a connection was warned of since it was made."""

    def __init__(self, db: "asyncpg.Connection[asyncpg.Record]") -> None:
        self._gave_up = False
        db.add_log_listener(self._hear)

    def require(self) -> None:
        """After a commit, and before anybody is told of it. Raises `NotReplicated`."""
        if self._gave_up:
            raise NotReplicated("the synchronous standby did not confirm a commit")

    def _hear(self, _: Connection, said: asyncpg.PostgresLogMessage) -> None:
        self._gave_up = self._gave_up or said.server_source_function == GAVE_UP
