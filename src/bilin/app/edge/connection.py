"""An HTTP/1.1 connection that takes nothing from anybody without a limit: uvicorn's, held to `limits`.

uvicorn itself bounds neither the size of headers nor the time that a request may take to arrive. Everything here is
counted while the bytes are parsed: some 13 µs of CPU for a browser's request, which nothing on the open socket pays.
"""

from enum import Enum
from typing import Any, cast

import httptools
from uvicorn.protocols.http.flow_control import FlowControl
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from bilin.app.edge import limits
from bilin.app.edge.answer import with_own_headers
from bilin.app.edge.deadlines import Deadlines
from bilin.app.edge.errors import AddressTooLong, HeadTooLarge, TooSlow, UnknownHost
from bilin.app.edge.headers import headers_for
from bilin.app.edge.hosts import Hosts
from bilin.app.edge.proxies import FORWARDED_FOR, Proxies, is_said_by_proxies, scheme_of
from bilin.app.edge.refusals import refusal
from bilin.app.edge.targets import check_target
from bilin.core.errors import BilinError, Malformed
from bilin.core.settings import HttpSettings
from bilin.identity import FORWARDED_PROTO

ANY_HOST = b"/health"
"""Asked by load balancers under whatever name they have for us; it tells nothing that is anybody's."""


class Phase(Enum):
    """What the connection waits for."""

    IDLE = "a request, or its answer"
    HEAD = "the rest of the headers"
    BODY = "the rest of the body"
    ENDING = "the other end, to close; what it still sends is thrown away"


class HeldFlow(FlowControl):
    """Nothing more is read while something that was read waits to be parsed."""

    held = b""

    def resume_reading(self) -> None:
        if not self.held:
            super().resume_reading()


