"""What the database says to those who decide what goes where is what the simulator's disk says, for the same events.

So what seeds hold of the decisions (`tests/simulation`), which are the same code, holds of a site with its SQL.
"""

import asyncio
import random
from collections.abc import AsyncIterator, Iterable
from types import SimpleNamespace
from typing import Any

import pytest

from bilin.core.database import snapshot
from bilin.core.events import Event
from bilin.core.ids import EPOCH_MS, HybridClock, PersonId, UnitId
from bilin.core.log.entry import encode_event, type_of
from bilin.core.log.foreign import Intake
from bilin.core.settings import Settings
from bilin.core.site import Site, open_site
from bilin.org import UnitAdded
from bilin.sites.homes.home_map import Homes
from bilin.sites.replication.errors import NotYours
from bilin.sites.replication.feed.log_facts import LogFacts
from bilin.sites.replication.feed.selecting import Selection
from bilin.sites.replication.following.event_auth import foreign_of
from bilin.sites.replication.transport.wire import LIST, Sent
from tests.simulation.company import begin, change, found
from tests.simulation.people import Crowd
from tests.simulation.store import Store
from tests.simulation.stored_facts import StoredFacts
from tests.support.effort import EFFORT

HERE, SITES, ACTS = 9, 4, 250
"""The site itself writes nothing: all it has came from the others."""
COMPANY = UnitId(1)


class Desk:
    """Where all sites write into one log, as the simulator's machines do into their own."""

    def __init__(self, dice: random.Random) -> None:
        self.store, self._dice = Store(HERE), dice
        self._minute = 0

    async def append(self, said: Any, actor: int) -> int:
        """An event of the actor's home, or of some site that believes itself to be that."""
        self._minute += 1
        home = self.store.state.home(PersonId(actor)) if actor else 1
        site = home if self._dice.random() < 0.8 else self._dice.randrange(1, SITES + 1)
        identifier = HybridClock(site, lambda: EPOCH_MS + self._minute * 60_000).next()
        event = said if isinstance(said, Event) else said(identifier)
        self.store.append([Sent(identifier, actor or None, *type_of(event), encode_event(event), bytes(16))])
        return identifier


async def history(seed: int) -> Store:
    """A company of some sites, and what people do, in one log."""
    dice = random.Random(seed)  # noqa: S311 (repeatable)
    desk: Any = Desk(dice)
    company = found(dice, SITES)
    for unit in (COMPANY, *company.homes):
        parent = None if unit == COMPANY else COMPANY
        await desk.append(UnitAdded(unit=unit, parent=parent, name=f"u{unit}", kind="department", rank=0), 0)
    await begin(company, desk)
    crowd = Crowd(SimpleNamespace(dice=dice, sealed=set()), {}, company.people)  # type: ignore[arg-type]
    for _ in range(ACTS):
        if dice.random() < 0.08:
            await change(company, desk, dice)
        elif (choice := crowd.choose(desk, dice.choice(company.people))) is not None:
            await desk.append(*choice[1])
    store: Store = desk.store
    return store


@pytest.fixture
async def site(settings: Settings) -> AsyncIterator[Site]:
    opened = await open_site(settings)
    opened.spawn("log-writer", opened.log.run())
    async with asyncio.timeout(60):
        while not opened.log.is_writing:
            await asyncio.sleep(0.005)
    yield opened
    await opened.close()


async def take_in(site: Site, store: Store) -> None:
    """Everything in the log, at the same places."""
    for row in store.log:
        await site.log.take_in(Intake([foreign_of(row.site, row.sent)]))


def plain(answer: Any) -> Any:
    """An answer without what does not matter: order, and kinds of collections."""
    if isinstance(answer, dict):
        return {key: plain(value) for key, value in answer.items() if value}
    return sorted(answer, key=repr) if isinstance(answer, Iterable) else answer


@pytest.mark.parametrize("seed", range(1, EFFORT + 1))
async def test_the_database_and_the_disk_say_the_same(site: Site, seed: int) -> None:
    store = await history(seed)
    await take_in(site, store)
    dice = random.Random(seed)  # noqa: S311 (repeatable)
    disk, state = StoredFacts(store), store.state
    scopes, people = list(store.by_scope), [*state.units, PersonId(7)]
    units = [UnitId(unit) for unit in state.homes]
    async with snapshot(site.pool) as (db, head):
        assert head == store.head
        facts = LogFacts(db, site.keys, Homes(site.pool), head)
        here, there = await facts.homes(), await disk.homes()
        assert [here.of_person(each) for each in people] == [there.of_person(each) for each in people]
        assert [here.leaves(each, "conversation") for each in people] == [
            there.leaves(each, "conversation") for each in people
        ]
        for _ in range(20):
            after, through = sorted(dice.sample(range(head + 1), 2))
            some, who, place = dice.sample(scopes, 3), dice.sample(people, 2), dice.randrange(1, SITES + 1)
            questions: list[tuple[str, tuple[Any, ...]]] = [
                ("members", (some,)),
                ("ever_members", (some,)),
                ("scopes_ever_of", (who,)),
                ("units_ever", (who,)),
                ("people_ever_in", (dice.sample(units, 2),)),
                ("writers", (some,)),
                ("with_events", (some,)),
                ("with_events", (some, place)),
                ("written_by", (place,)),
                ("written_in", (place, after, through)),
                ("changed", (after, place)),
                ("moving", (after, through)),
            ]
            for name, asked in questions:
                assert plain(await getattr(facts, name)(*asked)) == plain(await getattr(disk, name)(*asked)), name


@pytest.mark.parametrize("seed", range(1, EFFORT + 1))
async def test_both_give_every_site_the_same(site: Site, seed: int) -> None:
    """In one order of questions, while the log grows: what is remembered from one to the next is right, too."""
    store, growing = await history(seed), Store(HERE)
    dice = random.Random(seed)  # noqa: S311 (repeatable)
    homes, ours, theirs = Homes(site.pool), Selection(HERE, 2), Selection(HERE, 2)
    given = 0
    for row in store.log:
        await site.log.take_in(Intake([foreign_of(row.site, row.sent)]))
        growing.append([row.sent])
        if dice.random() > 0.3 or not growing.by_scope:
            continue
        to, whose = dice.sample(range(1, SITES + 1), 2)
        scope = dice.choice((LIST, LIST, dice.choice(list(growing.by_scope))))
        asked = to, whose, scope, dice.randrange(growing.head + 1), dice.choice((3, 40)), dice.choice((600, 100_000))
        async with snapshot(site.pool) as (db, head):
            facts, disk = LogFacts(db, site.keys, homes, head), StoredFacts(growing)
            answer = await answered(ours, facts, asked)
            assert answer == await answered(theirs, disk, asked)
            assert await ours.scopes_for(facts, to, whose, -(1 << 62), 50) == await theirs.scopes_for(
                disk, to, whose, -(1 << 62), 50
            )
        given += 0 if answer is None else len(answer[2])
    assert given, "they were the same because there was nothing"


async def answered(selection: Selection, facts: Any, asked: tuple[int, int, int, int, int, int]) -> Any:
    """What is given; None: the conversation is not the asker's."""
    try:
        read = await selection.read(facts, *asked)
    except NotYours:
        return None
    return read.through, read.head, [event.id for event in read.events], list(read.opened)
