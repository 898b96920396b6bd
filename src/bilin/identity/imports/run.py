"""An import from end to end: read and check everything first, then units, then people in portions.

Each portion is one decision, small enough that conversations go on meanwhile. If the server stops in between, the same
file imported again brings the rest.
"""

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence

from bilin.core.commands import Context, execute
from bilin.core.database import snapshot
from bilin.core.errors import BilinError
from bilin.core.policies import Policies
from bilin.identity.imports.doubts import doubts_about
from bilin.identity.imports.owners import require_own_rows
from bilin.identity.imports.people import Fate, ImportPeople, import_people
from bilin.identity.imports.preview import foresee
from bilin.identity.imports.rows import ImportChange, ImportOutcome, ImportRow, Table
from bilin.identity.imports.rules import read_table
from bilin.identity.imports.units import (
    ImportUnits,
    UnitPlan,
    import_units,
    manage_all_units,
    places_of,
    plan_units,
    wanted_units,
)
from bilin.identity.passwords import generate_password
from bilin.identity.settings import PASSWORD_LENGTH
from bilin.org import UnitAdded

PORTION = 100
MAX_REPORTED = 1000


class ImportRefused(BilinError):
    """Some rows are wrong, so nothing was imported."""

    code = "identity.import_refused"
    status = 422
    title = "Some rows cannot be imported, so none was"
    hint = "Correct the rows named in details.rows, or import the others with skip_bad_rows."
    rows: Sequence[ImportRow]
    """The first 1,000."""
    total: int


async def import_file(data: bytes, ctx: Context, *, dry_run: bool, skip_bad_rows: bool) -> ImportOutcome:
    """Import a file.

    Raises `NotATable`, `ImportRefused` when rows are wrong and are not to be skipped, or `OwnedElsewhere` when another
    site owns what it would change.
    """
    async with snapshot(ctx.site.pool) as (db, _):
        present = await manage_all_units(db, ctx)
    policies = ctx.site.get(Policies)
    password_chars = {path: policies.of_unit(PASSWORD_LENGTH, unit) for path, unit in places_of(present).items()}
    table = await asyncio.to_thread(read_table, data, present[0].name, password_chars)
    if table.bad and not skip_bad_rows:
        raise ImportRefused(rows=table.bad[:MAX_REPORTED], total=len(table.bad))
    ctx = Context(ctx.site, ctx.actor)  # no key: every portion is a command of its own, and repeating changes nothing
    async with snapshot(ctx.site.pool) as (db, _):
        present = await manage_all_units(db, ctx)
        plan = plan_units(present, wanted_units(table), ctx)
        await require_own_rows(db, ctx, table, plan, present)
        doubts = await doubts_about(db, table, plan, present)
    if dry_run:
        foreseen, changes = await foresee(table, plan, present, ctx)
        return _outcome(table, plan, foreseen, doubts, changes=changes)
    await execute(import_units, ImportUnits(wanted_units(table)), ctx)
    fates: dict[str, Fate] = {}
    generated = {row.login: generate_password() for row in table.people if row.password is None}
    for start in range(0, len(table.people), PORTION):
        portion = ImportPeople(table.people[start : start + PORTION], generated)
        await execute(import_people, portion, ctx)
        fates |= portion.fates
    return _outcome(table, plan, fates, doubts, generated=generated)


def _outcome(
    table: Table,
    plan: UnitPlan,
    fates: Mapping[str, Fate],
    doubts: Sequence[ImportRow],
    *,
    generated: Mapping[str, str] | None = None,
    changes: tuple[ImportChange, ...] = (),
) -> ImportOutcome:
    """`generated`: passwords by login; None for a dry run."""
    added = sum(isinstance(event, UnitAdded) for event in plan.events)
    counted = Counter(fates.values())
    given = [row for row in table.people if row.login in (generated or ()) and fates.get(row.login) == "added"]
    return ImportOutcome(
        rows=len(table.units) + len(table.bad),
        units_added=added,
        units_changed=len(plan.events) - added,
        people_added=counted["added"],
        people_changed=counted["changed"],
        people_unchanged=counted["unchanged"],
        bad_rows=table.bad[:MAX_REPORTED],
        passwords=tuple((row.login, (generated or {})[row.login]) for row in given),
        names=tuple(row.name for row in given),
        passed_over=table.passed_over,
        warnings=tuple(doubts[:MAX_REPORTED]),
        changes=changes,
        dry_run=generated is None,
    )
