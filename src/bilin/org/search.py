"""Finding people by their name, its sound in every reading, their title or unit; and by what reaches them.

The rule of privacy stands here alone: only who is active is found, and by telephone number, address and login (`also`)
only when it is written whole, so that nothing can be guessed letter by letter.
"""

from collections.abc import Sequence

from bilin.core.characters import compatible, fold, is_ideograph, squashed, words_of
from bilin.core.database import Connection
from bilin.core.ids import PersonId
from bilin.org.finding import OTHERWISE, forms_of
from bilin.org.model import Person
from bilin.org.queries import PERSON, person_of
from bilin.org.telephones import numbers_meant

MAX_QUERY_CHARS = 64
MAX_WORDS = 8
SELECT_UNIT_NAMES = "SELECT id, name, path FROM org.unit WHERE stands = id AND kind <> 'company'"
USUAL = f"split_part(p.found_by, E'\\x{ord(OTHERWISE):02x}', 1)"
NUMBER = r"regexp_replace(p.phone, '(ext\.?|x|转|#|,).*$', '', 'i')"
DIGITS = f"ltrim(regexp_replace({NUMBER}, '[^0-9]', '', 'g'), {{zeros}})"
REACHED = f"""(p.id = ANY($2::bigint[]) OR (p.email <> '' AND lower(p.email) = $3)
  OR (cardinality($9::text[]) > 0 AND p.phone <> '' AND CASE
  WHEN p.phone ~ '^([+]|00)' THEN {DIGITS.format(zeros="'0'")} = ANY($4::text[])
  ELSE {DIGITS.format(zeros="''")} = ANY($9::text[]) END))"""
EVERY_WORD = """cardinality($5::text[]) > 0 AND NOT EXISTS (
  SELECT FROM unnest($5::text[]) WITH ORDINALITY AS word(pattern, place)
  WHERE p.found_by NOT LIKE pattern AND NOT EXISTS (
    SELECT FROM org.post t JOIN org.unit w ON w.id = t.unit
    JOIN unnest($6::int[], $7::bigint[]) AS named(place, unit) ON named.place = word.place AND named.unit = w.stands
    WHERE t.person = p.id))"""
SELECT_FOUND = f"""{PERSON}
WHERE p.active AND (p.found_by LIKE '%' || $1 || '%' OR {REACHED} OR ({EVERY_WORD}))
ORDER BY CASE
    WHEN {REACHED} OR {USUAL} LIKE E'%\\n' || $1 || E'\\n%' THEN 0
    WHEN {USUAL} LIKE E'%\\n' || $1 || '%' THEN 1
    WHEN p.found_by LIKE E'%\\n' || $1 || '%' THEN 2
    WHEN {USUAL} LIKE '%' || $1 || '%' THEN 3
    WHEN p.found_by LIKE '%' || $1 || '%' THEN 4
    ELSE 5 END, p.sort, p.id
LIMIT $8"""


async def search_people(db: Connection, query: str, also: Sequence[PersonId], limit: int) -> list[Person]:
    """Active people who fit a query, those in `also` among them.

    Blanks, dots, width, case and accents make no difference. Whole names and words come first, then beginnings, then
    other readings, then parts, then those of whom every word fits something: a name, a title, a unit.
    """
    whole = query[:MAX_QUERY_CHARS]
    words = words_of(whole)[:MAX_WORDS] or [fold(whole).strip()]
    part = squashed(whole) or words[0]
    if not part:
        return []
    places, units = await _units_named(db, words)
    patterns = [f"%{_pattern(word)}%" if is_ideograph(word[:1]) else f"%\n{_pattern(word)}%" for word in words]
    address = compatible(whole.replace("\0", "")).strip().lower()
    abroad, inland = numbers_meant(whole)
    if len(words) == 1 and not units:
        patterns = []  # `part` says it all
    found = await db.fetch(
        SELECT_FOUND, _pattern(part), list(also), address, abroad, patterns, places, units, limit, inland
    )
    return [person_of(row) for row in found]


async def _units_named(db: Connection, words: Sequence[str]) -> tuple[list[int], list[int]]:
    """For each word the units whose name, or that of one above, begins with it or holds it: two columns."""
    rows = await db.fetch(SELECT_UNIT_NAMES)
    places: list[int] = []
    units: list[int] = []
    for place, word in enumerate(words, start=1):
        named = {str(row["id"]) for row in rows if _is_name(row["name"], word)}
        below = [row["id"] for row in rows if named.intersection(row["path"].split("."))] if named else []
        places += [place] * len(below)
        units += below
    return places, units


def _is_name(name: str, word: str) -> bool:
    usual, otherwise = forms_of(name)
    return word in usual[0] or any(form.startswith(word) for form in (*usual, *otherwise))


def _pattern(text: str) -> str:
    return text.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
