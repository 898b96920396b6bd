"""The engine with one rule left out. The simulator must notice each of them, or it proves nothing."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from bilin.core.ids import HybridClock
from bilin.core.log.runs import Position
from bilin.sites.replication.feed import holder
from bilin.sites.replication.feed.holder import Holder
from bilin.sites.replication.feed.publisher import Publisher
from bilin.sites.replication.following import backfill, checks
from bilin.sites.replication.following.backfill import Backfill
from bilin.sites.replication.following.kept_back import Keeper
from bilin.sites.replication.following.stream import Stream
from bilin.sites.replication.ports import IntakeResult, Need
from bilin.sites.replication.transport.wire import Fetch, SiteBatch
from tests.simulation import judging, ports, sharing
from tests.simulation.facts import Fact
from tests.simulation.ports import SimulatedInlet
from tests.simulation.state import State
from tests.simulation.store import Store

Replace = Callable[[Any, str, Any], None]
"""`monkeypatch.setattr`."""
Mutant = Callable[[Replace], None]
MUTANTS: list[Mutant] = []


def mutant(function: Mutant) -> Mutant:
    """Enter a mutant."""
    MUTANTS.append(function)
    return function


@mutant
def takes_live_batches_over_holes(replace: Replace) -> None:
    async def take_live(self: Stream, batch: SiteBatch, saved: Position) -> None:
        if batch.through > saved.pos or batch.run != saved.run:
            await self._take_in(batch)

    replace(Stream, "_take_live", take_live)


@mutant
def forgets_what_was_opened(replace: Replace) -> None:
    take_in = Stream._take_in

    async def take_nothing_up(self: Stream, batch: SiteBatch) -> None:
        await take_in(self, msgspec.structs.replace(batch, opened=()))

    replace(Stream, "_take_in", take_nothing_up)


@mutant
def saves_the_position_before_the_events(replace: Replace) -> None:
    take_in = SimulatedInlet.take_in

    async def position_first(self: SimulatedInlet, batch: SiteBatch, need: Need | None = None) -> IntakeResult:
        self._save(batch, need)
        return await take_in(self, batch, need)

    replace(SimulatedInlet, "take_in", position_first)


@mutant
def knows_no_runs(replace: Replace) -> None:
    def end_of(runs: Sequence[tuple[int, int]], run: int, head: int) -> int:
        return head

    replace(holder, "end_of", end_of)


@mutant
def believes_any_id(replace: Replace) -> None:
    replace(checks, "_check_event", lambda event, whose: None)


@mutant
def believes_whoever_gives_back(replace: Replace) -> None:
    replace(backfill, "check_own", lambda batch, recognises: None)


@mutant
def does_not_note_a_loss(replace: Replace) -> None:
    begin = Holder._begin

    async def begin_only(self: Holder, asker: int, question: Fetch) -> tuple[int, int]:
        return await begin(self, asker, msgspec.structs.replace(question, whose=-1))

    replace(Holder, "_begin", begin_only)


@mutant
def follows_clocks_anywhere(replace: Replace) -> None:
    observe = HybridClock.observe
    replace(HybridClock, "observe", lambda self, identifier, trusted=False: observe(self, identifier, trusted=True))


@mutant
def drops_needs_that_fail(replace: Replace) -> None:
    work_on = Backfill._work_on

    async def give_up(self: Backfill, need: Need) -> None:
        try:
            await work_on(self, need)
        except Exception:  # as who would call it final
            await self._end(need)

    replace(Backfill, "_work_on", give_up)


@mutant
def begins_live_batches_where_the_last_one_was_read(replace: Replace) -> None:
    send_next = Publisher._send_next

    async def claim_too_much(self: Publisher, site: int, chain: Any, keep_up: bool) -> bool:
        chain.sent = 0  # as if the receiver had everything
        return await send_next(self, site, chain, keep_up)

    replace(Publisher, "_send_next", claim_too_much)


@mutant
def opens_nothing_that_a_later_event_touches(replace: Replace) -> None:
    replace(sharing, "_had_before", lambda *_: True)


@mutant
def sends_everything_to_everybody(replace: Replace) -> None:
    replace(ports, "is_visible", lambda store, to, row: True)


@mutant
def tells_nobody_who_has_left(replace: Replace) -> None:
    has = sharing.has

    def all_or_nothing(store: Store, to: int, scope: int) -> str:
        return "all" if has(store, to, scope) == "all" else ""

    replace(sharing, "has", all_or_nothing)
    replace(ports, "has", all_or_nothing)


@mutant
def believes_whatever_a_site_says(replace: Replace) -> None:
    replace(ports, "judge", lambda store, whose, events: [None] * len(events))


@mutant
def believes_any_author(replace: Replace) -> None:
    why = judging._why

    def of_anybody(store: Store, whose: int, actor: int, fact: Fact, new: judging.Members) -> str | None:
        found = why(store, whose, actor, fact, new)
        return None if found == "stranger" else found

    replace(judging, "_why", of_anybody)


@mutant
def believes_who_is_in_no_conversation(replace: Replace) -> None:
    why = judging._why

    def anywhere(store: Store, whose: int, actor: int, fact: Fact, new: judging.Members) -> str | None:
        found = why(store, whose, actor, fact, new)
        return None if found == "not_a_member" else found

    replace(judging, "_why", anywhere)


@mutant
def drops_what_it_keeps_back(replace: Replace) -> None:
    replace(Store, "keep_back", lambda self, events: None)


@mutant
def never_judges_again(replace: Replace) -> None:
    async def idle(self: Keeper) -> None:
        await asyncio.sleep(1 << 30)

    replace(Keeper, "run", idle)


@mutant
def judges_by_where_people_are_now(replace: Replace) -> None:
    replace(State, "homes_ever", lambda self, person: {self.home(person)})
