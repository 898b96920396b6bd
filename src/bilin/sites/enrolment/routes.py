"""Invitations over HTTP; joining itself is asked for at `/api/setup`."""

from typing import Any

import msgspec
from litestar import post

from bilin.core.commands import Context, execute
from bilin.sites.enrolment.invite import InviteSite, invite_site, token_of
from bilin.sites.enrolment.token import write_token


class InvitationBody(msgspec.Struct, frozen=True):
    """The site to invite: a new one by its name, or with `site` the one to build again."""

    name: str
    site: int | None = None
    address: str | None = None


@post("/api/sites/invitations", tags=["sites"])
async def post_invitation(ctx: Context, data: InvitationBody) -> dict[str, Any]:
    """Invite a server. The token is good once, and as secret as a password."""
    receipt = await execute(invite_site, InviteSite(data.name, data.site, data.address), ctx)
    assert receipt is not None  # noqa: S101 (there is always something to record)
    token, number = await token_of(ctx.site, receipt.id)
    return {"site": number, "token": write_token(token), "expires_ms": token.expires_ms}


routes = [post_invitation]
