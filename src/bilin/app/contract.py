"""Which errors a route may answer with: its own, which it declares, and those that the house gives it."""

from collections.abc import Mapping
from typing import Any

from bilin.app.edge import errors as edge
from bilin.core.bus import NoAnswer
from bilin.core.crypto import BodyDamaged, KeyMissing
from bilin.core.errors import (
    BilinError,
    BodyTooLarge,
    Conflict,
    Invalid,
    KeyReused,
    Malformed,
    MethodNotAllowed,
    NotFound,
    OutOfResources,
    Stale,
    TooMany,
    Unavailable,
)
from bilin.core.http import REFUSES, FrameworkError, Unexpected
from bilin.core.ids import ClockAhead
from bilin.core.log.handover import LaterRelease, NumberTaken
from bilin.core.ownership import OwnedElsewhere
from bilin.core.permissions import PermissionNeeded
from bilin.gateway import BadUpgrade, NoUpgrade, TooManySockets
from bilin.identity import ForeignOrigin, MustChangePassword, NotSignedIn
from bilin.sites import (
    AccessEnded,
    BadBatch,
    NotAtHome,
    SiteUnreachable,
    TooMuchKeptBack,
    UnitAtHomeElsewhere,
    VersionsApart,
)

Refusals = tuple[type[BilinError], ...]
ANY_ROUTE: Refusals = (
    FrameworkError,
    MethodNotAllowed,
    BodyTooLarge,
    Malformed,
    Invalid,
    NotFound,
    TooMany,
    Unavailable,
    OutOfResources,
    NoAnswer,
    Unexpected,
    BodyDamaged,
    KeyMissing,
)
"""What reading a request, asking the database and opening what is stored may end in."""
SIGNED_IN: Refusals = (NotSignedIn, MustChangePassword, ForeignOrigin)
CHANGING: Refusals = (Stale, Conflict, KeyReused, PermissionNeeded, LaterRelease, NumberTaken)
OWNED: Refusals = (OwnedElsewhere, SiteUnreachable, NotAtHome, UnitAtHomeElsewhere, BadBatch, VersionsApart)
"""What having another site decide may end in."""
BEFORE_ROUTES: Refusals = (
    edge.HeadTooLarge,
    edge.AddressTooLong,
    edge.TooSlow,
    edge.UnknownHost,
    BadUpgrade,
    NoUpgrade,
    TooManySockets,
    ClockAhead,
    AccessEnded,
    TooMuchKeptBack,
)
"""What clients meet outside of any route: at the edge, at the socket, and as the reason why a line does not go on."""


def refusals_of(method: str, opt: Mapping[str, Any]) -> Refusals:
    """All errors of a route, by its method and options."""
    own: Refusals = opt.get(REFUSES, ())
    signed_in = () if opt.get("public") else SIGNED_IN
    changing = () if method == "GET" else CHANGING
    return (*own, *ANY_ROUTE, *signed_in, *changing, *(OWNED if opt.get("owned") else ()))
