"""Which site has what, by the state of the holder (docs/developers/sites.md, section 2), in Python."""

from collections.abc import Sequence
from typing import Literal

from bilin.core.ownership import FOUNDER
from bilin.sites.replication.transport.wire import LIST
from tests.simulation.facts import COMPANY, MEMBERSHIP, PERSONAL
from tests.simulation.state import Conversation, State
from tests.simulation.store import Row, Store

Share = Literal["", "members", "all"]
"""What a site has of a conversation: nothing, who is in it, or everything."""


def has(store: Store, to: int, scope: int) -> Share:
    """What a site has of a conversation by what this one knows."""
    state, conversation = store.state, store.state.conversations.get(scope)
    if scope in state.own:
        return "all" if state.home(scope) == to else ""
    if conversation is None:
        return ""
    present = conversation.present()
    leaves = {state.leaves(person) for person in present}
    is_open = "nothing" not in leaves
    if is_open and (any(state.home(person) == to for person in present) or (to == FOUNDER and "everything" in leaves)):
        return "all"
    was_there = is_open and any(to in state.homes_ever(person) for person in conversation.members)
    return "members" if was_there or to in store.wrote.get(scope, ()) else ""


def is_visible(store: Store, to: int, row: Row) -> bool:
    """Whether a row is for a site."""
    if row.fact.kind in COMPANY or row.site == to:
        return True
    share = has(store, to, row.fact.conversation)
    return share == "all" or (share == "members" and row.fact.kind in MEMBERSHIP)


def opened_by(store: Store, to: int, page: Sequence[Row], after: int) -> tuple[int, ...]:
    """The conversations that something in these rows may have given to a site."""
    if any(row.fact.kind in COMPANY for row in page):
        return (LIST,)
    shared = [row for row in page if row.fact.kind not in PERSONAL]
    scopes = dict.fromkeys(row.fact.conversation for row in shared if row.fact.kind in MEMBERSHIP or row.site == to)
    return tuple(scope for scope in scopes if _opens(store, to, scope, after))


def _opens(store: Store, to: int, scope: int, after: int) -> bool:
    share = has(store, to, scope)
    state, conversation = store.state, store.state.conversations[scope]
    if not share:
        return False
    rows = [row for row in store.by_scope[scope] if row.pos > after and row.fact.kind in MEMBERSHIP]
    people = {person for row in rows for person in row.fact.people}
    if any(state.leaves(person) == "nothing" for person in people):
        return True  # one who kept it closed may have left
    return not _had_before(state, conversation, share, to, people) and not (
        share == "members" and 0 < store.wrote[scope].get(to, after + 1) <= after
    )


def _had_before(state: State, conversation: Conversation, share: Share, to: int, people: set[int]) -> bool:
    """Whether somebody whom nothing touched since gave it to the site before."""
    others = [person for person in conversation.members if person not in people]
    if share == "all":
        present = [person for person in others if conversation.members[person].present]
        archived = to == FOUNDER and any(state.leaves(person) == "everything" for person in present)
        return archived or any(state.home(person) == to for person in present)
    return any(to in state.homes_ever(person) and conversation.members[person].changed for person in others)
