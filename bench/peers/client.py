"""An XMPP client that counts, as small as `bench.socket_client` is: both cost the machine little, and about the same.

It speaks what RFC 6120 asks for (stream, SASL PLAIN, binding of a resource) and XEP-0045 (rooms), and reads stanzas no
further than to find a mark in the `id` of a message, which rooms give back to all who are in them. Messages of a load
go out as `<message type="groupchat">`; the room's echo to the sender acknowledges it.
"""

import asyncio
import base64
import re
from time import monotonic_ns
from typing import cast

from bench.socket_client import Deliveries

MARK = re.compile(rb"<message [^>]*?\bid=['\"]@(\d+)-(\d+)['\"]")
TIMEOUT_S = 30.0


class XmppError(Exception):
    """The server said something else than was waited for."""


class XmppClient(asyncio.Protocol):
    """One person's connection."""

    def __init__(self, deliveries: Deliveries, domain: str, name: str, password: str) -> None:
        self._deliveries, self._domain, self.name, self._password = deliveries, domain, name, password
        self._buffer = b""
        self._wanted: tuple[bytes, asyncio.Future[None]] | None = None
        self._acks: dict[bytes, asyncio.Future[None]] = {}
        self._transport: asyncio.Transport | None = None
        self._is_lost = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)

    def connection_lost(self, exc: Exception | None) -> None:
        self._is_lost = True
        waiting = [*self._acks.values(), *([self._wanted[1]] if self._wanted else [])]
        for each in waiting:
            if not each.done():
                each.set_exception(XmppError(f"connection lost: {exc}"))

    async def sign_in(self) -> None:
        """Open the stream, prove who it is, bind a resource, be there."""
        spaces = "xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'"
        head = f"<stream:stream to='{self._domain}' version='1.0' {spaces}>"
        await self._ask(f"<?xml version='1.0'?>{head}", b"</stream:features>")
        proof = base64.b64encode(f"\0{self.name}\0{self._password}".encode()).decode()
        sasl = "urn:ietf:params:xml:ns:xmpp-sasl"
        await self._ask(f"<auth xmlns='{sasl}' mechanism='PLAIN'>{proof}</auth>", b"<success")
        await self._ask(head, b"</stream:features>")
        bind = "<bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><resource>bench</resource></bind>"
        await self._ask(f"<iq type='set' id='bind'>{bind}</iq>", b"</bind></iq>")
        self._write("<presence/>")

    async def enter(self, room: str, *, makes_it: bool) -> None:
        """Enter a room; its first occupant takes the server's settings for it."""
        none = "<history maxstanzas='0'/>"
        join = f"<presence to='{room}/{self.name}'><x xmlns='http://jabber.org/protocol/muc'>{none}</x></presence>"
        await self._ask(join, b"code='110'", b'code="110"')
        if makes_it:
            form = "<x xmlns='jabber:x:data' type='submit'/>"
            query = f"<query xmlns='http://jabber.org/protocol/muc#owner'>{form}</query>"
            await self._ask(f"<iq type='set' id='made' to='{room}'>{query}</iq>", b"id='made'", b'id="made"')

    async def say(self, room: str, mark: str, text: str) -> None:
        """Returns once the room has sent it back."""
        if self._is_lost:
            raise XmppError("the connection is lost")
        number = mark.rpartition("-")[2].encode()
        done = self._acks[number] = asyncio.get_running_loop().create_future()
        self._write(f"<message to='{room}' type='groupchat' id='{mark}'><body>{text}</body></message>")
        try:
            await asyncio.wait_for(done, TIMEOUT_S)
        finally:
            del self._acks[number]

    def close(self) -> None:
        if self._transport is not None:
            self._transport.abort()

    def data_received(self, data: bytes) -> None:
        if self._wanted is not None:
            self._look_for(data)
            return
        if b"<iq" in data and b"urn:xmpp:ping" in data and (asked := re.search(rb"\bid=['\"]([^'\"]+)", data)):
            self._write(f"<iq type='result' id='{asked[1].decode()}' to='{self._domain}'/>")
        buffer = self._buffer + data if self._buffer else data
        end = buffer.rfind(b"</message>")
        if end < 0:
            self._buffer = buffer[-65_536:]
            return
        for sent, number in MARK.findall(buffer, 0, end):
            self._deliver(int(sent), number)
        self._buffer = buffer[end + 10 :]

    def _deliver(self, sent_ns: int, number: bytes) -> None:
        tally = self._deliveries
        if sent_ns >= tally.since_ns:
            tally.count += 1
            tally.latencies_ns.append(monotonic_ns() - sent_ns)
        done = self._acks.get(number)
        if done is not None and not done.done():
            done.set_result(None)

    def _look_for(self, data: bytes) -> None:
        assert self._wanted is not None
        wanted, done = self._wanted
        self._buffer += data
        if not done.done():
            if any(each in self._buffer for each in wanted.split(b"\n")):
                done.set_result(None)
            elif b"<failure" in self._buffer or b"<stream:error" in self._buffer or b"type='error'" in self._buffer:
                done.set_exception(XmppError(self._buffer.decode(errors="replace")[-500:]))

    async def _ask(self, text: str, *wanted: bytes) -> None:
        self._buffer = b""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._wanted = b"\n".join(wanted), done
        self._write(text)
        try:
            await asyncio.wait_for(done, TIMEOUT_S)
        except TimeoutError:
            raise XmppError(
                f"{self.name} waited for {wanted!r}: {self._buffer.decode(errors='replace')[-300:]}"
            ) from None
        finally:
            self._wanted, self._buffer = None, b""

    def _write(self, text: str) -> None:
        if self._transport is not None:
            self._transport.write(text.encode())


async def connect(host: str, port: int, deliveries: Deliveries, domain: str, name: str, password: str) -> XmppClient:
    """A person who is online."""
    loop = asyncio.get_running_loop()
    _, client = await loop.create_connection(lambda: XmppClient(deliveries, domain, name, password), host, port)
    await client.sign_in()
    return client
