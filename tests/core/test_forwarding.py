"""A door says that another site decides: the request goes there as it is, and the answer comes back as it is."""

from typing import Any, cast

import httpx
import pytest
from litestar import Litestar, post
from litestar.di import Provide

from bilin.core import http
from bilin.core.commands import Actor, Context
from bilin.core.forwarding import FORWARDED, OWNED, ForwardedAnswer, ForwardedRequest, Forwarder
from bilin.core.http import Authenticator
from bilin.core.ids import PersonId, SessionId
from bilin.core.ownership import OwnedElsewhere
from bilin.sites import SiteUnreachable

ACTOR = Actor(PersonId(7), SessionId(8))


class FakeForwarder(Forwarder):
    """Answers what it is told to, and keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[int, ForwardedRequest]] = []
        self.answer: ForwardedAnswer | Exception = ForwardedAnswer(201, "application/json", b'{"id":"5","pos":9}')

    async def forward(self, site: int, request: ForwardedRequest) -> ForwardedAnswer:
        self.asked.append((site, request))
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


class FakeAuthenticator(Authenticator):
    async def authenticate(self, scope: Any) -> Actor:
        return ACTOR


class FakeSite:
    """What the glue asks a site for."""

    def __init__(self) -> None:
        self.forwarder = FakeForwarder()
        self._provided: dict[type, Any] = {Forwarder: self.forwarder, Authenticator: FakeAuthenticator()}

    def get(self, kind: type) -> Any:
        return self._provided[kind]


@post("/owned/{unit:str}", opt=OWNED)
async def owned(unit: str, data: dict[str, str], ctx: Context) -> dict[str, str]:
    """A door that another site keeps, unless this is the site it was sent to."""
    if data.get("here") == "yes":
        return {"unit": unit, "person": str(ctx.person)}
    raise OwnedElsewhere(2)


@post("/own")
async def own(data: dict[str, str], ctx: Context) -> None:
    raise OwnedElsewhere(2)


@pytest.fixture
def site() -> FakeSite:
    return FakeSite()


async def _guard(connection: Any, handler: Any) -> None:
    await http.require_actor(connection.app.state.site, connection.scope, handler.opt)


@pytest.fixture
def app(site: FakeSite) -> Litestar:
    app = Litestar(
        [owned, own],
        guards=[_guard],
        dependencies={"ctx": Provide(http.provide_context, sync_to_thread=False)},
        exception_handlers=http.EXCEPTION_HANDLERS,
        openapi_config=None,
        logging_config=None,
    )
    app.state.site = site
    return app


def client(app: Any) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://bilin.test")


async def test_the_same_request_goes_to_the_owner_and_its_answer_comes_back(app: Litestar, site: FakeSite) -> None:
    content = '{"name": "仓库"}'.encode()
    headers = {"idempotency-key": "once", "content-type": "application/json"}
    async with client(app) as browser:
        response = await browser.post("/owned/3?dry=1", content=content, headers=headers)
    assert (response.status_code, response.json()) == (201, {"id": "5", "pos": 9})
    ((asked, request),) = site.forwarder.asked
    assert asked == 2
    assert request == ForwardedRequest("POST", "/owned/3", b"dry=1", content, "once", ACTOR)


async def test_a_refusal_of_the_owner_comes_back_as_it_is(app: Litestar, site: FakeSite) -> None:
    site.forwarder.answer = ForwardedAnswer(403, http.PROBLEM, b'{"code":"core.forbidden"}')
    async with client(app) as browser:
        response = await browser.post("/owned/3", json={})
    assert (response.status_code, response.headers["content-type"]) == (403, http.PROBLEM)
    assert response.json() == {"code": "core.forbidden"}


async def test_what_keeps_the_owner_from_answering_is_told(app: Litestar, site: FakeSite) -> None:
    site.forwarder.answer = SiteUnreachable(site=2, name="上海")
    async with client(app) as browser:
        response = await browser.post("/owned/3", json={})
        assert (response.status_code, response.headers["retry-after"]) == (503, "1")
        assert response.json()["details"] == {"site": 2, "name": "上海"}
        site.forwarder.answer = RuntimeError("a mistake of ours")
        response = await browser.post("/owned/3", json={})
    assert (response.status_code, response.json()["code"]) == (500, "core.unexpected")


async def test_only_routes_that_say_so_are_forwarded(app: Litestar, site: FakeSite) -> None:
    async with client(app) as browser:
        response = await browser.post("/own", json={})
    assert (response.status_code, response.json()["details"]) == (421, {"site": 2})
    assert site.forwarder.asked == []


async def test_what_was_forwarded_is_let_in_as_its_person_at_those_routes_alone_and_goes_no_further(
    app: Litestar, site: FakeSite
) -> None:
    stranger = Actor(PersonId(99), SessionId(1))

    async def forwarded(scope: Any, receive: Any, send: Any) -> None:
        await app(cast("Any", {**scope, FORWARDED: stranger}), receive, send)

    async with client(cast("Any", forwarded)) as other_site:
        done = await other_site.post("/owned/3", json={"here": "yes"})
        sent_on = await other_site.post("/owned/3", json={})
        refused = await other_site.post("/own", json={})
    assert done.json() == {"unit": "3", "person": "99"}
    assert (sent_on.status_code, refused.status_code) == (421, 404)
    assert site.forwarder.asked == []
