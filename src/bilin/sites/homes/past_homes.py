"""Where units and people are and were at home, for judging what another site says (`bilin.core.claims`)."""

from collections.abc import Iterable, Mapping, Sequence

from bilin.core.claims import FOR_EVER
from bilin.core.database import Connection
from bilin.core.ids import PersonId, UnitId
from bilin.org import units_ever
from bilin.sites.homes.home_map import HomeMap

SELECT_SINCE = "SELECT id, unit_id FROM org.person WHERE id = ANY($1::bigint[])"


class HomePlaces:
    """Answers from a map of homes, from where people worked before, and from what the same batch added."""

    def __init__(self, homes: HomeMap, worked: Mapping[PersonId, tuple[int, Sequence[UnitId]]]) -> None:
        self._homes, self._worked = homes, worked
        self._parents: dict[UnitId, UnitId] = {}
        self._people: dict[int, UnitId] = {}

    @classmethod
    async def read(cls, db: Connection, homes: HomeMap, people: Iterable[PersonId], site: int) -> "HomePlaces":
        """Of those who are not at home at the site now it is read where they worked before."""
        away = {person for person in people if homes.unit_until(homes.people.get(person), site) != FOR_EVER}
        if not away:
            return cls(homes, {})
        units = await units_ever(db, away)
        since = {row["id"]: row["unit_id"] for row in await db.fetch(SELECT_SINCE, list(away))}
        return cls(homes, {person: (since.get(person, 0), units.get(person, ())) for person in away})

    def unit_until(self, unit: UnitId | None, site: int) -> int:
        """Until when a unit was at home at a site."""
        while unit in self._parents:
            unit = self._parents[unit]
        return self._homes.unit_until(unit, site)

    def person_until(self, person: int, site: int) -> int:
        """Until when a person was: by their main unit, or by one they had before."""
        now = self.unit_until(self.unit_of(person), site)
        left_at, before = self._worked.get(PersonId(person), (0, ()))
        return max([now, *(min(left_at, self.unit_until(unit, site)) for unit in before)]) if now != FOR_EVER else now

    def above(self, unit: UnitId | None) -> Sequence[UnitId]:
        """A unit and those above it; nothing when it is not here."""
        new: list[UnitId] = []
        while unit is not None and unit in self._parents:
            new.append(unit)
            unit = self._parents[unit]
        if unit is None or unit not in self._homes.parents:
            return new
        return [*new, *self._homes.upwards(unit)]

    def unit_of(self, person: int) -> UnitId | None:
        """The main unit of a person."""
        return self._people.get(person) or self._homes.people.get(PersonId(person))

    def let(self, unit: UnitId, parent: UnitId) -> None:
        """A unit was added by a claim of the same batch."""
        if unit not in self._homes.parents and unit != parent:
            self._parents[unit] = parent

    def let_person(self, person: PersonId, unit: UnitId) -> None:
        """A person was; who is here already stays where they are."""
        if person not in self._homes.people:
            self._people.setdefault(person, unit)
