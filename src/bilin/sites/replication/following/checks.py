"""What another site sends is believed only after these. Each raises `BadBatch`; then nothing of it is taken in."""

from collections.abc import Callable

from bilin.core.ids import COUNTER_BITS, MAX_NODE
from bilin.core.ownership import FOUNDER
from bilin.sites.replication.errors import BadBatch
from bilin.sites.replication.transport.wire import (
    LIST,
    MAX_BATCH_EVENTS,
    MAX_MESSAGE_BYTES,
    MAX_OPENED,
    Fetch,
    FetchScopes,
    Scopes,
    Sent,
    SiteBatch,
)

MARK_BYTES = 16
ABOUT_SITES = "sites."
"""Who the sites are, where units are at home and what leaves them is written at the founding site alone."""
MAX_BIGINT = (1 << 63) - 1


def check_answer(batch: SiteBatch, holder: int, question: Fetch) -> None:
    """A batch that answers a question: of that holder, whose and scope, from where was asked or before, and onwards."""
    check_batch(batch, holder, question.whose)
    _require(batch.scope == question.scope, "is of another conversation than was asked for")
    asked = question.position
    _require(batch.after <= asked.pos, "leaves out what was asked for")
    goes_on = batch.through > batch.after or batch.through >= batch.head
    _require(goes_on, "does not go on")


def check_live(batch: SiteBatch, holder: int) -> None:
    """A live batch: of the stream of that holder's own events."""
    check_batch(batch, holder, holder)
    _require(batch.scope == LIST, "is of one conversation, and nobody asked")


def check_batch(batch: SiteBatch, holder: int, whose: int) -> None:
    """What holds of every batch: who sent it, sane positions, sizes, and ids of the site it speaks for."""
    _require(batch.holder == holder, f"names site {batch.holder} as its holder, and came from {holder}")
    _require(batch.whose == whose, f"is of events of site {batch.whose}, not of {whose}")
    _require(0 < batch.run <= MAX_BIGINT, "names no run")
    _require(0 <= batch.after <= batch.through <= batch.head <= MAX_BIGINT, "has positions that make no sense")
    _require(
        max(len(batch.events), len(batch.kept)) <= MAX_BATCH_EVENTS and len(batch.opened) <= MAX_OPENED, "is too large"
    )
    _require(sum(len(event.data) for event in (*batch.events, *batch.kept)) <= MAX_MESSAGE_BYTES, "is too large")
    _require(not batch.opened or batch.scope == LIST, "opens conversations from within one")
    _require(
        len({event.id for event in (*batch.events, *batch.kept)}) == len(batch.events) + len(batch.kept),
        "names an event twice",
    )
    for event in (*batch.events, *batch.kept):
        _check_event(event, whose)


def check_own(batch: SiteBatch, recognises: Callable[[int, Sent], bool]) -> None:
    """A batch of this site's own events that a holder gives back: written here indeed."""
    for event in batch.events:
        _require(recognises(batch.holder, event), f"holds event {event.id}, which this site did not write")


def check_scopes(scopes: Scopes, question: FetchScopes) -> None:
    """A page of the list: ascending from where it was asked, and not endless."""
    _require(len(scopes.scopes) <= MAX_OPENED, "is too large")
    _require(bool(scopes.scopes) or scopes.is_end, "does not go on")
    last = question.after
    for scope in scopes.scopes:
        _require(last < scope <= MAX_BIGINT and scope != LIST, "lists conversations out of order")
        last = scope


def _check_event(event: Sent, whose: int) -> None:
    _require(0 < event.id <= MAX_BIGINT, f"holds event {event.id}, which is no id")
    site = event.id >> COUNTER_BITS & MAX_NODE
    _require(site == whose, f"holds event {event.id} of site {site}, not of {whose}")
    _require(len(event.mark) == MARK_BYTES, f"holds event {event.id} without a mark")
    is_about_sites = event.type.startswith(ABOUT_SITES)
    _require(not is_about_sites or whose == FOUNDER, f"holds {event.type}, which only the founding site may write")


def _require(is_so: bool, otherwise: str) -> None:
    if not is_so:
        raise BadBatch(f"What was sent {otherwise}.")
