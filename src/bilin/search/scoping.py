"""From a query to what the index is asked: by whom, where, when, with what; and for whom it may answer at all."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from bilin.core.commands import Context
from bilin.core.database import Connection
from bilin.core.ids import Id
from bilin.core.scopes import scopes_of
from bilin.core.searchable import Document, Wanted
from bilin.search.dates import MAX_ID, day_of, first_id_of
from bilin.search.indexing import named
from bilin.search.model import UnderstoodFilter
from bilin.search.normal import normal
from bilin.search.parsing import Part, Query
from bilin.search.terms import Term, hold_all
from bilin.search.tokens import Tokens
from bilin.search.words import MYSELF, Kind, SearchFilter, Trait

ID = re.compile(r"@(-?[0-9]{1,19})")
MOST_NAMED = 50
"""So many people or conversations one filter may mean."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Everything a text must be to be found."""

    scopes: frozenset[int]
    """Where the person is present, and no filter says otherwise: nothing is found elsewhere, whatever the index has."""
    terms: tuple[Term, ...]
    without: tuple[Term, ...]
    one_of: tuple[frozenset[str], ...]
    """Of each set of traits one."""
    none_of: frozenset[str]
    senders: tuple[frozenset[int], ...]
    not_senders: frozenset[int]
    low: int
    high: int
    """From this id, to before that."""
    understood: list[UnderstoodFilter] = field(default_factory=list)

    def all_tokens(self, tokens: Tokens) -> list[int]:
        """What every text has that fits."""
        found = set(tokens.pieces(piece for term in self.terms for piece in term.pieces))
        found.update(tokens.scope(scope) for scope in (self.scopes if len(self.scopes) == 1 else ()))
        found.update(tokens.sender(one) for senders in self.senders if len(senders) == 1 for one in senders)
        found.update(tokens.trait(trait) for traits in self.one_of if len(traits) == 1 for trait in traits)
        return sorted(found)

    def any_tokens(self, tokens: Tokens) -> list[list[int]]:
        """Sets of which it has one each."""
        senders = [list(map(tokens.sender, each)) for each in self.senders if len(each) > 1]
        return senders + [list(map(tokens.trait, each)) for each in self.one_of if len(each) > 1]

    def fits(self, document: Document) -> bool:
        """Whether a text is what was asked for: tokens are only numbers, and two things may have the same."""
        if document.scope not in self.scopes or not self.low <= document.id < self.high:
            return False
        if document.sender in self.not_senders or any(document.sender not in each for each in self.senders):
            return False
        if self.none_of & document.traits or any(not each & document.traits for each in self.one_of):
            return False
        text = normal(document.text)
        return hold_all(self.terms, text) and not any(term.is_in(text) for term in self.without)


async def ask(ctx: Context, db: Connection, query: Query, minutes_east: int) -> Asked:
    """What a query of a person means."""
    understood = [await _understood(ctx, db, part) for part in query.filters]
    mine = await scopes_of(db, [ctx.person])
    for each in understood:
        if each.filter == "in":
            mine = mine - set(each.ids) if each.negative else mine & set(each.ids)
    senders = [each for each in understood if each.filter == "from"]
    return Asked(
        scopes=frozenset(mine),
        terms=query.terms,
        without=query.without,
        one_of=tuple(_traits(trait, ctx.person) for trait in query.traits()),
        none_of=frozenset(each for trait in query.traits(is_not=True) for each in _traits(trait, ctx.person)),
        senders=tuple(frozenset(map(int, each.ids)) for each in senders if not each.negative),
        not_senders=frozenset(int(one) for each in senders if each.negative for one in each.ids),
        low=max([0, *_days(query, "after", "before", minutes_east)]),
        high=min([MAX_ID, *_days(query, "before", "after", minutes_east)]),
        understood=understood,
    )


def _days(query: Query, name: SearchFilter, opposite: SearchFilter, minutes_east: int) -> list[int]:
    """Where the days begin that a filter names; not before a day is from that day on."""
    written = [*query.values(name), *query.values(opposite, is_not=True)]
    return [first_id_of(day, minutes_east) for each in written if (day := day_of(each, minutes_east)) is not None]


def _traits(trait: Trait, person: int) -> frozenset[str]:
    return frozenset([f"calls {int(person)}", "calls all"] if trait == "mention" else [trait])


async def _understood(ctx: Context, db: Connection, part: Part) -> UnderstoodFilter:
    ids: Sequence[Id] = ()
    if part.name in ("from", "in"):
        ids = _by_id(part.value)
        if part.name == "from" and part.value.casefold() in MYSELF:
            ids = [ctx.person]
        elif not ids:
            ids = await _called(ctx, db, "person" if part.name == "from" else "conversation", part.value)
    return UnderstoodFilter(part.name, part.value, part.is_not, list(ids))


def _by_id(value: str) -> Sequence[Id]:
    """`@17`: exactly that one. Who asks for a conversation that is not theirs finds nothing in it."""
    found = ID.fullmatch(value)
    return [Id(int(found[1]))] if found and abs(int(found[1])) <= MAX_ID else ()


async def _called(ctx: Context, db: Connection, kind: Kind, name: str) -> Sequence[Id]:
    """Who or what is called so: those whose whole name it is, else all that fit."""
    terms = [Term.of(word) for word in name.split()]
    wanted = Wanted(name, lambda text: hold_all(terms, normal(text)))
    found = [hit for each in named() if each.kind == kind for hit in await each.find(ctx, db, wanted, MOST_NAMED)]
    whole = [hit.id for hit in found if normal(hit.name) == normal(name)]
    return whole or [hit.id for hit in found]
