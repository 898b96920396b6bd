"""Which sites have which conversation, as of one position of the log, remembered from one look to the next."""

from collections.abc import Collection, Iterable, Mapping

from bilin.core.ids import PersonId
from bilin.sites.homes.home_map import HomeMap
from bilin.sites.replication.feed import sharing
from bilin.sites.replication.feed.facts import Facts, Members
from bilin.sites.replication.feed.sharing import Sites

MAX_REMEMBERED = 50_000


class Shares:
    """What the log says of who has what. Every answer is as of the snapshot of the last `look`."""

    def __init__(self, here: int) -> None:
        self._here = here
        self._pos = -1
        self._full: dict[int, frozenset[int]] = {}
        self._told: dict[int, frozenset[int]] = {}
        self.map = HomeMap({}, {}, (), {}, {})

    async def look(self, facts: Facts) -> None:
        """Take note of everything through the head of a snapshot, which is never before the last one's."""
        if facts.head == self._pos:
            return
        found = await facts.homes()
        if found is not self.map or self._pos < 0 or len(self._full) + len(self._told) > MAX_REMEMBERED:
            self.map = found
            self._full.clear()
            self._told.clear()
        else:
            for scope, site, moves in await facts.changed(self._pos, self._here):
                self._forget(scope, site, moves)
        self._pos = facts.head

    def _forget(self, scope: int, site: int, moves: bool) -> None:
        """Somebody came or went, or a site wrote there for the first time."""
        if moves:
            self._full.pop(scope, None)
        if moves or site not in self._told.get(scope, ()):
            self._told.pop(scope, None)

    async def full(self, facts: Facts, scopes: Iterable[int]) -> Sites:
        """The sites that have everything of these conversations, or of what is a person's own."""
        missing = {scope for scope in scopes if scope not in self._full}
        if missing:
            own = {scope for scope in missing if self.is_person(scope)}
            self._full.update({person: sharing.sites_of_own(self.map, person) for person in own})
            rest = missing - own
            present, ever = await facts.members(rest), await self._ever_if_kept(facts, rest)
            for scope in rest:
                self._full[scope] = sharing.sites_with_all(self.map, present.get(scope, ()), ever.get(scope, ()))
        return self._full

    async def told(self, facts: Facts, scopes: Iterable[int]) -> Sites:
        """The sites that keep hearing who is in these conversations."""
        missing = {scope for scope in scopes if scope not in self._told}
        if missing:
            own = {scope for scope in missing if self.is_person(scope)}
            self._told.update(dict.fromkeys(own, sharing.NOBODY))
            rest = missing - own
            ever, writers = await facts.ever_members(rest), await facts.writers(rest)
            homes = await self.homes_ever(facts, {person for people in ever.values() for person in people})
            for scope in rest:
                people = ever.get(scope, ())
                self._told[scope] = sharing.sites_told(self.map, people, homes, writers.get(scope, ()))
        return self._told

    def is_person(self, scope: int) -> bool:
        """Whether a scope is that of what is a person's own."""
        return scope in self.map.people

    async def has(self, facts: Facts, to: int, scope: int) -> bool:
        """Whether a site has a conversation, or may at least hear who is in it."""
        return to in (await self.full(facts, [scope]))[scope] or to in (await self.told(facts, [scope]))[scope]

    async def own_of(self, facts: Facts, people: Collection[PersonId], to: int) -> set[int]:
        """Of these people those who are at home at a site and have something of their own in the log."""
        there = [person for person in people if to in sharing.sites_of_own(self.map, person)]
        return set(await facts.with_events(there)) if there else set()

    async def homes_ever(self, facts: Facts, people: Collection[PersonId]) -> Mapping[PersonId, set[int]]:
        """Every site that each of these people is or was at home at."""
        units = await facts.units_ever(people) if people else {}
        return {each: sharing.homes_ever(self.map, each, units.get(each, ())) for each in people}

    async def scopes_for(self, facts: Facts, to: int, whose: int, after: int, limit: int) -> list[int]:
        """What a site has, or hears who is in, and in which events of `whose` are, ascending after an id."""
        homes = await self.homes_ever(facts, list(self.map.people))
        there = [person for person in self.map.people if to in homes[person] or sharing.brings(self.map, person, to)]
        candidates = {*await facts.scopes_ever_of(there), *await facts.written_by(to), *there}
        wanted = sorted(scope for scope in candidates if scope > after)
        found: list[int] = []
        while wanted and len(found) < limit:
            page, wanted = await facts.with_events(wanted[:limit], whose), wanted[limit:]
            full, told = await self.full(facts, page), await self.told(facts, page)
            found += sorted(scope for scope in page if to in full[scope] or to in told[scope])
        return found[:limit]

    async def _ever_if_kept(self, facts: Facts, scopes: Collection[int]) -> Members:
        """Who is or was in these, where that matters: where some policy keeps conversations here."""
        return await facts.ever_members(scopes) if self.map.is_said("nothing", "conversation") else {}
