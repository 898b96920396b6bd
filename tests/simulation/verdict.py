"""What must be true when everything was mended and became quiet; each check raises `Broken` otherwise."""

from collections.abc import Iterable, Iterator, Sequence

from bilin.core.log.runs import at
from bilin.core.ownership import FOUNDER
from tests.simulation.facts import MEMBERSHIP, PERSONAL, decode
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
        scope = decode(event.data).conversation
        if not scope or store.site in _sites_with(truth, scope):
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
    for person, own in truth.own.items():
        if stores[truth.home(person)].state.own.get(person) != own:
            raise Broken(f"what {person} marked is not at their home as they marked it")
    _nothing_leaked(world, stores)


def _truth(rows: Iterable[Row]) -> State:
    """The state of somebody who has everything that any site has."""
    truth = State()
    for row in sorted(rows, key=lambda row: row.sent.id):
        truth.apply(row.sent.id, row.sent.actor or 0, row.fact, False)
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
    for site in _sites_of(truth, conversation):
        found = stores[site].state.conversations.get(scope, Conversation())
        if found.digest() != conversation.digest():
            raise Broken(f"conversation {scope} at site {site} is {_difference(found, conversation)}")


def _sites_with(truth: State, scope: int) -> set[int]:
    """The sites that must have all of a conversation, or of what is a person's own."""
    return {truth.home(scope)} if scope in truth.own else _sites_of(truth, truth.conversation(scope))


def _sites_of(truth: State, conversation: Conversation) -> set[int]:
    """The sites that must have all of a conversation."""
    present = conversation.present()
    leaves = {truth.leaves(person) for person in present}
    if "nothing" in leaves:
        return set()
    return {truth.home(person) for person in present} | ({FOUNDER} if "everything" in leaves else set())


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
    """Nobody holds what they could never have been given, whoever knew what at which time."""
    homes, members, writers, archived = _possible(world.written.values())
    for site, store in stores.items():
        for row in store.log:
            scope = row.fact.conversation
            if not scope or row.site == site:
                continue
            may = any(site in homes.get(person, {FOUNDER}) for person in members.get(scope, ()))
            if row.fact.kind in PERSONAL and not may:
                raise Broken(f"site {site} holds {row.sent.id} of person {scope}, who was never at home there")
            may = may or (site in writers[scope] and row.fact.kind in MEMBERSHIP) or (site == FOUNDER and archived)
            if scope in world.sealed or not may:
                raise Broken(f"site {site} holds {row.sent.id} of {scope}, which it may not have")


def _possible(rows: Iterable[Row]) -> tuple[dict[int, set[int]], dict[int, set[int]], dict[int, set[int]], bool]:
    """Every home that a person, and every member that a conversation ever had."""
    units: dict[int, set[int]] = {}
    places: dict[int, set[int]] = {}
    members: dict[int, set[int]] = {}
    writers: dict[int, set[int]] = {}
    archived = False
    for row in rows:
        fact = row.fact
        if fact.kind == "home":
            places.setdefault(fact.message, set()).add(fact.place)
        elif fact.kind == "moved":
            units.setdefault(fact.message, set()).add(fact.place)
        elif fact.kind in PERSONAL:
            members[fact.conversation] = {fact.conversation}
        elif fact.kind in ("created", "added"):
            members.setdefault(fact.conversation, set()).update(fact.people)
        archived = archived or fact.text == "everything"
        writers.setdefault(fact.conversation, set()).add(row.site)
    homes = {person: {FOUNDER}.union(*(places.get(unit, set()) for unit in its)) for person, its in units.items()}
    return homes, members, writers, archived
