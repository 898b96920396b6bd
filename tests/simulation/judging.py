"""What another site may say, by the state of the receiver (`bilin.core.claims`), in Python: what its people, at home
there at any time, say in conversations they ever were in; facts of the company are the founding site's."""

from collections.abc import Sequence

from bilin.core.ownership import FOUNDER
from bilin.sites.replication.transport.wire import Sent
from tests.simulation.facts import COMPANY, PERSONAL, Fact, decode
from tests.simulation.store import Store

Members = dict[int, set[int]]


def judge(store: Store, whose: int, events: Sequence[Sent]) -> list[str | None]:
    """Why each event is kept back; what is believed counts for those behind it."""
    if whose in (FOUNDER, store.site):
        return [None] * len(events)
    new: Members = {}
    answers: list[str | None] = []
    for event in events:
        fact = decode(event.data)
        why = _why(store, whose, event.actor or 0, fact, new)
        if event.id in store.state.accepted:
            why = None
        if why is None and fact.kind in ("created", "added"):
            new.setdefault(fact.conversation, set()).update(fact.people)
        answers.append(why)
    return answers


def _why(store: Store, whose: int, actor: int, fact: Fact, new: Members) -> str | None:
    if fact.kind in COMPANY:
        return "not_at_home"
    if whose not in store.state.homes_ever(actor):
        return "stranger"
    if fact.kind in PERSONAL:
        return None if actor == fact.conversation else "not_allowed"
    if fact.kind == "created":
        return None if actor in fact.people else "not_a_member"
    conversation = store.state.conversations.get(fact.conversation)
    known = set() if conversation is None else conversation.ever
    return None if actor in known | new.get(fact.conversation, set()) else "not_a_member"
