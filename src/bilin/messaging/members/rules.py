"""Pure rules on numbers of people."""

from collections.abc import Sequence

from bilin.core.errors import Invalid
from bilin.core.ids import PersonId
from bilin.core.reasons import TooMany

MAX_PEOPLE_PER_CALL = 500


def check_people(people: Sequence[PersonId], field: str) -> list[PersonId]:
    """Each person once. Raises `Invalid` for too many at a time."""
    once = list(dict.fromkeys(people))
    if len(once) > MAX_PEOPLE_PER_CALL:
        raise Invalid(reasons={field: TooMany(most=MAX_PEOPLE_PER_CALL)})
    return once
