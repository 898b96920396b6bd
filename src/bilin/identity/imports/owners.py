"""An import changes only what this site owns; the rest of the table is imported where its owner is."""

from collections.abc import Sequence

from bilin.core.commands import Context
from bilin.core.database import Connection
from bilin.core.ownership import ownership
from bilin.identity.imports.rows import Table
from bilin.identity.imports.units import UnitPlan, key_of
from bilin.identity.queries import accounts_of_logins
from bilin.org import TreeUnit, UnitAdded, UnitChanged, person_cards


async def require_own_rows(
    db: Connection, ctx: Context, table: Table, plan: UnitPlan, present: Sequence[TreeUnit]
) -> None:
    """Pass when this site owns every unit the table adds to or puts people into, and the people it changes.

    Raises `OwnedElsewhere` with the first site that it does not own something of.
    """
    owners = ownership(ctx)
    for event in plan.events:
        if isinstance(event, UnitChanged):
            await owners.require_own_unit(db, event.unit)
    accounts = await accounts_of_logins(db, [row.login for row in table.people])
    cards = await person_cards(db, [account.person for account in accounts.values()])
    filled = {event.parent for event in plan.events if isinstance(event, UnitAdded) and event.parent is not None}
    filled |= {plan.places[key_of(row.unit)] for row in table.people} | {card.unit for card in cards.values()}
    for unit in sorted(filled & {unit.id for unit in present}):
        await owners.require_own(db, unit)
