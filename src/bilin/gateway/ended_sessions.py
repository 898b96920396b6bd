"""Sessions that end while they are connected, or while they connect."""

from collections import deque

from bilin.core.commands import Actor
from bilin.core.log import Entry
from bilin.identity import SessionRevoked
from bilin.org import PersonDeactivated

REMEMBERED = 1000


class EndedSessions:
    """The latest endings, as (position, person, session or None for all sessions of the person)."""

    def __init__(self) -> None:
        self._latest: deque[tuple[int, int, int | None]] = deque(maxlen=REMEMBERED)
        self._forgotten = 0
        """The position of the last ending that is no longer known, or never was."""

    def knows_since(self, pos: int) -> bool:
        """Whether every ending after a position is known: else somebody let in before them is to be asked again."""
        return pos >= self._forgotten

    def forget(self, pos: int) -> None:
        """Entries up to a position were missed: there may have been endings among them."""
        self._latest.clear()
        self._forgotten = pos

    @staticmethod
    def is_ending(entry: Entry) -> bool:
        """Whether an entry ends sessions."""
        return entry.type in (SessionRevoked.TYPE.name, PersonDeactivated.TYPE.name)

    def note(self, entry: Entry) -> tuple[int, int | None]:
        """Remember an ending: whose it is, and which session's (None: all of them)."""
        event = entry.event()
        ended: tuple[int, int | None]
        match event:
            case SessionRevoked():
                ended = int(event.person), int(event.session)
            case PersonDeactivated():
                ended = int(event.person), None
            case _:
                raise TypeError(f"{entry.type} ends no session")
        if len(self._latest) == self._latest.maxlen:
            self._forgotten = self._latest[0][0]
        self._latest.append((entry.pos, *ended))
        return ended

    def has_ended(self, actor: Actor, since: int) -> bool:
        """Whether a session ended after a position: its sign-in was checked before the ending was known here."""
        return any(
            pos > since and person == actor.person and session in (None, actor.session)
            for pos, person, session in self._latest
        )
