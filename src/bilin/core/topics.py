"""Which topics a person follows, asked of the modules that own them.

A topic is the id of a thing whose events people see (a conversation). Everybody also follows `EVERYONE` and themselves;
that needs no provider. Who delivers events asks here, and so knows nothing of conversations.
"""

from collections.abc import Awaitable, Callable, Iterable

from bilin.core.database import Connection
from bilin.core.ids import PersonId

Provider = Callable[[Connection, PersonId], Awaitable[Iterable[int]]]
"""Reads the topics of a person that a module owns, within the snapshot it is given."""


class Topics:
    """The providers of this process. A module adds its own when it starts."""

    def __init__(self) -> None:
        self._providers: list[Provider] = []

    def add(self, provider: Provider) -> None:
        """Ask this one too. Changes after the snapshot are told by events (`Event.subscribes`, `unsubscribes`)."""
        self._providers.append(provider)

    async def of(self, db: Connection, person: PersonId) -> set[int]:
        """All topics a person follows at the moment of the snapshot, but `EVERYONE` and themselves."""
        topics: set[int] = set()
        for provider in self._providers:
            topics.update(map(int, await provider(db, person)))
        return topics
