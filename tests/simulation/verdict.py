"""What must be true when everything was mended and became quiet; each check raises `Broken` otherwise."""

from collections.abc import Iterable, Iterator, Sequence

from bilin.core.ids import PersonId
from bilin.core.log.runs import at
from bilin.core.ownership import FOUNDER
from bilin.messaging import ConversationCreated, MembersAdded
from bilin.messaging.stars import StarSet
from bilin.org import PersonChanged
from bilin.sites.homes.events import HomeSet, PolicySet
from tests.simulation.facts import TOLD, read
from tests.simulation.machine import Machine
from tests.simulation.state import Conversation, State
from tests.simulation.store import Row, Store
from tests.simulation.world import Broken, World

Stores = dict[int, Store]


def is_settled(world: World, machines: Iterable[Machine]) -> bool:
    """Whether every site has followed every other one to its end, has nothing to fetch, and keeps back only lies."""
    stores = [machine.store for machine in machines if machine.is_up]
    ends = {store.site: at(store.runs, store.head, store.head) for store in stores}
    is_level = all(
        not store.needs
        and not store.losses
        and all(store.position(site, site) == end for site, end in ends.items() if site != store.site)
        for store in stores
    )
    return is_level and not any(awaited(world, stores))


def awaited(world: World, stores: Sequence[Store]) -> Iterator[int]:
    """What sites keep back though it was truly written, and is of the company or of a conversation that is theirs."""
    honest = [(store, each) for store in stores for each in store.kept.values() if each.id in world.written]
    truth = _truth({row.sent.id: row for store in stores for row in store.log}.values()) if honest else State()
    for store, event in honest:
        scope = read(event).key_scope()
        if not scope or store.site in truth.sites_of(scope):
            yield event.id


def judge(world: World, machines: dict[int, Machine]) -> None:
    """All checks."""
    stores = {number: machine.store for number, machine in machines.items()}
    rows = {row.sent.id: row for store in stores.values() for row in store.log}
    truth = _truth(rows.values())
    _nothing_is_lost(world, stores, rows)
    for site, store in stores.items():
        if store.state.company() != truth.company():
            raise Broken(f"site {site} knows the company otherwise")
        _numbers_are_right(world, store)
    for scope, conversation in truth.conversations.items():
        _conversation_is_equal(stores, truth, scope, conversation)
        _who_left_is_shown_no_more(stores, truth, scope, conversation)
    for person, own in truth.own.items():
        if stores[truth.home(person)].state.own.get(person) != own:
            raise Broken(f"what {person} marked is not at their home as they marked it")
    _nothing_leaked(world, stores)


def _truth(rows: Iterable[Row]) -> State:
    """The state of somebody who has everything that any site has."""
    truth = State()
    for row in sorted(rows, key=lambda row: row.sent.id):
        truth.apply(row.sent.id, row.sent.actor or 0, row.event, False)
    return truth


def _nothing_is_lost(world: World, stores: Stores, rows: dict[int, Row]) -> None:
    for identifier in world.acknowledged - world.lost:
        if identifier not in rows:
            raise Broken(f"event {identifier} was acknowledged and is nowhere")
    for identifier, row in rows.items():
        if not world.is_true(row):
            raise Broken(f"event {identifier} was never written")
        if identifier not in stores[row.site].places:
            raise Broken(f"site {row.site} lost its own event {identifier}, and another one has it")


def _conversation_is_equal(stores: Stores, truth: State, scope: int, conversation: Conversation) -> None:
    for site in truth.sites_of(scope):
        found = stores[site].state.conversations.get(scope, Conversation())
        if found.digest() != conversation.digest():
            raise Broken(f"conversation {scope} at site {site} is {_difference(found, conversation)}")


def _who_left_is_shown_no_more(stores: Stores, truth: State, scope: int, conversation: Conversation) -> None:
    """At their home it is known that they left, wherever that was when they did; unless nothing is told of it there."""
    if truth.is_kept(scope):
        return
    for person, member in conversation.members.items():
        if not member.present:
            found = stores[truth.home(person)].state.conversations.get(scope, Conversation())
            if found.created and person in found.present():
                raise Broken(f"{person} left {scope} and is in it still at site {truth.home(person)}")


def _difference(found: Conversation, truth: Conversation) -> str:
    """What differs, so that the trace can be searched for it."""
    mine, whole = _parts(found), _parts(truth)
    differing = sorted(key for key in mine.keys() | whole.keys() if mine.get(key) != whole.get(key))
    return "not what others have: " + "; ".join(f"{key} is {mine.get(key)}, not {whole.get(key)}" for key in differing)


