"""Comparing two sites, module by module. A row that differs only for the moment is no difference: it is looked at
again once both sites have followed each other."""

import asyncio
from time import monotonic

import msgspec

from bilin.core.database import Pool
from bilin.core.digests import FIRST, PARTS, Key, Part
from bilin.core.log.runs import Position
from bilin.sites.health.verifying.asking import Ask, Remote
from bilin.sites.health.verifying.comparing import compare, differs
from bilin.sites.health.verifying.questions import Stand
from bilin.sites.health.verifying.state import State, open_state

QUIET_WITHIN_S = 10.0
LOOK_EVERY_S = 0.2
MOMENTARY = 50
"""So many rows of a part may differ for a moment before the sites are said to differ there."""


class Difference(msgspec.Struct, frozen=True):
    """The first row that is not equal: its columns that differ, here and there. None: there is no such row."""

    what: str
    here: dict[str, str] | None
    there: dict[str, str] | None


class ModuleVerdict(msgspec.Struct, frozen=True):
    """How one module compares: how many rows were found equal, and the first that is not."""

    module: str
    equal: bool
    compared: int
    difference: Difference | None


class Verdict(msgspec.Struct, frozen=True):
    """How another site compares. `moving`: they changed meanwhile, or had not followed each other in time."""

    site: int
    equal: bool
    moving: bool
    modules: list[ModuleVerdict]


class Comparison:
    """One comparison of this site with another."""

    def __init__(self, pool: Pool, here: int, other: int, ask: Ask) -> None:
        self._pool, self._here, self._other = pool, here, other
        self.remote = Remote(ask)
        self._state: State

    async def verify(self) -> Verdict:
        """Raises `SiteUnreachable`, `VersionsApart` or `BadBatch`."""
        is_quiet, before = await self._meet()
        modules: dict[str, list[Part]] = {}
        for part in PARTS.values():
            modules.setdefault(part.module, []).append(part)
        verdicts = [await self._module(name, modules[name]) for name in sorted(modules)]
        after = await self._look()
        is_moving = not is_quiet or [each.position for each in before] != [each.position for each in after]
        return Verdict(self._other, all(each.equal for each in verdicts), is_moving, verdicts)

    async def _module(self, name: str, parts: list[Part]) -> ModuleVerdict:
        compared = 0
        for part in parts:
            count, key = await self._part(part)
            compared += count
            if key is not None:
                return ModuleVerdict(name, False, compared, await self._difference(part, key))
        return ModuleVerdict(name, True, compared, None)

    async def _part(self, part: Part) -> tuple[int, Key | None]:
        """How many rows are equal, and the first that differs also at a second look."""
        compared, start = 0, FIRST
        for _ in range(MOMENTARY):
            found = await compare(self._state, self.remote, part, start)
            compared += found.compared
            if found.key is None:
                return compared, None
            await self._meet()
            if await differs(self._state, self.remote, part, found.key):
                return compared, found.key
            start = found.key
        return compared, start

    async def _difference(self, part: Part, key: Key) -> Difference:
        here, there = await self._state.line(part, key), await self.remote.line(part, key)
        return Difference(part.named(key), *_differing(_columns(here), _columns(there)))

    async def _meet(self) -> tuple[bool, tuple[Stand, Stand]]:
        """Wait until both have followed each other through where they stood at first; False when it takes too long."""
        until = monotonic() + QUIET_WITHIN_S
        mine, theirs = goals = await self._look()
        while not (_has_met(mine, goals[1].position) and _has_met(theirs, goals[0].position)):
            if monotonic() >= until:
                return False, (mine, theirs)
            await asyncio.sleep(LOOK_EVERY_S)
            mine, theirs = await self._look()
            goals = _newest_run(goals[0], mine), _newest_run(goals[1], theirs)
        return True, (mine, theirs)

    async def _look(self) -> tuple[Stand, Stand]:
        """Where both stand; what is compared from now on is as of the conversations they share now."""
        self._state, mine = await open_state(self._pool, self._here, self._other)
        return mine, await self.remote.stand()


def _has_met(stand: Stand, goal: Position) -> bool:
    return stand.needs == 0 and stand.followed.run == goal.run and stand.followed.pos >= goal.pos


def _newest_run(goal: Stand, now: Stand) -> Stand:
    return goal if goal.position.run == now.position.run else now


def _columns(line: str | None) -> dict[str, str] | None:
    if line is None:
        return None
    said = msgspec.json.decode(line)
    columns = said if isinstance(said, dict) else {"rows": said}
    return {name: value if isinstance(value, str) else _text(value) for name, value in columns.items()}


def _text(value: object) -> str:
    return msgspec.json.encode(value).decode()


def _differing(
    here: dict[str, str] | None, there: dict[str, str] | None
) -> tuple[dict[str, str] | None, dict[str, str] | None]:
    """Of two rows that both are there only the columns that differ."""
    if here is None or there is None:
        return here, there
    names = [name for name in {**here, **there} if here.get(name) != there.get(name)]
    return {name: here.get(name, "") for name in names}, {name: there.get(name, "") for name in names}
