"""Putting back facts of accounts, and ending what was opened with them."""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from bilin.core.events import Event, Recorded
from bilin.core.ids import GrantId
from bilin.core.undoing import NOTHING, Cell, Undoing
from bilin.identity.events import (
    AccountCreated,
    GrantGiven,
    GrantRevoked,
    GuestAdmitted,
    LoginChanged,
    PasswordSet,
    PreferencesChanged,
    SessionOpened,
    SessionRevoked,
    SessionUsed,
)


class IdentityUndoing(Undoing):
    """Roles and logins as they were. Nobody knows which passwords are whose any more: they must be set anew, and
    sessions end."""

    READS: ClassVar = (
        AccountCreated,
        LoginChanged,
        PasswordSet,
        GrantGiven,
        GrantRevoked,
        SessionOpened,
        SessionRevoked,
    )
    STAYS: ClassVar = (SessionUsed, SessionRevoked, PreferencesChanged, GuestAdmitted)

    def see(self, records: Sequence[Recorded[Event]]) -> None:
        self._given = {r.event.grant: r.event for r in records if isinstance(r.event, GrantGiven)}
        self._living = {r.event.grant for r in records if isinstance(r.event, GrantGiven)}
        self._living -= {r.event.grant for r in records if isinstance(r.event, GrantRevoked)}

    def cells(self, record: Recorded[Event]) -> Iterable[tuple[Cell, Any]]:
        match record.event:
            case AccountCreated() | LoginChanged() as event:
                yield ("login", event.person), event.login
            case PasswordSet() as event:
                yield ("password", event.person), record.id
            case GrantGiven() as event:
                yield ("role", event.person, event.role, event.unit), True
            case GrantRevoked() as event if (given := self._given.get(event.grant)) is not None:
                yield ("role", given.person, given.role, given.unit), False
            case SessionOpened() as event:
                yield ("session", event.person, event.session), True
            case SessionRevoked() as event:
                yield ("session", event.person, event.session), False

    def restore(self, cell: Cell, value: Any, present: Any) -> Event | None:
        kind, person, *about = cell
        if kind == "login":
            return None if value is NOTHING else LoginChanged(person=person, login=value, old=present)
        if kind == "password":
            return PasswordSet(person=person, hash=self.locked, keeps=None)
        if kind == "session":
            return SessionRevoked(session=about[0], person=person) if present else None
        role, unit = about
        if value is True:
            return GrantGiven(grant=GrantId(self.new_id()), person=person, role=role, unit=unit)
        living = (g for g in self._living if _role(self._given[g]) == (person, role, unit))
        return next((GrantRevoked(grant=grant, person=person) for grant in living), None)


def _role(given: GrantGiven) -> tuple[int, str, int]:
    return given.person, given.role, given.unit
