"""One history of a seed: a company, what people do, what goes wrong, how it is mended, and whether all is well then."""

import asyncio
import gc
import random
import time
import warnings
from collections.abc import Coroutine, Iterable
from typing import Any

import msgspec

from bilin.core.ids import Id
from bilin.sites.replication.events import KeptBackSettled
from tests.simulation.company import begin, change, found
from tests.simulation.faults import Faults
from tests.simulation.loop import VirtualLoop
from tests.simulation.machine import Machine, Rates
from tests.simulation.network import Network
from tests.simulation.people import Crowd
from tests.simulation.verdict import awaited, is_settled, judge
from tests.simulation.world import Broken, World

SETTLE_S = 6 * 3600
"""What is mended becomes quiet within this: a clock far off holds its events back for an hour or more."""


class Plan(msgspec.Struct, frozen=True):
    """What the seed decides before anything happens."""

    sites: int
    hours: float
    actions: int
    fault_every_s: float
    status_s: float
    crash: float
    unavailable: float
    forgery: float


class Outcome(msgspec.Struct, frozen=True):
    """What became of a seed; `problem` is empty when all was well."""

    seed: int
    problem: str
    sites: int
    site_hours: float
    steps: int
    tally: dict[str, int]
    changed: dict[str, int]
    """Types of events → how often one changed something; none in histories where nobody looks."""
    idle: dict[str, int]
    """The same of those that changed nothing."""
    cpu_s: float
    """Seconds of one core that it took."""


def broken(outcomes: Iterable[Outcome]) -> dict[str, str]:
    """What was broken in which of them, and how to see it."""
    return {f"make simulate SEED={outcome.seed}": outcome.problem for outcome in outcomes if outcome.problem}


def plan(dice: random.Random) -> Plan:
    """Mostly a few sites for some hours; one in forty is a large company."""
    is_large = dice.random() < 0.025
    sites = dice.randrange(10, 21) if is_large else dice.choice((3, 3, 3, 3, 4, 4, 5))
    hours = dice.choice((1.0, 3.0, 6.0)) if not is_large else 2.0
    actions = dice.choice((40, 120, 250)) if not is_large else 150
    fault_every_s = hours * 3600 / dice.choice((3, 10, 25))
    crash, unavailable, forgery = dice.choice((0, 0.002, 0.01)), dice.choice((0, 0.01)), dice.choice((0, 0, 0.05))
    return Plan(sites, hours, actions, fault_every_s, 600.0 if is_large else 240.0, crash, unavailable, forgery)


def simulate(seed: int, *, verbose: bool = False) -> Outcome:
    """Live through the history of a seed."""
    began = time.process_time()
    dice = random.Random(seed)  # noqa: S311 (repeatable)
    loop = VirtualLoop()
    world = World(loop, dice, verbose=verbose)
    chosen = plan(dice)
    world.say(0, str(chosen))
    problem = _problem(loop, _live(world, chosen), verbose)
    site_hours, cpu_s = chosen.sites * loop.time() / 3600, time.process_time() - began
    return Outcome(
        seed,
        problem,
        chosen.sites,
        site_hours,
        loop.steps,
        dict(world.tally),
        dict(world.changed) if world.is_watched else {},
        dict(world.idle),
        cpu_s,
    )


def _problem(loop: VirtualLoop, life: Coroutine[Any, Any, None], verbose: bool) -> str:
    """What was broken; empty when nothing was."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # of tasks that a crash ends before their first step
        problem = ""
        try:
            loop.run(life)
        except Exception as error:  # a broken invariant, a fault of the engine, or of the simulator itself
            problem = str(error) if isinstance(error, Broken) else f"{type(error).__name__}: {error}"
            if verbose and not isinstance(error, Broken):
                raise
        loop.close()
        if problem:
            gc.collect()  # of tasks that nobody will ever end
    return problem


async def _live(world: World, chosen: Plan) -> None:
    dice, rates = world.dice, Rates()
    network = Network(world.loop, dice, world.tally)
    late = {site for site in range(2, chosen.sites + 1) if dice.random() < 0.15}
    joined = set(range(1, chosen.sites + 1)) - late
    machines = {n: Machine(n, world, network, joined, rates, chosen.status_s) for n in range(1, chosen.sites + 1)}
    company = found(dice, chosen.sites)
    faults = Faults(world, network, machines, joined)
    faults.people = company.units
    for site in sorted(joined):
        machines[site].boot()
    await begin(company, machines[1])
    rates.crash, rates.unavailable, faults.forgery = chosen.crash, chosen.unavailable, chosen.forgery
    for site in sorted(late):
        world.loop.call_later(dice.random() * chosen.hours * 3600, faults.join, machines[site])
    trouble = world.loop.create_task(faults.happen(chosen.fault_every_s))
    crowd = Crowd(world, machines, company.people)
    for _ in range(chosen.actions):
        await asyncio.sleep(dice.expovariate(chosen.actions / (chosen.hours * 3600)))
        if dice.random() < 0.04 and machines[1].is_up:
            machines[1].start(change(company, machines[1], dice))
        else:
            crowd.act()
    trouble.cancel()
    rates.crash = rates.unavailable = 0.0
    faults.mend()
    await _settle(world, machines)
    judge(world, machines)
    for machine in machines.values():
        machine.crash()
    await asyncio.sleep(1)


async def _settle(world: World, machines: dict[int, Machine]) -> None:
    until = world.loop.time() + SETTLE_S
    while not is_settled(world, machines.values()):
        if world.loop.time() > until:
            raise Broken("it does not become quiet: " + _stuck(machines))
        if world.loop.time() > until - SETTLE_S / 2:
            await _accept(world, machines)
        await asyncio.sleep(60)


async def _accept(world: World, machines: dict[int, Machine]) -> None:
    """An administrator accepts what rests on something that is on no disk any more: nothing else makes it believed."""
    lost = {world.written[each].scope for each in world.lost}
    founder, stores = machines[1], [machine.store for machine in machines.values()]
    for event in set(awaited(world, stores)) - founder.store.state.accepted.keys():
        if lost & {0, world.written[event].scope}:
            world.tally.add("accepted")
            await founder.append(KeptBackSettled(events=(Id(event),), accepted=True), 0)


def _stuck(machines: dict[int, Machine]) -> str:
    """What keeps followers from going on."""
    states = [(m.number, holder, f.state) for m in machines.values() for holder, f in m.followers.items()]
    kept = [f"{m.number} keeps back {sorted(m.store.kept)}" for m in machines.values() if m.store.kept]
    return "; ".join(kept) + "; ".join(
        f"{me} follows {holder}: {s}" for me, holder, s in states if s.behind or s.needs or s.trouble
    )
