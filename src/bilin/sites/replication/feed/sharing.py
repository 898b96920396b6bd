"""Which sites have which conversation, as of one position of the log, remembered from one look to the next."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from bilin.core.database import Connection
from bilin.core.events import EVENT_TYPES, Event
from bilin.core.ids import PersonId
from bilin.core.ownership import FOUNDER
from bilin.core.scopes import ever_members_of, members_of, scopes_ever_of, scopes_of
from bilin.org import units_ever
from bilin.sites.homes.home_map import HomeMap, Homes
from bilin.sites.homes.model import Leaves

MAX_REMEMBERED = 50_000
FIND_CHANGED = """
SELECT DISTINCT scope, site, type = ANY($3::text[]) AS moves FROM core.log
 WHERE pos > $1 AND pos <= $2 AND scope IS NOT NULL AND (type = ANY($3::text[]) OR site <> $4)"""
SELECT_WRITERS = """
SELECT scope, array_agg(DISTINCT site) AS sites FROM core.log WHERE scope = ANY($1::bigint[]) GROUP BY scope"""
SELECT_WITH_OWN = """
SELECT p.scope FROM unnest($1::bigint[]) AS p(scope) WHERE EXISTS (SELECT FROM core.log l WHERE l.scope = p.scope)"""
SELECT_WITH_EVENTS = """
SELECT scope FROM unnest($1::bigint[]) AS wanted(scope)
 WHERE EXISTS (SELECT FROM core.log l WHERE l.scope = wanted.scope AND l.site = $2) ORDER BY scope"""


def membership_types() -> list[str]:
    """The types of events that let people in or out of their scope."""
    return [
        name
        for name, known in EVENT_TYPES.items()
        if known.cls.subscribes is not Event.subscribes or known.cls.unsubscribes is not Event.unsubscribes
    ]


def told_types() -> frozenset[str]:
    """The types of events that are sent to sites that only hear who is in their scope: those that say so, and those by
    which it is judged who may."""
    return frozenset(membership_types()) | {name for name, known in EVENT_TYPES.items() if known.cls.LEADS}


def people_let(event: Event, actor: PersonId | None) -> set[PersonId]:
    """Whom an event lets in or out."""
    return {person for person, _ in (*event.subscribes(actor), *event.unsubscribes(actor))}


class Sharing:
    """What the log says of who has what. Every answer is as of the snapshot of the last `look`."""

    def __init__(self, homes: Homes, here: int) -> None:
        self._homes, self._here = homes, here
        self._pos = -1
        self._types = membership_types()
        self._full: dict[int, frozenset[int]] = {}
        self._told: dict[int, frozenset[int]] = {}
        self.map: HomeMap = homes.now

    async def look(self, db: Connection, head: int) -> None:
        """Take note of everything through the head of a snapshot, which is never before the last one's."""
        if head == self._pos:
            return
        found = await self._homes.as_of(db, head)
        if found is not self.map or self._pos < 0 or len(self._full) + len(self._told) > MAX_REMEMBERED:
            self.map = found
            self._full.clear()
            self._told.clear()
        else:
            for scope, site, moves in await db.fetch(FIND_CHANGED, self._pos, head, self._types, self._here):
                self._forget(scope, site, moves)
        self._pos = head

    def _forget(self, scope: int, site: int, moves: bool) -> None:
        """Somebody came or went, or a site wrote there for the first time."""
        if moves:
            self._full.pop(scope, None)
        if moves or site not in self._told.get(scope, ()):
            self._told.pop(scope, None)

    async def full(self, db: Connection, scopes: Iterable[int]) -> Mapping[int, frozenset[int]]:
        """The sites that have everything of these conversations: those their members are at home at, and the founding
        site where policy says `everything`; none but this one where that of somebody who is or was a member says
        `nothing`. What is a person's own is at their home."""
        missing = {scope for scope in scopes if scope not in self._full}
        if missing:
            own = {scope for scope in missing if self._is_person(scope)}
            self._full.update({person: frozenset({self.map.of_person(person)}) for person in own})
            rest = list(missing - own)
            members, kept = await members_of(db, rest), await self._kept(db, rest)
            for scope in rest:
                self._full[scope] = frozenset() if scope in kept else self.sites_of(members.get(scope, ()))
        return self._full

    def _is_person(self, scope: int) -> bool:
        return scope in self.map.people

    async def own_of(self, db: Connection, people: Collection[PersonId], to: int) -> set[int]:
        """Of these people those who are at home at a site and have something of their own in the log."""
        there = [person for person in people if self.map.of_person(person) == to]
        return {row["scope"] for row in await db.fetch(SELECT_WITH_OWN, there)} if there else set()

    async def told(self, db: Connection, scopes: Iterable[int]) -> Mapping[int, frozenset[int]]:
        """The sites that keep hearing who is in these conversations: every home of all who are or were, and sites that
        have written in them; these alone where a member's policy says `nothing`."""
        missing = [scope for scope in set(scopes) if scope not in self._told]
        self._told.update({scope: frozenset() for scope in missing if self._is_person(scope)})
        missing = [scope for scope in missing if scope not in self._told]
        if missing:
            ever = await ever_members_of(db, missing)
            writers = {row["scope"]: row["sites"] for row in await db.fetch(SELECT_WRITERS, missing)}
            homes = await self.homes_ever(db, {person for people in ever.values() for person in people})
            kept = await self._kept(db, missing)
            for scope in missing:
                people = () if scope in kept else ever.get(scope, ())
                self._told[scope] = frozenset().union(writers.get(scope, ()), *(homes[person] for person in people))
        return self._told

    async def homes_ever(self, db: Connection, people: Collection[PersonId]) -> Mapping[PersonId, set[int]]:
        """Every site that each of these people is or was at home at."""
        units = await units_ever(db, people)
        return {each: self.map.sites_ever_of(units.get(each, ())) | {self.map.of_person(each)} for each in people}

    async def _kept(self, db: Connection, scopes: Sequence[int]) -> set[int]:
        """Of these conversations, those that the policy of somebody who is or was a member keeps here: what they said
        there is there still, and in quotes of others."""
        if not self.map.is_said("nothing", "conversation"):
            return set()
        members = await ever_members_of(db, scopes)
        return {scope for scope, people in members.items() if "nothing" in self._leaves(people)}

    def _leaves(self, people: Iterable[int]) -> set[Leaves]:
        return {self.map.leaves(person, "conversation") for person in people}

    async def has(self, db: Connection, to: int, scope: int) -> bool:
        """Whether a site has a conversation, or may at least hear who is in it."""
        return to in (await self.full(db, [scope]))[scope] or to in (await self.told(db, [scope]))[scope]

    async def scopes_for(self, db: Connection, to: int, whose: int, after: int, limit: int) -> Sequence[int]:
        """Conversations a site has everything of, and in which events of `whose` are, ascending after an id."""
        kept = await scopes_ever_of(db, self.map.said_by("nothing", "conversation"))
        own = await self.own_of(db, self.map.at_home(to), to)
        open_to = (await scopes_of(db, self._bringing(to)) - kept) | own
        wanted = sorted(scope for scope in open_to if scope > after)
        found: list[int] = []
        while wanted and len(found) < limit:
            page, wanted = wanted[:limit], wanted[limit:]
            found += [row["scope"] for row in await db.fetch(SELECT_WITH_EVENTS, page, whose)]
        return found[:limit]

    def sites_of(self, members: Collection[int]) -> frozenset[int]:
        """The sites that have everything of a conversation with these members, which nobody's policy keeps here."""
        sites = self.map.sites_of(members)
        return frozenset(sites | {FOUNDER} if "everything" in self._leaves(members) else sites)

    def brings(self, person: int, to: int) -> bool:
        """Whether a member's being in a conversation alone gives it to a site."""
        if self.map.of_person(person) == to:
            return True
        return to == FOUNDER and self.map.leaves(person, "conversation") == "everything"

    def _bringing(self, to: int) -> list[PersonId]:
        people = self.map.at_home(to)
        return people + self.map.said_by("everything", "conversation") if to == FOUNDER else people