class EdgeConnection(HttpToolsProtocol):
    """One connection. Subclassed by `edge_protocol` with what all connections of a process share."""

    hosts: Hosts
    proxies: Proxies
    deadlines: Deadlines

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self.flow = self._held_flow = HeldFlow(transport)
        self._phase = Phase.IDLE
        self._since = self.loop.time()
        self._requests = 0
        self._head_left = limits.MAX_HEAD_BYTES
        self._framing = self._body = 0
        """Bytes fed to the parser for this request beyond the first read, and bytes of its body."""
        self._refusal: BilinError | None = None
        self._unread = (0, self._since)
        self._is_believed = self.proxies.believes(self.client[0]) if self.client else False
        self.deadlines.connections.add(self)

    def connection_lost(self, exc: Exception | None) -> None:
        self.deadlines.connections.discard(self)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if not self._held_flow.held and not self.pipeline and len(data) <= limits.PORTION_BYTES:
            if self._phase is not Phase.ENDING:
                self._parse(data)  # as nearly all of it comes: one request, and nothing before it
            return
        self._held_flow.held += data
        self._take()

    def _take(self) -> None:
        """Parse what came, up to as many requests as may wait; the rest waits unread."""
        flow = self._held_flow
        while flow.held and self._is_reading() and len(self.pipeline) < limits.MAX_PIPELINED:
            portion, flow.held = flow.held[: limits.PORTION_BYTES], flow.held[limits.PORTION_BYTES :]
            self._parse(portion)
        if not self._is_reading():
            flow.held = b""
        elif flow.held:
            flow.pause_reading()

    def _is_reading(self) -> bool:
        return self._phase is not Phase.ENDING and self.parser is not None and not self.transport.is_closing()

    def _parse(self, data: bytes) -> None:
        self._unset_keepalive_if_required()
        if self._phase is Phase.IDLE:
            self._wait_for(Phase.HEAD)
        requests = self._requests
        try:
            self.parser.feed_data(data)
        except httptools.HttpParserUpgrade:
            self._upgrade()
            return
        except httptools.HttpParserError:
            self._refuse(self._refusal or Malformed())
            return
        if requests == self._requests:
            self._framing += len(data)
            if self._framing > limits.MAX_HEAD_BYTES + (1 + limits.FRAMING_PER_BODY_BYTE) * self._body:
                self._refuse(HeadTooLarge())

    # what the parser calls; whatever these raise ends the connection

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._requests += 1
        self._head_left = limits.MAX_HEAD_BYTES
        self._framing = self._body = 0
        self._wait_for(Phase.HEAD)

    def on_url(self, url: bytes) -> None:
        self.url += url
        if len(self.url) > limits.MAX_TARGET_BYTES:
            self._raise(AddressTooLong())

    def on_header(self, name: bytes, value: bytes) -> None:
        self._head_left -= len(name) + len(value)
        if self._head_left < 0 or len(self.headers) >= limits.MAX_HEADERS:
            self._raise(HeadTooLarge())
        if self._phase is Phase.BODY:
            self._head_left -= limits.MAX_HEAD_BYTES // limits.MAX_HEADERS
            return  # a trailer (RFC 9110, section 6.5.1): counted, and nothing that anybody here asks for
        name = name.lower()
        if name == b"transfer-encoding" and value.strip().lower() != b"chunked":
            self._raise(Malformed("There is no way to read a body that comes in this way."))
        if name == b"expect" and value.lower() == b"100-continue":
            self.expect_100_continue = True
        elif is_said_by_proxies(name) and not (self._is_believed and name in (FORWARDED_FOR, FORWARDED_PROTO)):
            return  # what is not from a proxy of ours never gets in
        self.headers.append((name, value))

    def on_headers_complete(self) -> None:
        self._wait_for(Phase.BODY)
        host = self._host()
        try:
            check_target(self.url, host)
            if host is not None and not self.hosts.knows(host) and self.url.partition(b"?")[0] != ANY_HOST:
                raise UnknownHost(f"It was asked as {host.decode('latin-1')[:200]}.")
        except BilinError as error:
            self._raise(error)
        is_secure = self._is_believed and self._believe()
        before = self.cycle
        super().on_headers_complete()
        if self.cycle is not before:
            is_secure = is_secure or (host is not None and self.hosts.is_secure(host))
            own = headers_for(self.scope["path"], is_secure=is_secure)
            self.cycle.transport = with_own_headers(self.transport, own)

    def on_body(self, body: bytes) -> None:
        self._body += len(body)
        super().on_body(body)
        if self._body > limits.MAX_UNWANTED_BYTES and self.cycle.response_complete:
            self.transport.close()

    def on_message_complete(self) -> None:
        super().on_message_complete()
        if self._phase is not Phase.ENDING:
            self._phase = Phase.IDLE

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if self._held_flow.held:
            self._take()
            self._held_flow.resume_reading()

    # what the deadlines call

    @property
    def idle_since(self) -> float | None:
        """Since when it waits for a request; None: one is on its way, or its answer."""
        is_busy = self.cycle is not None and not self.cycle.response_complete
        return self._since if self._phase is Phase.IDLE and not is_busy else None

    def make_room(self) -> None:
        """End it."""
        self.transport.close()

    def look(self, now: float) -> None:
        """Give the connection up when it has overstayed."""
        waited = now - self._since
        if self._is_unread(now) or (self._phase is Phase.ENDING and waited > limits.LINGER_S):
            self.transport.abort()
        elif self._phase is Phase.IDLE and not self._requests and waited > limits.SILENT_S:
            self.transport.close()
        elif self._phase is Phase.HEAD and self.flow.read_paused:
            self._since = now  # it is we who do not read
        elif self._phase is Phase.HEAD and waited > limits.HEAD_WITHIN_S:
            self._refuse(TooSlow())
        elif self._phase is Phase.BODY:
            self._look_at_body(now, waited)

    def _look_at_body(self, now: float, waited: float) -> None:
        if self.flow.read_paused:
            self._since = max(self._since, now - limits.BODY_GRACE_S)  # it is we who do not read
        elif waited > limits.BODY_GRACE_S + self._body / limits.BODY_BYTES_PER_S:
            self._refuse(TooSlow())

    def _is_unread(self, now: float) -> bool:
        """Whether nothing of an answer was taken for too long."""
        size = self.transport.get_write_buffer_size()
        if not size or size != self._unread[0]:
            self._unread = (size, now)
            return False
        return now - self._unread[1] > limits.UNREAD_S

    def _upgrade(self) -> None:
        is_busy = self.cycle is not None and not self.cycle.response_complete
        if self._should_upgrade() and is_busy:
            self._refuse(Malformed("A socket is asked for while an answer is on its way."))
        elif self._should_upgrade():
            self._phase = Phase.IDLE
            self.deadlines.connections.discard(self)
            self.handle_websocket_upgrade()
            self.parser = None  # type: ignore[assignment] # it knows us: else both lie there until the collector comes
        else:
            self.cycle.keep_alive = False  # the parser reads nothing after a protocol that we do not speak
            self._held_flow.held = b""

    def _wait_for(self, phase: Phase) -> None:
        self._phase, self._since = phase, self.loop.time()

    def _host(self) -> bytes | None:
        hosts = [value for name, value in self.headers if name == b"host"]
        if len(hosts) > 1:
            self._raise(Malformed("There is more than one Host header."))
        return hosts[0] if hosts and hosts[0] else None

    def _believe(self) -> bool:
        """Take over what a proxy of ours says of the other end; whether that came by https."""
        client = self.proxies.client_of(self.headers)
        if client is not None:
            self.scope["client"] = (client, 0)
        is_secure = scheme_of(self.headers) == b"https"
        self.scope["scheme"] = "https" if is_secure else "http"
        return is_secure

    def _raise(self, error: BilinError) -> None:
        self._refusal = error
        raise error

    def _refuse(self, error: BilinError) -> None:
        """Answer with a problem and end the connection; without a word where an answer is on its way already."""
        if self.transport.is_closing():
            return
        is_busy = self.cycle is not None and not self.cycle.response_complete
        is_own = is_busy and self._phase is Phase.BODY and not self.pipeline and not self.cycle.response_started
        if is_busy:  # nobody hears what is still written
            self.pipeline.clear()
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        if is_busy and not is_own:
            self.transport.close()
            return
        self.transport.write(refusal(error, self.headers or (), self.server_state.default_headers))
        self._wait_for(Phase.ENDING)
        self._held_flow.held = b""
        self.flow.resume_reading()
        self.transport.write_eof()


def edge_protocol(settings: HttpSettings, deadlines: Deadlines) -> type[EdgeConnection]:
    """What uvicorn uses for HTTP (`http=`)."""
    shared = {"hosts": Hosts(settings), "proxies": Proxies(settings.proxies), "deadlines": deadlines}
    return cast("type[EdgeConnection]", type("BilinHttpConnection", (EdgeConnection,), shared))
