"""Who has what: which sites may have what of a thing that people are in, and what of the log goes to one of them.

Decisions over plain values alone: no database, no clock. The simulator of sites lives by these very functions, and
demands of its histories that they notice each of them broken.
"""

from collections.abc import Callable, Collection, Iterable, Mapping

from bilin.core.events import EVENT_TYPES, Event, Reach
from bilin.core.ids import PersonId, UnitId
from bilin.core.log.entry import decode_event
from bilin.core.log.store import Raw
from bilin.core.ownership import FOUNDER
from bilin.sites.homes.home_map import HomeMap
from bilin.sites.registry.model import SiteState

NOBODY: frozenset[int] = frozenset()
State = Callable[[int], SiteState | None]
"""How a site stands with the company."""

Sites = Mapping[int, frozenset[int]]
"""The sites of each scope."""


def gives(here: int, to: int, whose: int, state: State) -> bool:
    """Whether a site gives another one what began at `whose`: to those that have joined, its own and that of the asker
    itself; the founding site also that of retired ones."""
    if to == here or state(to) != "joined":
        return False
    return whose in (here, to) or (here == FOUNDER and state(whose) == "retired")


def is_kept(homes: HomeMap, ever: Iterable[int]) -> bool:
    """Whether the policy of somebody who is or was a member keeps it where it is: what they said there is there still,
    and in quotes of others."""
    return any(homes.leaves(person, "conversation") == "nothing" for person in ever)


def brings(homes: HomeMap, person: int, to: int) -> bool:
    """Whether a member's being in it alone gives it to a site: where they are at home, and the founding site where
    their policy says `everything`."""
    if homes.of_person(person) == to:
        return True
    return to == FOUNDER and homes.leaves(person, "conversation") == "everything"


def sites_with_all(homes: HomeMap, present: Iterable[int], ever: Iterable[int]) -> frozenset[int]:
    """The sites that have everything of it: those that a present member brings it to, unless it is kept."""
    if is_kept(homes, ever):
        return NOBODY
    people = list(present)
    sites = homes.sites_of(people)
    return frozenset(sites | {FOUNDER} if any(brings(homes, person, FOUNDER) for person in people) else sites)


def homes_ever(homes: HomeMap, person: PersonId, units: Iterable[UnitId]) -> set[int]:
    """Every site that a person is or was at home at; `units`: all they ever worked in."""
    return homes.sites_ever_of(units) | {homes.of_person(person)}


def sites_told(
    homes: HomeMap, ever: Iterable[int], homes_of: Mapping[PersonId, Collection[int]], writers: Iterable[int]
) -> frozenset[int]:
    """The sites that keep hearing who is in it: every home of all who are or were members, and sites that have written
    there; these alone while it is kept."""
    people = () if is_kept(homes, ever) else ever
    return frozenset(writers).union(*(homes_of[PersonId(person)] for person in people))


def sites_of_own(homes: HomeMap, person: int) -> frozenset[int]:
    """The site that has what is a person's own."""
    return frozenset((homes.of_person(person),))


def membership_types() -> list[str]:
    """The types of events that let people in or out of their scope."""
    return [
        name
        for name, known in EVENT_TYPES.items()
        if known.cls.subscribes is not Event.subscribes or known.cls.unsubscribes is not Event.unsubscribes
    ]


def told_types() -> frozenset[str]:
    """The types of events that are sent to sites that only hear who is in their scope: those that say so, and those by
    which it is judged who may."""
    return frozenset(membership_types()) | {name for name, known in EVENT_TYPES.items() if known.cls.LEADS}


def people_let(event: Event, actor: PersonId | None) -> set[PersonId]:
    """Whom an event lets in or out."""
    return {person for person, _ in (*event.subscribes(actor), *event.unsubscribes(actor))}


def reach_of(raw: Raw) -> Reach:
    """How far an event goes. What this program does not know came from another site: it is of its scope, or of the
    company."""
    known = EVENT_TYPES.get(raw.type)
    if known is not None:
        return known.cls.REACH
    return Reach.COMPANY if raw.scope is None else Reach.SCOPE


def goes(to: int, raw: Raw, homes: HomeMap, full: Sites, told: Sites) -> bool:
    """Whether an event of the log goes to a site. `full` and `told`: who has everything of its scope, and, if its type
    says who is in that, who hears of it."""
    reach = reach_of(raw)
    if reach in (Reach.SCOPE, Reach.HOME) and raw.scope is not None:
        return to in full[raw.scope] or to in told.get(raw.scope, NOBODY)
    if reach is Reach.PERSON:
        person = getattr(decode_event(raw.type, raw.version, raw.data), "person", raw.actor)
        return person is None or homes.leaves(person, "session") != "nothing"
    return reach is Reach.COMPANY