def _parts(conversation: Conversation) -> dict[str, object]:
    created, title, owner, members, messages = conversation.digest()
    parts: dict[str, object] = {"created": created, "title": title, "owner": owner}
    for name, rows in (("person", members), ("message", messages)):
        parts.update({f"{name} {row[0]}": row[1:] for row in rows})
    return parts


def _numbers_are_right(world: World, store: Store) -> None:
    """Unread is what arrived at home after what was read, however old it is."""
    if store.site in world.restored:
        return  # arrivals are numbered anew there
    for scope, conversation in store.state.conversations.items():
        arrived = world.arrivals.get((store.site, scope), [])
        if len(set(arrived)) != len(arrived):
            raise Broken(f"a text was taken in twice at site {store.site} in {scope}")
        for person in conversation.present():
            expected = len(arrived) - world.read.get((store.site, scope, person), 0)
            if conversation.unread(person) != expected:
                unread = conversation.unread(person)
                raise Broken(f"{person} at site {store.site} has {unread} unread in {scope}, not {expected}")


def _nothing_leaked(world: World, stores: Stores) -> None:
    """Nobody holds, or was ever answered, what was not theirs: what they could never have been given whoever knew what
    at which time, and what was said where they were no more."""
    could = Possible(world.written.values())
    for site, store in stores.items():
        _is_possible(world, could, site, store.log)
        pried = [world.written[identifier] for identifier in world.pried.get(site, ())]
        _is_possible(world, could, site, pried)
        for row in (*store.log, *pried):
            is_told = isinstance(row.event, TOLD) or row.site in {site, *world.restored} or not row.scope
            if not is_told and not stores[row.site].may_have(site, row):
                raise Broken(f"site {site} has {row.sent.id} of {row.scope}, said when it was no more of it")
        for scope in world.named.get(site, set()) - could.scopes_of(site):
            raise Broken(f"site {site} was told of {scope}, where nobody of its was ever in")


def _is_possible(world: World, could: "Possible", site: int, rows: Iterable[Row]) -> None:
    for row in rows:
        scope = row.scope
        if not scope or row.site == site:
            continue
        may = could.has_somebody(site, scope)
        if isinstance(row.event, StarSet) and not may:
            raise Broken(f"site {site} holds {row.sent.id} of person {scope}, who was never at home there")
        may = may or (site in could.writers[scope] and isinstance(row.event, TOLD))
        may = may or (site == FOUNDER and could.archived)
        if scope in world.sealed or not may:
            raise Broken(f"site {site} holds {row.sent.id} of {scope}, which it may not have")


class Possible:
    """Every home that a person, and every member that a conversation ever had."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._units: dict[PersonId, set[object]] = {}
        self._places: dict[object, set[int | None]] = {}
        self._members: dict[int, set[PersonId]] = {}
        self.writers: dict[int, set[int]] = {}
        self.archived = False
        for row in rows:
            self._note(row)

    def _note(self, row: Row) -> None:
        match row.event:
            case HomeSet() as event:
                self._places.setdefault(event.unit, set()).add(event.site)
            case PersonChanged() as event:
                self._units.setdefault(event.person, set()).add(event.unit)
            case StarSet() as event:
                self._members[row.scope] = {event.person}
            case ConversationCreated() | MembersAdded() as event:
                self._members.setdefault(row.scope, set()).update(person for person, _ in event.subscribes(None))
            case PolicySet() as event:
                self.archived = self.archived or event.leaves == "everything"
        self.writers.setdefault(row.scope, set()).add(row.site)

    def homes(self, person: PersonId) -> set[int | None]:
        """Everywhere a person may have been at home, as anybody knew it at any time."""
        return {FOUNDER}.union(*(self._places.get(unit, set()) for unit in self._units.get(person, ())))

    def has_somebody(self, site: int, scope: int) -> bool:
        """Whether a member of a conversation may have been at home at a site."""
        return any(site in self.homes(person) for person in self._members.get(scope, ()))

    def scopes_of(self, site: int) -> set[int]:
        """All conversations that a site may have heard of."""
        is_copy = site == FOUNDER and self.archived
        scopes = self.writers.keys()
        return {each for each in scopes if is_copy or site in self.writers[each] or self.has_somebody(site, each)}
