"""Pure rules on numbers of people."""

from collections.abc import Sequence

from bilin.core.errors import Invalid
from bilin.core.ids import PersonId

MAX_PEOPLE_PER_CALL = 500


def check_people(people: Sequence[PersonId], field: str) -> list[PersonId]:
    """Each person once. Raises `Invalid` for too many at a time."""
    once = list(dict.fromkeys(people))
    if len(once) > MAX_PEOPLE_PER_CALL:
        raise Invalid(details={"fields": {field: f"at most {MAX_PEOPLE_PER_CALL} at a time"}})
    return once
