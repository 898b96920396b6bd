"""`POST /api/org/import`: units and people from a CSV file."""

from typing import Any

from litestar import Request, post

from bilin.core.commands import Context
from bilin.identity.imports.rows import Outcome
from bilin.identity.imports.run import import_file

MAX_FILE_BYTES = 64_000_000


@post("/api/org/import", status_code=200, request_max_body_size=MAX_FILE_BYTES, tags=["org"])
async def post_import(
    request: Request[Any, Any, Any], ctx: Context, *, dry_run: bool = False, skip_bad_rows: bool = False
) -> Outcome:
    """Import a CSV file (the body, as it is); needs `org.manage` over the company.

    `dry_run` checks everything and tells what would happen. Rows that are wrong stop the import, unless
    `skip_bad_rows` leaves them out.
    """
    return await import_file(await request.body(), ctx, dry_run=dry_run, skip_bad_rows=skip_bad_rows)


routes = [post_import]
