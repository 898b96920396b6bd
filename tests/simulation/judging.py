"""What another site may say, by the state of the receiver: the rules are those of the product (`bilin.core.claims`)."""

from collections.abc import Sequence
from functools import cache

from bilin.core import claims
from bilin.core.claims import FOR_EVER, NEVER, Claim, Hearing
from bilin.core.ids import PersonId
from bilin.core.ownership import FOUNDER
from bilin.identity.claims import IdentityKnowledge
from bilin.messaging.claims import Membership, MessagingKnowledge
from bilin.sites.homes.past_homes import HomePlaces
from bilin.sites.replication.transport.wire import Sent
from tests.simulation.facts import read
from tests.simulation.state import State
from tests.simulation.store import Store

limits = cache(claims.limits)


def judge(store: Store, whose: int, events: Sequence[Sent]) -> list[str | None]:
    """Why each event is kept back; what is believed counts for those behind it, what is in the log already for none."""
    if whose in (FOUNDER, store.site):
        return [None] * len(events)
    new = [
        Claim(each.id, whose, _person(each), read(each), len(each.data))
        for each in events
        if each.id not in store.places
    ]
    if not new:
        return [None] * len(events)
    hearing = Hearing(places(store.state, new))
    known = [_in_conversations(hearing, store.state, new), IdentityKnowledge(hearing)]
    answers = claims.decide(known, limits(), new)
    said = {claim.id: why for claim, why in zip(new, answers, strict=True) if claim.id not in store.state.accepted}
    return [said.get(event.id) for event in events]


def places(state: State, new: Sequence[Claim]) -> HomePlaces:
    """Where those who are named are and were at home."""
    people = {each.actor for each in new if each.actor is not None}
    worked = {
        person: (state.units.get(person, (0, 0))[0], tuple(state.units_ever.get(person, ()))) for person in people
    }
    return HomePlaces(state.home_map(), worked)


def _person(event: Sent) -> PersonId | None:
    return None if event.actor is None else PersonId(event.actor)


def _in_conversations(hearing: Hearing, state: State, new: Sequence[Claim]) -> MessagingKnowledge:
    """Who is or was in which conversation, with which role, and who said what."""
    known = MessagingKnowledge(hearing)
    known.members, known.senders, known.files = {}, {}, {}
    for scope in {claim.event.key_scope() for claim in new} & state.conversations.keys():
        conversation = state.conversations[scope]
        for person, member in conversation.members.items():
            if not member.joined:
                continue
            inside = FOR_EVER if member.present else member.removed
            admin = (FOR_EVER if member.admin else member.admin_id) if (person, "admin") in conversation.led else NEVER
            owner = NEVER
            if (person, "owner") in conversation.led:
                owner = FOR_EVER if conversation.owner[1] == person else conversation.owner[0]
            known.members[scope, person] = Membership(inside, admin, owner, conversation.is_direct)
        known.senders.update({(scope, key): each.sender for key, each in conversation.messages.items() if each.sender})
    return known
