"""What goes wrong: lines, processes, clocks, disks, and sites that come and go; all of it by the dice of the seed."""

import asyncio
from collections.abc import Callable

import msgspec

from bilin.core.errors import BilinError
from bilin.core.events import Event
from bilin.core.ids import COUNTER_BITS, ConversationId, PersonId, UnitId
from bilin.core.log.runs import START
from bilin.core.ownership import FOUNDER
from bilin.messaging import MemberRemoved
from bilin.sites.replication.transport.wire import LIST, Fetch, FetchScopes, Sent, SiteBatch
from tests.simulation.company import never_moves
from tests.simulation.facts import forge, read, text
from tests.simulation.machine import Machine
from tests.simulation.network import Network
from tests.simulation.store import Backup
from tests.simulation.world import World

MINUTE_S, HOUR_S = 60.0, 3600.0
JUMP_MS = 5 * 60 * 1000
FORGED_BACK = 0.5
"""How often a dishonest site forges what it gives back: seldom enough it is asked for it."""
RESTORE_S = 12 * MINUTE_S
"""Putting back a backup takes longer than clocks may go back, or ids would be given twice."""


class Faults:
    """Breaks things, and mends them at the end."""

    def __init__(self, world: World, network: Network, machines: dict[int, Machine], joined: set[int]) -> None:
        self._world, self._network, self._machines, self._joined = world, network, machines, joined
        self._dice = world.dice
        self._backups: dict[int, list[Backup]] = {}
        self._is_over = False
        network.tamper = self._tamper
        self.forgery = 0.0
        self.people: dict[PersonId, UnitId] = {}
        """Person → unit, as the company was founded."""

    async def happen(self, pause_s: float) -> None:
        """One after the other, until cancelled; each history has a favourite."""
        themed = FAULTS + [self._dice.choice(FAULTS)] * 10
        while True:
            await asyncio.sleep(self._dice.expovariate(1 / pause_s))
            fault, name = self._dice.choice(themed)
            self._world.tally.add(name)
            fault(self)

    def mend(self) -> None:
        """Everything works again, and nothing breaks any more."""
        self._is_over, self.forgery = True, 0.0
        self._network.lines.clear()
        self._world.say(0, "everything is mended")
        self._joined.update(self._machines)
        for machine in self._machines.values():
            if machine.is_up:
                machine.refresh()
            else:
                machine.boot()

    def pick(self) -> Machine:
        return self._dice.choice(list(self._machines.values()))

    def pair(self) -> tuple[int, int]:
        one, other = self._dice.sample(list(self._machines), 2)
        return one, other

    def later(self, seconds: float, mend: Callable[[], None]) -> None:
        """Mend something after a while, unless everything was mended since."""
        self._world.loop.call_later(seconds, lambda: None if self._is_over else mend())

    def long(self) -> float:
        """Minutes, sometimes hours."""
        return self._dice.choice((MINUTE_S, 10 * MINUTE_S, HOUR_S, 5 * HOUR_S)) * (0.5 + self._dice.random())

    def cut(self) -> None:
        one, other = self.pair()
        self._cut([(one, other), (other, one)])

    def cut_one_way(self) -> None:
        self._cut([self.pair()])

    def isolate(self) -> None:
        one = self.pick().number
        self._cut([pair for other in self._machines if other != one for pair in ((one, other), (other, one))])

    def _cut(self, pairs: list[tuple[int, int]]) -> None:
        self._world.say(0, f"cut: {pairs}")
        for pair in pairs:
            self._network.line(*pair).is_cut = True
        self.later(self.long(), lambda: self._join(pairs))

    def _join(self, pairs: list[tuple[int, int]]) -> None:
        self._world.say(0, f"no longer cut: {pairs}")
        for pair in pairs:
            self._network.line(*pair).is_cut = False

    def bad_line(self) -> None:
        weather = self._network.line(*self.pair())
        weather.loss, weather.doubles = self._dice.random() * 0.5, self._dice.random() * 0.5
        weather.slow_s = self._dice.choice((0.0, 2.0, 2.0, 5 * MINUTE_S, 2 * HOUR_S))
        self.later(self.long(), lambda: self._clear(weather))

    def _clear(self, weather: object) -> None:
        for name in ("loss", "doubles", "slow_s"):
            setattr(weather, name, 0.0)

    def crash(self) -> None:
        machine = self.pick()
        if machine.is_up:
            machine.crash()
            self.later(1 + self.long() / 10, lambda: self._boot(machine))

    def _boot(self, machine: Machine) -> None:
        if not machine.is_up and machine.number in self._joined:
            machine.boot()

    def jump_clock(self) -> None:
        machine = self.pick()
        self._world.offsets_ms[machine.number] = self._dice.randrange(-JUMP_MS, JUMP_MS)
        self._world.say(machine.number, f"its clock is {self._world.offsets_ms[machine.number]} ms off")

    def wrong_clock(self) -> None:
        """A clock far in the future, until somebody sees it. Such a site is not held to what honest clocks promise."""
        machine = self.pick()
        if self._world.dishonest or self._dice.random() < 0.5:
            return
        self._world.dishonest.add(machine.number)
        self._world.offsets_ms[machine.number] = self._dice.randrange(10 * 60_000, 60 * 60_000)
        self._world.say(machine.number, "its clock is far in the future")
        self.later(self.long(), lambda: self._world.offsets_ms.__setitem__(machine.number, 0))

    def back_up(self) -> None:
        machine = self.pick()
        self._backups.setdefault(machine.number, []).append(machine.store.backup())
        self._world.say(machine.number, f"is backed up at {machine.store.head}")

    def restore(self) -> None:
        machine = self.pick()
        backups = self._backups.get(machine.number, [])
        if machine.number not in self._joined or not backups:
            return
        backup = self._dice.choice(backups) if self._dice.random() < 0.9 else None
        if machine.is_up:
            machine.crash()
        machine.store = machine.store.restored(backup)
        self._world.replaced(machine.number, [each.store for each in self._machines.values()])
        self._world.say(machine.number, f"is restored to {machine.store.head}")
        self._world.tally.add("restored")
        self._hold_back(machine, RESTORE_S + self.long())

    def _hold_back(self, machine: Machine, seconds: float) -> None:
        """Away for a while: nobody follows it, and it follows nobody."""
        self._joined.discard(machine.number)
        self._refresh()
        self._world.loop.call_later(seconds, lambda: self.join(machine))

    def leave(self) -> None:
        machine = self.pick()
        if machine.number in self._joined and len(self._joined) > 2:
            self._world.say(machine.number, "leaves")
            self._hold_back(machine, self.long())

    def join(self, machine: Machine) -> None:
        """A site comes, or comes back."""
        self._world.say(machine.number, "joins")
        self._joined.add(machine.number)
        self._boot(machine)
        self._refresh()

    def pry(self) -> None:
        """A branch that was taken over asks for whatever it likes, also while its access has ended."""
        spy, other = self.pair()
        holder = self._machines[other]
        scopes = [LIST, *holder.store.by_scope]
        whose = self._dice.choice((other, other, spy, self._dice.choice(list(self._machines))))
        scope, after = self._dice.choice(scopes), self._dice.choice((START, *holder.store.positions.values()))
        self._world.loop.create_task(self._ask(spy, other, Fetch(whose, scope, after)))
        self._world.loop.create_task(self._ask(spy, other, FetchScopes(whose, -(1 << 62))))

    async def _ask(self, spy: int, other: int, question: Fetch | FetchScopes) -> None:
        try:
            answer = await self._network.ask(spy, other, question)
        except BilinError:
            self._world.tally.add("pried for nothing")
            return
        self._world.learned(spy, answer)

    def _refresh(self) -> None:
        for each in self._machines.values():
            if each.is_up:
                each.refresh()

    def _vouches(self, holder: int, batch: SiteBatch) -> bool:
        """The founding site is believed when it gives events back: it is not among the dishonest."""
        return holder == FOUNDER and batch.whose != holder

    def _tamper(self, holder: int, batch: SiteBatch) -> SiteBatch:
        """What a dishonest site sends: an event that speaks for another, or one given back that was never written."""
        chance = self.forgery if batch.whose == holder else self.forgery and FORGED_BACK
        if not chance or self._dice.random() > chance or not batch.events or self._vouches(holder, batch):
            return batch
        self._world.tally.add("forged")
        sent = batch.events[-1]
        if batch.whose == holder != FOUNDER and self._dice.random() < 0.5:
            return self._speak_for_others(batch, sent)
        speaks_for = holder if batch.whose == holder else batch.whose
        other = self._dice.choice([site for site in self._machines if site != speaks_for])
        node = other if batch.whose == holder else batch.whose
        forged = (sent.id & ~(1023 << COUNTER_BITS)) ^ (1 << 30) | node << COUNTER_BITS
        return msgspec.structs.replace(
            batch, events=(*batch.events, forge(sent, forged, sent.actor, text(1, "forged")))
        )

    def _speak_for_others(self, batch: SiteBatch, sent: Sent) -> SiteBatch:
        """An event that is the site's own by its number, and is not its to say: by somebody who is never at home there,
        or in a conversation that nobody of its people was ever in."""
        self._world.tally.add("spoke for others")
        mine = [person for person in self.people if person // 10 == batch.holder]
        others = [person for person in self.people if person // 10 != batch.holder and never_moves(self.people[person])]
        conversation = read(sent).key_scope() or 1
        lies: list[tuple[Event, PersonId]] = [(text(1, "among others"), self._dice.choice(mine))]
        if others:
            lies.append((text(conversation, "in their name"), self._dice.choice(others)))
            removed = MemberRemoved(conversation=ConversationId(conversation), person=mine[0])
            lies.append((removed, self._dice.choice(others)))
        lie, actor = self._dice.choice(lies)
        event = forge(sent, sent.id ^ (1 << 30), actor, lie)
        return msgspec.structs.replace(batch, events=(*batch.events, event))


Fault = Callable[[Faults], None]
FAULTS: list[tuple[Fault, str]] = [
    *[(Faults.cut, "lines cut")] * 4,
    *[(Faults.cut_one_way, "lines cut one way")] * 3,
    *[(Faults.isolate, "sites cut off")] * 3,
    *[(Faults.bad_line, "bad lines")] * 4,
    *[(Faults.crash, "crashes")] * 4,
    *[(Faults.jump_clock, "clocks set")] * 3,
    (Faults.wrong_clock, "clocks far off"),
    *[(Faults.back_up, "backups")] * 4,
    *[(Faults.restore, "restores tried")] * 2,
    *[(Faults.leave, "sites that left")] * 2,
    *[(Faults.pry, "sites that pried")] * 2,
]
