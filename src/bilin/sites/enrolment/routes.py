"""Invitations over HTTP; joining itself is asked for at `/api/setup`."""

import msgspec
from litestar import post

from bilin.core.at_writer import AT_WRITER
from bilin.core.commands import Context, execute
from bilin.core.http import refuses
from bilin.core.ownership import OwnedElsewhere
from bilin.org import UnitNotFound
from bilin.sites.enrolment.errors import NoLine, TooManySites
from bilin.sites.enrolment.invite import InviteSite, invite_site, token_of
from bilin.sites.enrolment.token import write_token
from bilin.sites.registry.errors import UnknownSite


class InvitationBody(msgspec.Struct, frozen=True):
    """The site to invite: a new one by its name, or with `site` the one to build again."""

    name: str
    site: int | None = None
    address: str | None = None


class Invitation(msgspec.Struct, frozen=True):
    """What the server that is invited is started with, once; until then."""

    site: int
    token: str
    expires_ms: int


@post(
    "/api/sites/invitations",
    opt=AT_WRITER | refuses(OwnedElsewhere, UnitNotFound, NoLine, TooManySites, UnknownSite),
    tags=["sites"],
)
async def post_invitation(ctx: Context, data: InvitationBody) -> Invitation:
    """Invite a server. The token is good once, and as secret as a password."""
    receipt = await execute(invite_site, InviteSite(data.name, data.site, data.address), ctx)
    assert receipt is not None  # noqa: S101 (there is always something to record)
    token, number = await token_of(ctx.site, receipt.id)
    return Invitation(number, write_token(token), token.expires_ms)


routes = [post_invitation]
