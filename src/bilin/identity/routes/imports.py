"""`POST /api/org/import`: units and people from a CSV file."""

from typing import Any

from litestar import Request, post

from bilin.core.budgets import cost
from bilin.core.commands import Context
from bilin.core.database import snapshot
from bilin.core.http import TAKES_FILE, refuses
from bilin.core.ownership import OwnedElsewhere
from bilin.identity.errors import NotSetUp
from bilin.identity.imports.reading import NotATable
from bilin.identity.imports.rows import ImportOutcome
from bilin.identity.imports.run import ImportRefused, import_file
from bilin.identity.imports.units import manage_all_units
from bilin.org import UnitNotFound

MAX_FILE_BYTES = 64_000_000


async def _file(request: Request[Any, Any, Any], ctx: Context) -> bytes:
    """The body. Who may not import is refused before any of it is read."""
    async with snapshot(ctx.site.pool) as (db, _):
        await manage_all_units(db, ctx)
    parts = [part async for part in request.stream()]
    return b"".join(parts)


@post(
    "/api/org/import",
    status_code=200,
    request_max_body_size=MAX_FILE_BYTES,
    opt=cost(500) | TAKES_FILE | refuses(NotATable, ImportRefused, UnitNotFound, NotSetUp, OwnedElsewhere),
    tags=["org"],
)
async def post_import(
    request: Request[Any, Any, Any], ctx: Context, *, dry_run: bool = False, skip_bad_rows: bool = False
) -> ImportOutcome:
    """Import a CSV file (the body, as it is); needs `org.manage` over the company.

    `dry_run` checks everything and tells what would happen. Rows that are wrong stop the import, unless
    `skip_bad_rows` leaves them out.
    """
    return await import_file(await _file(request, ctx), ctx, dry_run=dry_run, skip_bad_rows=skip_bad_rows)


routes = [post_import]
