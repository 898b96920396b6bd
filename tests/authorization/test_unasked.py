"""Who is not known, or asks too much, is refused without a question to the database: no flood of requests may become a
flood of queries."""

from collections.abc import Iterator
from contextvars import ContextVar
from typing import Any

import asyncpg
import pytest

from bilin.core.errors import TooMany
from bilin.core.log import LogWriter
from bilin.identity.authentication import Sessions
from bilin.identity.local_access import LOCAL_PREFIX
from bilin.identity.tokens import TOKEN_CHARS
from tests.authorization.rows import NOT_SIGNED_IN, Row
from tests.authorization.scene import Cast
from tests.authorization.table import TABLE
from tests.authorization.test_table import fill
from tests.identity.office import ORIGIN

pytestmark = pytest.mark.asyncio(loop_scope="module")
OWN_TOKENS = {"GET /metrics", "POST /api/sessions"}
CLOSED = [row for row in TABLE if row.expected("anonymous") == NOT_SIGNED_IN and row.name not in OWN_TOKENS]
counted: ContextVar[list[str] | None] = ContextVar("counted", default=None)


class AnyId(dict[str, str]):
    """Of things that nobody looks up."""

    def __missing__(self, name: str) -> str:
        return "1"


@pytest.fixture
def questions(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What this test's requests ask the database, or have written; what the server does by itself is not theirs."""

    def note(kind: Any, name: str) -> None:
        original = getattr(kind, name)

        def noting(self: Any, *args: Any, **kwargs: Any) -> Any:
            if (asked := counted.get()) is not None:
                asked.append(name)
            return original(self, *args, **kwargs)

        monkeypatch.setattr(kind, name, noting)

    note(asyncpg.Pool, "acquire")
    note(LogWriter, "append")
    asked: list[str] = []
    token = counted.set(asked)
    yield asked
    counted.reset(token)


async def status(cast: Cast, kind: str, row: Row, **headers: str) -> int:
    """What a request gets that names things which are not there."""
    content: dict[str, Any] = {"content": row.raw} if row.raw is not None else {"json": fill(row.body, AnyId())}
    path = fill(row.path or row.route, AnyId())
    client = cast.browsers[kind].client
    response = await client.request(row.method, path, headers={"origin": ORIGIN} | headers, **content)
    return response.status_code


async def test_the_count_counts(cast: Cast, questions: list[str]) -> None:
    await cast.browsers["member"].get("/me")
    assert "acquire" in questions
    questions.clear()
    await cast.browsers["member"].do("PATCH", "/me/preferences", {"locale": "en"})
    assert "append" in questions


async def test_strangers(cast: Cast, questions: list[str]) -> None:
    cookie = cast.office.site.get(Sessions).cookie.plain
    strange = [
        {},
        {"authorization": "Bearer x"},
        {"authorization": f"Bearer {LOCAL_PREFIX.decode()}x.y"},
        {"authorization": f"Basic {'x' * TOKEN_CHARS}"},
        {"cookie": f"{cookie}=short"},
        {"cookie": f"other={'x' * TOKEN_CHARS}"},
    ]
    for row in CLOSED:
        for headers in strange:
            assert await status(cast, "anonymous", row, **headers) == 401, (row.name, headers)
    assert questions == []


async def test_pages_of_other_origins(cast: Cast, questions: list[str]) -> None:
    """The cookie is good, and it is not the person who asks."""
    await cast.browsers["member"].get("/me")
    questions.clear()
    for row in CLOSED:
        if row.method != "GET":
            assert await status(cast, "member", row, origin="https://evil.example") == 403, row.name
    assert questions == []


async def test_who_asks_too_much(cast: Cast, questions: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise TooMany("enough", retry_after_s=1.0)

    await cast.browsers["admin"].get("/me")  # whoever was not here for long is looked up once
    questions.clear()
    monkeypatch.setattr(cast.office.site.budget, "charge", refuse)
    for row in CLOSED:
        assert await status(cast, "admin", row) == 429, row.name
    assert questions == []


async def test_what_is_no_route(cast: Cast, questions: list[str]) -> None:
    await cast.browsers["member"].get("/me")
    questions.clear()
    for kind, refused in (("anonymous", 401), ("member", 404)):
        client = cast.browsers[kind].client
        assert (await client.get("/api/nothing")).status_code == refused
        assert (await client.delete("/api/sync", headers={"origin": ORIGIN})).status_code == 405
    assert questions == []


async def test_a_token_that_may_be_one_is_looked_up_once_and_nothing_else_is(cast: Cast, questions: list[str]) -> None:
    for row in CLOSED:
        questions.clear()
        assert await status(cast, "anonymous", row, authorization=f"Bearer {'x' * TOKEN_CHARS}") == 401
        assert questions == ["acquire"], row.name
