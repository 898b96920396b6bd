"""A row of the table of who may what: a route, and what every kind of person gets from it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.authorization.scene import IN_CONVERSATION, KINDS

OK = 200
NOT_SIGNED_IN, FORBIDDEN, NOT_FOUND = 401, 403, 404
SIGNED_IN = tuple(kind for kind in KINDS if kind not in ("anonymous", "leaver", "newcomer"))


@dataclass(frozen=True, slots=True)
class Row:
    """A route and who may use it. Placeholders in braces are the scene's."""

    method: str
    route: str
    """As the application knows it."""
    may: tuple[str, ...]
    path: str = ""
    """As it is tried, when it is not the route with the scene's names."""
    body: Any = None
    refused: int = FORBIDDEN
    """What those signed in get who may not, unless `others` says otherwise."""
    others: Mapping[str, int] = field(default_factory=dict)
    raw: bytes | None = None
    """A body that is not JSON."""

    @property
    def name(self) -> str:
        return f"{self.method} {self.route}"

    def expected(self, kind: str) -> int:
        """The status a kind of person gets; `OK` stands for all that worked."""
        if kind in self.others:
            return self.others[kind]
        if kind in self.may:
            return OK
        if kind == "newcomer":
            return FORBIDDEN  # from everything but choosing a password
        return self.refused if kind in SIGNED_IN else NOT_SIGNED_IN


C = "/api/conversations/{conversation:str}"
M = C + "/messages/{message:str}"
OUTSIDE = {kind: NOT_FOUND for kind in SIGNED_IN if kind not in IN_CONVERSATION}
"""Who is not in a conversation does not even learn that there is one."""


def talk(method: str, route: str, may: tuple[str, ...], body: Any = None, path: str = "") -> Row:
    """A row of a conversation's route."""
    return Row(method, route, may, path, body, others=OUTSIDE)
