"""What was set, and whom it is about."""

from typing import Annotated

import msgspec
from msgspec import Meta

from bilin.core.ids import Id, PersonId, UnitId, derived_id
from bilin.core.policies import Value

EVERYBODY = ""
ROLE, POST = "role:", "post:"
MAX_SUBJECT_CHARS = 120
MAX_REASON_CHARS = 500
MAX_NAME_CHARS = 100
MAX_NUMBER = 1 << 32
"""Of any value: as seconds they are 136 years."""

PolicyName = Annotated[str, Meta(max_length=MAX_NAME_CHARS)]
Subject = Annotated[str, Meta(max_length=MAX_SUBJECT_CHARS)]
"""Whom in a unit: everybody (empty), who has a role (`role:admin`), or a post (`post:` and its title)."""
ReasonText = Annotated[str, Meta(max_length=MAX_REASON_CHARS)]


class PolicySaid(msgspec.Struct, frozen=True):
    """What was set of one policy, by whom, when (`id` is a time) and why."""

    id: Id
    unit: UnitId
    subject: Subject
    """Whom in the unit: everybody (empty), who has a role (`role:admin`), or a post (`post:` and its title)."""
    value: Value | None
    """None: it is inherited again."""
    locked: bool
    """Units below may not have another."""
    reason: ReasonText
    person: PersonId | None
    """None: the program itself."""


def cell_entity(policy: str, unit: UnitId) -> int:
    """Entity: what a unit says of a policy."""
    return derived_id("policies.cell", policy, unit)
