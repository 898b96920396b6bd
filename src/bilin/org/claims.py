"""Which facts of the organisation another site may write: those of the units and people that are at home there."""

from collections.abc import Sequence
from typing import ClassVar

from msgspec import UNSET

from bilin.core.claims import NOT_ALLOWED, NOT_AT_HOME, TAKEN, UNHEARD_OF, Claim, Knowledge, Limits, Rules
from bilin.core.database import Connection
from bilin.core.ids import UnitId, site_of
from bilin.org.events import (
    PersonAdded,
    PersonChanged,
    PersonDeactivated,
    PersonReactivated,
    UnitAdded,
    UnitChanged,
    UnitRemoved,
)
from bilin.org.limits import LIMITS

SELECT_ADDED = """
SELECT id, added FROM org.unit WHERE id = ANY($1::bigint[]) AND added IS NOT NULL
UNION ALL SELECT id, added FROM org.person WHERE id = ANY($1::bigint[]) AND added IS NOT NULL"""


class OrgKnowledge(Knowledge):
    """Who made which unit and person."""

    async def read(self, db: Connection, claims: Sequence[Claim]) -> None:
        made: list[int] = [each.event.unit for each in claims if isinstance(each.event, UnitAdded)]
        made += [each.event.person for each in claims if isinstance(each.event, PersonAdded)]
        self._added = {row["id"]: row["added"] for row in await db.fetch(SELECT_ADDED, made)} if made else {}

    def learn(self, claim: Claim) -> None:
        event = claim.event
        if isinstance(event, UnitAdded) and event.parent is not None:
            self.hearing.places.let(event.unit, event.parent)
        elif isinstance(event, PersonAdded):
            self.hearing.places.let_person(event.person, event.unit)
        if isinstance(event, UnitAdded | PersonAdded):
            self._added[event.unit if isinstance(event, UnitAdded) else event.person] = claim.id

    def _is_taken(self, claim: Claim, made: int) -> bool:
        return site_of(made) != claim.site or self._added.get(made, claim.id) != claim.id

    def _decides(self, claim: Claim, unit: UnitId | None) -> str | None:
        if not self.hearing.has_unit(claim, unit):
            return NOT_AT_HOME
        return None if self.hearing.may_decide(claim, unit) else NOT_ALLOWED

    def _unit_added(self, claim: Claim) -> str | None:
        event: UnitAdded = claim.event
        return TAKEN if self._is_taken(claim, event.unit) else self._decides(claim, event.parent)

    def _unit_changed(self, claim: Claim) -> str | None:
        """A unit itself belongs to the home of the unit above; a move needs both ends (`sites/ownership.py`)."""
        event: UnitChanged = claim.event
        _, *above = self.hearing.places.above(event.unit) or (None,)
        if not above:
            return UNHEARD_OF if not self.hearing.places.above(event.unit) else NOT_AT_HOME
        if event.parent is not UNSET and not self.hearing.has_unit(claim, event.parent):
            return NOT_AT_HOME
        return self._decides(claim, above[0])

    def _unit_removed(self, claim: Claim) -> str | None:
        _, *above = self.hearing.places.above(claim.event.unit) or (None,)
        return self._decides(claim, above[0]) if above else NOT_AT_HOME

    def _person_added(self, claim: Claim) -> str | None:
        event: PersonAdded = claim.event
        return TAKEN if self._is_taken(claim, event.person) else self._decides(claim, event.unit)

    def _person(self, claim: Claim) -> str | None:
        person = claim.event.person
        if not self.hearing.has_person(claim, person):
            return NOT_AT_HOME
        return None if self.hearing.may_decide(claim, self.hearing.places.unit_of(person)) else NOT_ALLOWED

    LIMITS: ClassVar[Limits] = LIMITS
    RULES: ClassVar[Rules] = {
        UnitAdded: _unit_added,
        UnitChanged: _unit_changed,
        UnitRemoved: _unit_removed,
        PersonAdded: _person_added,
        PersonChanged: _person,
        PersonDeactivated: _person,
        PersonReactivated: _person,
    }
