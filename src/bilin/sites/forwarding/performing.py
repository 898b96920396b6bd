"""At the owner: do what somebody at home at another site asked for, as that person, as if they had asked here.

The asking site is believed who its people are, and of nobody else: a request for somebody who is at home at another
site is refused, as is one for a local administrator, who is no person of the company. The founding site is believed of
everybody: it decides who is at home where.
"""

from typing import Any

import msgspec

from bilin.core.characters import has_control
from bilin.core.commands import Actor
from bilin.core.database import head, reading
from bilin.core.errors import BilinError
from bilin.core.forwarding import FORWARDED, JSON, Application, is_key
from bilin.core.http import PROBLEM, problem_body
from bilin.core.ids import PersonId, SessionId
from bilin.core.log.runs import START, Position
from bilin.core.ownership import FOUNDER
from bilin.core.site import Site
from bilin.org import people_by_ids
from bilin.sites.forwarding.errors import NotAtHome
from bilin.sites.forwarding.messages import MAX_BODY_BYTES, MAX_PATH_CHARS, Forward, Forwarded
from bilin.sites.homes.home_map import read_homes
from bilin.sites.replication.errors import BadBatch

METHODS = frozenset({"POST", "PUT", "PATCH", "DELETE"})
PREFIX = "/api/"

encoder = msgspec.msgpack.Encoder()
decoder = msgspec.msgpack.Decoder(Forward)


class Performer:
    """Answers questions of kind `forward`."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def answer(self, asker: int, question: bytes) -> bytes:
        """Perform the request inside this process; a refusal is an answer like any other."""
        try:
            forward = read(question)
            await self._require_at_home(asker, PersonId(forward.person))
        except BilinError as error:
            return encoder.encode(Forwarded(error.status, PROBLEM, problem_body(error), START))
        app = self._site.get(Application).app
        actor = Actor(PersonId(forward.person), SessionId(forward.session))
        status, media_type, body = await perform(app, forward, actor)
        async with reading(self._site.pool) as db:
            position = Position(self._site.log.run_id, await head(db))
        return encoder.encode(Forwarded(status, media_type, body, position))

    async def _require_at_home(self, asker: int, person: PersonId) -> None:
        async with reading(self._site.pool) as db:
            is_known = any(found.active for found in await people_by_ids(db, [person]))
            home = (await read_homes(db, [person])).of_person(person)
        if not is_known or asker not in (home, FOUNDER):
            raise NotAtHome(site=self._site.number)


def read(question: bytes) -> Forward:
    """A request, checked: it comes from another server. Raises `BadBatch`."""
    try:
        forward = decoder.decode(question)
    except msgspec.DecodeError as cause:
        raise BadBatch("A forwarded request cannot be read.") from cause
    is_fine = (
        forward.method in METHODS
        and forward.path.startswith(PREFIX)
        and not has_control(forward.path)
        and len(forward.path) + len(forward.query) <= MAX_PATH_CHARS
        and len(forward.body) <= MAX_BODY_BYTES
        and (forward.key is None or is_key(forward.key))
    )
    if not is_fine:
        raise BadBatch("A forwarded request is not one that any client makes.")
    return forward


async def perform(app: Any, forward: Forward, actor: Actor) -> tuple[int, str, bytes]:
    """Call the application with a request of this actor: status, media type and body of its answer."""
    headers = [(b"content-type", JSON.encode()), (b"content-length", b"%d" % len(forward.body))]
    if forward.key is not None:
        headers.append((b"idempotency-key", forward.key.encode()))
    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "scheme": "http",
        "method": forward.method,
        "path": forward.path,
        "raw_path": forward.path.encode(),
        "root_path": "",
        "query_string": forward.query,
        "headers": headers,
        "client": None,
        "server": None,
        FORWARDED: actor,
    }
    answer = _Answer()
    await app(scope, _once(forward.body), answer.hear)
    return answer.status, answer.media_type, bytes(answer.body)


class _Answer:
    """Collects what the application sends."""

    def __init__(self) -> None:
        self.status, self.media_type, self.body = 500, JSON, bytearray()

    async def hear(self, message: Any) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            types = [value.decode() for name, value in message["headers"] if name.lower() == b"content-type"]
            self.media_type = types[0] if types else JSON
        elif message["type"] == "http.response.body":
            self.body += message.get("body", b"")


def _once(body: bytes) -> Any:
    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    return receive
