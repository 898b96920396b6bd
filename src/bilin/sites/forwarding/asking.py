"""At the site where somebody asks: send the request to its owner, and wait until what it decided has come back."""

from typing import Any

import msgspec

from bilin.core.codec import to_json
from bilin.core.database import head, reading
from bilin.core.errors import Invalid
from bilin.core.forwarding import ForwardedAnswer, ForwardedRequest, Forwarder
from bilin.core.reasons import TooLarge
from bilin.core.site import Site
from bilin.sites.forwarding.messages import FORWARD, MAX_BODY_BYTES, Forward, Forwarded
from bilin.sites.replication.errors import BadBatch, SiteUnreachable
from bilin.sites.replication.network import Network

DECIDED_WITHIN_S = 10.0
FOLLOWED_WITHIN_S = 3.0
"""How long the person waits for the change to be here too. It comes in any case; then they see it a moment later."""
SUCCESS = range(200, 300)

encoder = msgspec.msgpack.Encoder()
decoder = msgspec.msgpack.Decoder(Forwarded)


class SiteForwarder(Forwarder):
    """Asks over the network of sites."""

    def __init__(self, site: Site, network: Network) -> None:
        self._site, self._network = site, network

    async def forward(self, site: int, request: ForwardedRequest) -> ForwardedAnswer:
        if len(request.body) > MAX_BODY_BYTES:
            raise Invalid(reasons={"body": TooLarge(most=MAX_BODY_BYTES)})
        answer = await self._ask(site, request)
        body = answer.body
        if answer.status in SUCCESS:
            is_here = await self._network.wait_followed(site, answer.position, FOLLOWED_WITHIN_S)
            body = with_pos(body, await self._head() if is_here else None)
        return ForwardedAnswer(answer.status, answer.media_type, body)

    async def _ask(self, site: int, request: ForwardedRequest) -> Forwarded:
        if not await self._network.wait_for_new(site):
            raise self._unreachable(site)
        person, session = int(request.actor.person), int(request.actor.session)
        forward = Forward(request.method, request.path, request.query, request.body, request.key, person, session)
        try:
            answered = await self._network.ask(site, encoder.encode(forward), FORWARD, DECIDED_WITHIN_S)
        except SiteUnreachable as cause:
            raise self._unreachable(site) from cause
        try:
            return decoder.decode(answered)
        except msgspec.DecodeError as cause:
            raise BadBatch(f"Site {site} answered something that cannot be read.") from cause

    def _unreachable(self, number: int) -> SiteUnreachable:
        known = self._network.roll.sites.get(number)
        name = known.name if known is not None else ""
        detail = f"{name or f'Site {number}'} decides this and cannot be reached now."
        return SiteUnreachable(detail, site=number, name=name)

    async def _head(self) -> int:
        async with reading(self._site.pool) as db:
            return await head(db)


def with_pos(body: bytes, pos: int | None) -> bytes:
    """The body of a receipt with a position of this site's log: one at which the change is here; null: not yet."""
    try:
        answer: Any = msgspec.json.decode(body)
    except msgspec.DecodeError:
        return body
    if not isinstance(answer, dict) or not isinstance(answer.get("pos"), int):
        return body
    return to_json({**answer, "pos": pos})
