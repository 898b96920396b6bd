"""Undoing what a site wrote since it was taken over; here because it also sets passwords and ends sessions."""

from typing import Annotated

import msgspec
from litestar import post

from bilin.core.commands import Context
from bilin.core.errors import Invalid
from bilin.core.http import refuses
from bilin.core.ids import id_at
from bilin.core.reasons import OnlyOneOf
from bilin.identity.commands.undo_site import Undone, UndoSite, undo_site
from bilin.sites import Since, SiteFixed, UnknownSite


class UndoBody(msgspec.Struct, frozen=True):
    """From where on: a position of this log, or a time (Unix milliseconds) at which it came here."""

    since_ms: Annotated[int, msgspec.Meta(ge=0)] | None = None
    since_pos: Annotated[int, msgspec.Meta(ge=0)] | None = None
    accept_kept_back: bool | None = None
    """Also decide about what is kept back of the site."""
    dry_run: bool = True


@post("/api/sites/{number:str}/undo", status_code=200, opt=refuses(UnknownSite, SiteFixed), tags=["sites"])
async def post_undo(number: int, data: UndoBody, ctx: Context) -> Undone:
    """Undo what a site wrote, or say what would be done; needs all roles of an administrator over the company."""
    if data.since_ms is None and data.since_pos is None:
        raise Invalid(reasons={"since_ms": OnlyOneOf(names="since_ms, since_pos")})
    arrived = max(0, id_at(data.since_ms)) if data.since_ms is not None else 0
    since = Since(data.since_pos or 0, arrived)
    return await undo_site(UndoSite(number, since, data.accept_kept_back), ctx, dry_run=data.dry_run)


routes = [post_undo]
