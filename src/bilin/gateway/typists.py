"""Who is typing: told to the other members of the conversation, through the bus to other gateways, and forgotten."""

from collections.abc import Awaitable, Callable

import msgspec
import structlog

from bilin.core.codec import to_json
from bilin.core.site import Site
from bilin.gateway import frames
from bilin.gateway.audience import Audience
from bilin.gateway.fanout import Fanout
from bilin.gateway.sockets import Listener

logger = structlog.get_logger(__name__)


class TypingNotice(msgspec.Struct, frozen=True, array_like=True):
    """What travels on the bus."""

    gateway: int
    conversation: int
    person: int


_decoder = msgspec.msgpack.Decoder(TypingNotice)


class Typists:
    """Takes notice of one member's typing and tells the others."""

    def __init__(self, site: Site, gateway: int, audience: Audience, fanout: Fanout) -> None:
        self._bus, self._gateway, self._audience, self._fanout = site.bus, gateway, audience, fanout
        self._subject = f"bilin.{site.number}.typing"
        self.pass_on: Callable[[int, int], Awaitable[None]] | None = None
        """Is told who types where, for other sites."""

    async def start(self) -> None:
        """Listen to the other gateways."""
        await self._bus.subscribe(self._subject, self._receive)

    async def type(self, listener: Listener, conversation: int) -> None:
        """A person types. Nothing happens in a conversation that is not theirs."""
        if not listener.follows(conversation):
            return
        self.tell(conversation, listener.id)
        notice = TypingNotice(self._gateway, conversation, listener.id)
        await self._bus.publish(self._subject, msgspec.msgpack.encode(notice))
        if self.pass_on is not None:
            await self.pass_on(conversation, listener.id)

    def has_listeners(self, conversation: int) -> bool:
        """Whether anybody is connected here who follows a conversation."""
        return any(listener.connections for listener in self._audience.followers(conversation))

    async def _receive(self, payload: bytes) -> None:
        try:
            notice = _decoder.decode(payload)
        except msgspec.DecodeError:
            logger.warning("gateway.unreadable_notice")
            return
        if notice.gateway != self._gateway:
            self.tell(notice.conversation, notice.person)

    def tell(self, conversation: int, person: int) -> None:
        """Tell the members who are connected here that one of them types."""
        body = to_json({"t": "typing", "conversation": str(conversation), "person": str(person)})
        self._fanout.send_to(self._audience.followers(conversation), frames.text(body), but=person)
