"""Reads a query: `合同 "exact phrase" -draft from:胡志强 before:2026-11-01`.

Words stand between blanks, and all of them must be there. In quotes of any kind they are one phrase. A minus before a
word or filter means: not that. Filters are known by their names in both languages (`words`); what only looks like one
(`https://…`, `10:30`) is a word. Signs of full width mean the same as those of half width.
"""

from dataclasses import dataclass
from typing import Final

import regex

from bilin.core.characters import compatible
from bilin.core.errors import Invalid
from bilin.core.reasons import Reason, TooLong, TooMany
from bilin.search.dates import day_of
from bilin.search.errors import NoSuchDay, NoSuchValue, NothingToFind, NoValue
from bilin.search.terms import Term
from bilin.search.words import FILTERS, KINDS, TRAITS, Kind, SearchFilter, Trait

MAX_CHARS: Final = 300
MAX_PARTS: Final = 20
_OPEN, _CLOSE = '"“”„«»「『＂', '"“”«»」』＂'
_NAMES: Final = {name: known for known, names in FILTERS.items() for name in names}
_PART = regex.compile(
    rf"(?P<minus>[-－−](?=\S))?(?:(?P<name>{'|'.join(sorted(_NAMES, key=len, reverse=True))})[:：]"
    rf"(?:[{_OPEN}](?P<quoted>[^{_OPEN}{_CLOSE}]*)(?:[{_CLOSE}]|$)|(?P<value>\S*))"
    rf"|[{_OPEN}](?P<phrase>[^{_OPEN}{_CLOSE}]*)(?:[{_CLOSE}]|$)|(?P<word>\S+))",
    regex.V1 | regex.IGNORECASE,
)
_TRAITS: Final[dict[str, Trait]] = {name: trait for trait, names in TRAITS.items() for name in names}
_KINDS: Final[dict[str, Kind]] = {name: kind for kind, names in KINDS.items() for name in names}


@dataclass(frozen=True, slots=True)
class Part:
    """One filter as it was written."""

    name: SearchFilter
    value: str
    is_not: bool


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for."""

    text: str
    """The words alone, as they were typed: what names are to fit."""
    terms: tuple[Term, ...]
    without: tuple[Term, ...]
    """What must not be there."""
    filters: tuple[Part, ...]

    def values(self, name: SearchFilter, *, is_not: bool = False) -> list[str]:
        """What the filters of a name say."""
        return [part.value for part in self.filters if part.name == name and part.is_not == is_not]

    def traits(self, *, is_not: bool = False) -> list[Trait]:
        """What a text is to have."""
        return [_TRAITS[value.lower()] for value in self.values("has", is_not=is_not)]

    def kinds(self) -> set[Kind]:
        """What sort of thing is wanted; all of them where nothing is said."""
        wanted = {_KINDS[value.lower()] for value in self.values("type")} or set(KINDS)
        return wanted - {_KINDS[value.lower()] for value in self.values("type", is_not=True)}


def parse(written: str) -> Query:
    """A query. Raises `Invalid` with a reason for `q`."""
    if len(written) > MAX_CHARS:
        raise _wrong(TooLong(most=MAX_CHARS))
    terms: list[Term] = []
    without: list[Term] = []
    typed: list[str] = []
    filters: list[Part] = []
    for found in _PART.finditer(written):
        is_not = found["minus"] is not None
        if found["name"]:
            filters.append(_filter(found, is_not=is_not))
            continue
        words = found["phrase"] if found["word"] is None else found["word"]
        (without if is_not else terms).append(Term.of(words, is_phrase=found["word"] is None))
        typed += [] if is_not else [words]
    if len(terms) + len(without) + len(filters) > MAX_PARTS:
        raise _wrong(TooMany(most=MAX_PARTS))
    kept = tuple(term for term in dict.fromkeys(terms) if term.said)
    if not filters and not any(term.pieces for term in kept):
        raise _wrong(NothingToFind())
    return Query(" ".join(typed).strip(), kept, tuple(term for term in without if term.said), tuple(filters))


def _filter(found: "regex.Match[str]", *, is_not: bool) -> Part:
    name = _NAMES[found["name"].lower()]
    value = compatible(found["quoted"] if found["value"] is None else found["value"]).strip()
    if not value:
        raise _wrong(NoValue(filter=name))
    if name in ("before", "after") and day_of(value, 0) is None:
        raise _wrong(NoSuchDay(written=value))
    known: dict[str, Trait] | dict[str, Kind] = _TRAITS if name == "has" else _KINDS
    if name in ("has", "type") and value.lower() not in known:
        values = TRAITS if name == "has" else KINDS
        raise _wrong(NoSuchValue(filter=name, written=value, values=", ".join(values)))
    return Part(name, value, is_not)


def _wrong(reason: Reason) -> Invalid:
    return Invalid(reasons={"q": reason})
