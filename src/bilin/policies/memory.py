"""What holds for whom, from memory: a question costs a look into two dictionaries.

The tail keeps it true. A value that was set here counts as soon as it is committed; who moved, or came, or got a role,
and who has the roles and posts that a value is said of for the first time, is read again at once in the background,
only they. Until then they are where they were, for some milliseconds; `settled` waits for it.
"""

import asyncio
import contextlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import cast

import structlog
from msgspec import UNSET

from bilin.core.backoff import while_away
from bilin.core.database import Pool, snapshot
from bilin.core.errors import Unavailable
from bilin.core.ids import Id, PersonId, UnitId
from bilin.core.log import Entry
from bilin.core.policies import Policies, Policy, V, Value
from bilin.core.settings import Settings
from bilin.identity import GrantGiven, GrantRevoked
from bilin.org import PersonAdded, PersonChanged, UnitAdded, UnitChanged, UnitRemoved, main_units, unit_parents
from bilin.policies.chart import Chart, read_chart
from bilin.policies.events import ValueSet
from bilin.policies.model import PolicySaid
from bilin.policies.people import holders_of

logger = structlog.get_logger(__name__)

TREE = frozenset({UnitAdded.TYPE.name, UnitChanged.TYPE.name, UnitRemoved.TYPE.name})
ROLES = frozenset({GrantGiven.TYPE.name, GrantRevoked.TYPE.name})
PEOPLE = frozenset({PersonAdded.TYPE.name, PersonChanged.TYPE.name})
HEARD = TREE | ROLES | PEOPLE | {ValueSet.TYPE.name}
PATIENCE_S = 1.0
"""Nobody waits longer than so for what may not come while the database is away."""


@dataclass(slots=True)
class Stale:
    """What has to be read again."""

    everything: bool = False
    tree: bool = False
    people: set[PersonId] = field(default_factory=set)


class Memory(Policies):
    """The answers of one process."""

    def __init__(self, pool: Pool, settings: Settings) -> None:
        self._pool, self._settings = pool, settings
        self._chart = Chart()
        self._people: dict[PersonId, UnitId] = {}
        self._holders: dict[str, Collection[PersonId]] = {}
        self._special: dict[str, tuple[str, ...]] = {}
        self._answers: dict[tuple[str, UnitId | None], Value] = {}
        self._stale = Stale(everything=True)
        self._stir = asyncio.Event()
        self._heard: list[tuple[str, PolicySaid]] | None = None
        """What came while everything is read."""
        self._reads = 0
        self._was_read = asyncio.Condition()

    def of_unit(self, policy: Policy[V], unit: UnitId | None) -> V:
        known = self._answers.get((policy.name, unit))
        if known is None:
            said = self._chart.counting(policy.name, unit)
            known = policy.default(self._settings) if said is None else cast("V", said.value)
            self._answers[policy.name, unit] = known
        return cast("V", known)

    def of_person(self, policy: Policy[V], person: PersonId) -> V:
        unit = self._people.get(person)
        special = self._special.get(policy.name)
        if special is None:
            return self.of_unit(policy, unit)
        subjects = [subject for subject in special if person in self._holders.get(subject, ())]
        said = self._chart.counting(policy.name, unit, subjects)
        return policy.default(self._settings) if said is None else cast("V", said.value)

    def hear(self, entries: Sequence[Entry]) -> None:
        """Listener of the tail."""
        for entry in entries:
            if entry.type in HEARD:
                self._take(entry)

    def look_again(self) -> None:
        """Something may have been missed."""
        self._stale.everything = True
        self._stir.set()

    async def run(self) -> None:
        """Keep it true until stopped."""
        again = while_away()
        while True:
            await self._stir.wait()
            self._stir.clear()
            try:
                await self.read()
                again.went_well()
            except Unavailable as cause:
                logger.warning("policies.memory_waits", reason=repr(cause.__cause__))
                await again.wait()
                self._stir.set()

    async def settled(self) -> None:
        if not self._is_behind:
            return
        wanted = self._reads + (1 if self._heard is None else 2)  # the one that runs may have begun before it was heard
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE_S), self._was_read:
                await self._was_read.wait_for(lambda: self._reads >= wanted or not self._is_behind)

    @property
    def _is_behind(self) -> bool:
        return self._stir.is_set() or self._heard is not None

    async def read(self) -> None:
        """Read what is stale. What is heard while it is read counts on top of it."""
        stale, self._stale = self._stale, Stale()
        heard: list[tuple[str, PolicySaid]] = []
        self._heard = heard
        try:
            async with snapshot(self._pool) as (db, _):
                chart = await read_chart(db) if stale.everything else self._chart
                parents = await unit_parents(db) if stale.tree else None
                who = None if stale.everything else stale.people
                people = {} if who == set() else await main_units(db, who)
                subjects = {each for policy in chart.said for each in chart.subjects_of(policy)}
                holders = await holders_of(db, subjects)
        except BaseException:
            self._keep_stale(stale)
            raise
        finally:
            self._heard = None
        if stale.everything:
            self._chart, self._people = chart, people
            for each in heard:
                chart.hear(*each)
        else:
            self._people.update(people)
        if parents is not None:
            self._chart.parents = parents
        self._holders = holders
        self._forget_answers()
        async with self._was_read:
            self._reads += 1
            self._was_read.notify_all()

    def _keep_stale(self, stale: Stale) -> None:
        now = self._stale
        now.everything |= stale.everything
        now.tree |= stale.tree
        now.people |= stale.people

    def _take(self, entry: Entry) -> None:
        event = entry.event()
        if isinstance(event, ValueSet):
            self._take_value(entry, event)
            return
        if isinstance(event, PersonAdded | PersonChanged):
            self._stale.people.add(event.person)
            if event.unit is not UNSET:
                self._people[event.person] = event.unit
        elif entry.type in TREE:
            self._stale.tree = True
        elif not self._special:
            return  # nothing is said of any role
        self._stir.set()

    def _take_value(self, entry: Entry, event: ValueSet) -> None:
        person = None if entry.actor is None else PersonId(entry.actor)
        said = PolicySaid(Id(entry.id), event.unit, event.subject, event.value, event.locked, event.reason, person)
        if self._heard is not None:
            self._heard.append((event.policy, said))
        self._chart.hear(event.policy, said)
        self._forget_answers()
        if event.subject and event.subject not in self._holders:
            self._stir.set()

    def _forget_answers(self) -> None:
        self._answers.clear()
        special = {policy: tuple(sorted(self._chart.subjects_of(policy))) for policy in self._chart.said}
        self._special = {policy: subjects for policy, subjects in special.items() if subjects}
