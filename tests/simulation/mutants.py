"""The product with one rule left out: never the simulator. It must notice each of them, or it proves nothing."""

import asyncio
from collections.abc import Callable, Collection, Sequence
from typing import Any

import msgspec

from bilin.core import claims
from bilin.core.claims import FOR_EVER, NEVER, Hearing
from bilin.core.events import EVENT_TYPES
from bilin.core.ids import HybridClock, PersonId
from bilin.core.log.runs import Position
from bilin.core.ownership import FOUNDER
from bilin.messaging.claims import Membership, MessagingKnowledge
from bilin.org import PersonChanged
from bilin.sites.homes import may_meet
from bilin.sites.homes.home_map import HomeMap
from bilin.sites.homes.past_homes import HomePlaces
from bilin.sites.replication.feed import log_server, opening, selecting, sharing
from bilin.sites.replication.feed.facts import Facts, Moving
from bilin.sites.replication.feed.log_server import LogServer
from bilin.sites.replication.feed.opening import Passage, Touched
from bilin.sites.replication.feed.publisher import Publisher
from bilin.sites.replication.feed.shares import Shares
from bilin.sites.replication.following import backfill, checks, stream
from bilin.sites.replication.following.backfill import Backfill
from bilin.sites.replication.following.kept_back import KeptBackReview
from bilin.sites.replication.following.stream import Stream
from bilin.sites.replication.ports import Inlet, IntakeResult, Need
from bilin.sites.replication.transport.wire import Fetch, SiteBatch

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
    take_in = Stream._take_in

    async def position_first(self: Stream, batch: SiteBatch) -> None:
        if batch.events:
            await take_in(self, msgspec.structs.replace(batch, events=()))
        await take_in(self, batch)

    replace(Stream, "_take_in", position_first)


@mutant
def knows_no_runs(replace: Replace) -> None:
    def end_of(runs: Sequence[tuple[int, int]], run: int, head: int) -> int:
        return head

    replace(log_server, "end_of", end_of)


@mutant
def believes_any_id(replace: Replace) -> None:
    replace(checks, "_check_event", lambda event, whose: None)


@mutant
def believes_whoever_gives_back(replace: Replace) -> None:
    replace(backfill, "check_own", lambda batch, recognises: None)


@mutant
def does_not_note_a_loss(replace: Replace) -> None:
    begin = LogServer._begin

    async def begin_only(self: LogServer, asker: int, question: Fetch) -> tuple[int, int]:
        return await begin(self, asker, msgspec.structs.replace(question, whose=-1))

    replace(LogServer, "_begin", begin_only)


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
def believes_whatever_a_site_says(replace: Replace) -> None:
    replace(claims, "decide", lambda known, bounds, new: [None] * len(new))


@mutant
def believes_any_author(replace: Replace) -> None:
    replace(Hearing, "may_act", lambda self, claim: True)


@mutant
def believes_who_is_in_no_conversation(replace: Replace) -> None:
    replace(MessagingKnowledge, "_member_of", lambda self, claim: Membership(owner=FOR_EVER))


@mutant
def judges_by_where_people_are_now(replace: Replace) -> None:
    def now(self: HomePlaces, person: int, site: int) -> int:
        return FOR_EVER if self._homes.of_person(person) == site else NEVER

    replace(HomePlaces, "person_until", now)


@mutant
def drops_what_it_keeps_back(replace: Replace) -> None:
    async def take_in(inlet: Inlet, batch: SiteBatch, need: Need | None = None) -> IntakeResult:
        why = await inlet.judge(batch.whose, batch.events)
        believed = tuple(event for event, reason in zip(batch.events, why, strict=True) if reason is None)
        return await inlet.take_in(msgspec.structs.replace(batch, events=believed), need)

    for module in (stream, backfill):
        replace(module, "take_in", take_in)


@mutant
def never_judges_again(replace: Replace) -> None:
    async def idle(self: KeptBackReview) -> None:
        await asyncio.sleep(1 << 30)

    replace(KeptBackReview, "run", idle)


@mutant
def sends_everything_to_everybody(replace: Replace) -> None:
    replace(selecting, "goes", lambda *_: True)


@mutant
def sends_what_is_ones_own_to_the_founding_site(replace: Replace) -> None:
    of_own = sharing.sites_of_own
    replace(sharing, "sites_of_own", lambda homes, person: of_own(homes, person) | {FOUNDER})


