"""What an import would change, each change with what is there now: nobody is renamed unseen."""

from collections.abc import Mapping, Sequence

from msgspec import UNSET

from bilin.core.commands import Context
from bilin.core.database import snapshot
from bilin.core.events import Event
from bilin.core.ids import UnitId
from bilin.identity.imports.people import Fate, Present, fate_of, plan_person, read_present
from bilin.identity.imports.rows import FieldChange, ImportChange, PersonRow, Table
from bilin.identity.imports.units import UnitPlan
from bilin.org import PersonAdded, PersonCard, PersonChanged, Post, TreeUnit, UnitAdded, UnitChanged

PATH_SEPARATOR = " / "
MAX_ADDED = 2000
"""So many of those who are new are named; all that is changed is told."""
Paths = Mapping[UnitId, str]


async def foresee(
    table: Table, plan: UnitPlan, present: Sequence[TreeUnit], ctx: Context
) -> tuple[dict[str, Fate], tuple[ImportChange, ...]]:
    """What would happen to each login, and every change."""
    async with snapshot(ctx.site.pool) as (db, _):
        there = await read_present(db, table.people, plan.places)
    paths = paths_after(present, plan)
    fates: dict[str, Fate] = {}
    changes = [_unit_change(event, paths, present) for event in plan.events]
    for row in table.people:
        event = plan_person(row, there, plan.places, ctx)
        fates[row.login] = fate_of(event, row, there)
        if event is not None:
            changes.append(_person_change(event, row, there, paths))
    changed = [each for each in changes if each.fate == "changed"]
    added = [each for each in changes if each.fate == "added"]
    return fates, (*changed, *added[:MAX_ADDED])


def paths_after(present: Sequence[TreeUnit], plan: UnitPlan) -> Paths:
    """The path of every unit there is and will be; parents come before their children."""
    paths: dict[UnitId, str] = {}
    for unit in present:
        paths[unit.id] = _joined(paths, unit.parent, unit.name)
    for event in plan.events:
        if isinstance(event, UnitAdded):
            paths[event.unit] = _joined(paths, event.parent, event.name)
    return paths


def _joined(paths: Paths, parent: UnitId | None, name: str) -> str:
    return name if parent is None else f"{paths[parent]}{PATH_SEPARATOR}{name}"


def _unit_change(event: Event, paths: Paths, present: Sequence[TreeUnit]) -> ImportChange:
    if isinstance(event, UnitAdded):
        kind = FieldChange("kind", "", event.kind)
        return ImportChange("unit", "added", paths[event.unit], fields=(kind,))
    if not isinstance(event, UnitChanged):
        raise TypeError(f"an import of units makes no {type(event).__name__}")
    before = next(unit.kind for unit in present if unit.id == event.unit)
    return ImportChange("unit", "changed", paths[event.unit], fields=(FieldChange("kind", before, str(event.kind)),))


def _person_change(event: PersonAdded | PersonChanged, row: PersonRow, there: Present, paths: Paths) -> ImportChange:
    if isinstance(event, PersonAdded):
        return ImportChange("person", "added", row.name, row.login, paths[event.unit])
    card = there.cards[event.person]
    return ImportChange("person", "changed", card.name, row.login, fields=_fields(event, card, paths))


def _fields(event: PersonChanged, card: PersonCard, paths: Paths) -> tuple[FieldChange, ...]:
    plain = [
        FieldChange(name, getattr(card, name), new)
        for name in ("name", "title", "email", "phone")
        if (new := getattr(event, name)) is not UNSET
    ]
    if event.unit is not UNSET:
        plain.append(FieldChange("unit", paths.get(card.unit, ""), paths[event.unit]))
    if event.units is not UNSET and (old := _further(card.units, paths)) != (new := _further(event.units, paths)):
        plain.append(FieldChange("further_units", old, new))
    return tuple(plain)


def _further(posts: Sequence[Post], paths: Paths) -> str:
    others = ((paths.get(post.unit, ""), post.title) for post in posts if not post.main)
    return "; ".join(f"{path} = {title}" if title else path for path, title in others)
