"""Who is typing: told to the other members of the conversation, through the bus to other gateways, and forgotten."""

import msgspec
import structlog

from bilin.core.codec import to_json
from bilin.core.site import Site
from bilin.gateway import frames
from bilin.gateway.audience import Audience, Listener
from bilin.gateway.fanout import Fanout

logger = structlog.get_logger(__name__)


class Notice(msgspec.Struct, frozen=True, array_like=True):
    """What travels on the bus."""

    gateway: int
    conversation: int
    person: int


_decoder = msgspec.msgpack.Decoder(Notice)


class Typists:
    """Takes notice of one member's typing and tells the others."""

    def __init__(self, site: Site, gateway: int, audience: Audience, fanout: Fanout) -> None:
        self._bus, self._gateway, self._audience, self._fanout = site.bus, gateway, audience, fanout
        self._subject = f"bilin.{site.number}.typing"

    async def start(self) -> None:
        """Listen to the other gateways."""
        await self._bus.subscribe(self._subject, self._receive)

    async def type(self, listener: Listener, conversation: int) -> None:
        """A person types. Nothing happens in a conversation that is not theirs."""
        if listener not in self._audience.followers(conversation):
            return
        self._tell(conversation, listener.id)
        notice = Notice(self._gateway, conversation, listener.id)
        await self._bus.publish(self._subject, msgspec.msgpack.encode(notice))

    async def _receive(self, payload: bytes) -> None:
        try:
            notice = _decoder.decode(payload)
        except msgspec.DecodeError:
            logger.warning("gateway.unreadable_notice")
            return
        if notice.gateway != self._gateway:
            self._tell(notice.conversation, notice.person)

    def _tell(self, conversation: int, person: int) -> None:
        body = to_json({"t": "typing", "conversation": str(conversation), "person": str(person)})
        self._fanout.send_to(self._audience.followers(conversation), frames.text(body), but=person)