@mutant
def sends_the_words_where_only_who_is_in_it_is_heard(replace: Replace) -> None:
    replace(selecting, "told_types", lambda: frozenset(EVENT_TYPES))


@mutant
def lets_out_what_policy_keeps(replace: Replace) -> None:
    replace(sharing, "is_kept", lambda homes, ever: False)


@mutant
def keeps_only_what_is_said_by_who_is_still_there(replace: Replace) -> None:
    with_all = sharing.sites_with_all
    replace(sharing, "sites_with_all", lambda homes, present, ever: with_all(homes, present, set(ever) & set(present)))


@mutant
def keeps_no_copy_at_the_founding_site(replace: Replace) -> None:
    replace(sharing, "brings", lambda homes, person, to: homes.of_person(person) == to)


@mutant
def keeps_a_copy_of_everything_at_the_founding_site(replace: Replace) -> None:
    replace(sharing, "brings", lambda homes, person, to: to == FOUNDER or homes.of_person(person) == to)


@mutant
def tells_nobody_who_has_left(replace: Replace) -> None:
    replace(sharing, "sites_told", lambda *_: sharing.NOBODY)


@mutant
def remembers_who_has_what_though_it_changed(replace: Replace) -> None:
    replace(Shares, "_forget", lambda self, scope, site, moves: None)


@mutant
def remembers_homes_though_they_moved(replace: Replace) -> None:
    look = Shares.look

    async def look_once(self: Shares, facts: Facts) -> None:
        if self._pos < 0:
            await look(self, facts)
        else:
            await keep_map(self, facts)

    async def keep_map(self: Shares, facts: Facts) -> None:
        for scope, site, moves in await facts.changed(self._pos, self._here):
            self._forget(scope, site, moves)
        self._pos = facts.head

    replace(Shares, "look", look_once)


@mutant
def answers_whoever_has_left(replace: Replace) -> None:
    replace(sharing, "gives", lambda here, to, whose, state: True)


@mutant
def opens_nothing_of_what_a_site_has_all_of(replace: Replace) -> None:
    replace(opening, "opens_all", lambda *_: False)


@mutant
def opens_only_what_nobody_else_brought(replace: Replace) -> None:
    opens = opening.opens_all

    def as_if_untouched(homes: HomeMap, passage: Passage, to: int) -> bool:
        return opens(homes, msgspec.structs.replace(passage, let=(), moved=()), to)

    replace(opening, "opens_all", as_if_untouched)


@mutant
def opens_nothing_that_was_kept(replace: Replace) -> None:
    replace(opening, "_was_kept", lambda homes, passage: False)


@mutant
def opens_nothing_when_people_move(replace: Replace) -> None:
    note = Touched._note

    def but_people(self: Touched, moving: Moving) -> None:
        if not isinstance(moving.event, PersonChanged):
            note(self, moving)

    replace(Touched, "_note", but_people)


@mutant
def opens_nothing_when_units_move(replace: Replace) -> None:
    async def nobody(facts: Facts, homes: HomeMap, touched: Touched) -> set[PersonId]:
        return set()

    replace(opening, "_moved_with_units", nobody)


@mutant
def opens_nothing_to_who_only_hears(replace: Replace) -> None:
    replace(opening, "opens_who", lambda *_: False)


@mutant
def opens_no_notes_of_ones_own(replace: Replace) -> None:
    async def nothing(self: Shares, facts: Facts, people: Collection[PersonId], to: int) -> set[int]:
        return set()

    replace(Shares, "own_of", nothing)


@mutant
def lists_only_what_a_site_has_all_of(replace: Replace) -> None:
    scopes_for = Shares.scopes_for

    async def full_only(self: Shares, facts: Facts, to: int, whose: int, after: int, limit: int) -> list[int]:
        listed = await scopes_for(self, facts, to, whose, after, limit)
        full = await self.full(facts, listed)
        return [scope for scope in listed if to in full[scope]]

    replace(Shares, "scopes_for", full_only)


@mutant
def lists_nothing_of_ones_own(replace: Replace) -> None:
    scopes_for = Shares.scopes_for

    async def conversations(self: Shares, facts: Facts, to: int, whose: int, after: int, limit: int) -> list[int]:
        return [scope for scope in await scopes_for(self, facts, to, whose, after, limit) if not self.is_person(scope)]

    replace(Shares, "scopes_for", conversations)


@mutant
def lets_anybody_meet(replace: Replace) -> None:
    replace(may_meet, "misfits", lambda *_: [])
