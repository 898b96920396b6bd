"""Every route × every kind of person, deny by default: a route without a row fails."""

import re
from itertools import count
from typing import Any

import httpx
import pytest
from litestar.routes import HTTPRoute

from tests.authorization.rows import OK, Row
from tests.authorization.scene import KINDS, Cast, Scene, set_scene
from tests.authorization.table import TABLE
from tests.identity.office import ORIGIN

OPENAPI = ("/api", "/api/openapi.json", "/api/{path:str}")
"""The description of the API itself, made by the framework; it holds nothing of people."""
PLACEHOLDER = re.compile(r"\{(\w+)(?::\w+)?\}")
numbers = count()
pytestmark = pytest.mark.asyncio(loop_scope="module")


def fill(template: Any, scene: Scene) -> Any:
    """Put the scene's ids into a path or body."""
    if isinstance(template, dict):
        return {name: fill(value, scene) for name, value in template.items()}
    if isinstance(template, list):
        return [fill(value, scene) for value in template]
    if isinstance(template, str):
        return PLACEHOLDER.sub(lambda found: "%F0%9F%91%8D" if found[1] == "emoji" else scene[found[1]], template)
    return template


def needs(row: Row) -> set[str]:
    """The placeholders a row is filled with."""
    return {found[1] for found in PLACEHOLDER.finditer(f"{row.path or row.route} {row.body}")}


async def attempt(cast: Cast, row: Row, kind: str) -> httpx.Response:
    """What one kind of person gets from one route."""
    scene = await set_scene(cast, next(numbers), needs(row))
    content = {"content": row.raw} if row.raw is not None else {"json": fill(row.body, scene)} if row.body else {}
    headers = {"origin": ORIGIN, **({"content-type": "text/csv"} if row.raw is not None else {})}
    path = fill(row.path or row.route, scene)
    return await cast.browsers[kind].client.request(row.method, path, headers=headers, **content)


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.name)
async def test_everybody_gets_what_the_table_says(cast: Cast, row: Row) -> None:
    wrong = []
    for kind in KINDS:
        response = await attempt(cast, row, kind)
        got = OK if response.is_success else response.status_code
        if got != row.expected(kind):
            wrong.append(f"{kind}: {response.status_code} instead of {row.expected(kind)} {response.text[:200]}")
    assert not wrong, "\n".join(wrong)


async def test_every_route_has_a_row(cast: Cast) -> None:
    routes = {
        f"{method} {route.path}"
        for route in cast.office.app.routes
        if isinstance(route, HTTPRoute)
        for method in route.methods - {"OPTIONS", "HEAD"}
        if route.path not in OPENAPI
    }
    assert routes == {row.name for row in TABLE}


async def test_nothing_tells_a_conversation_that_is_there_from_one_that_is_not(cast: Cast) -> None:
    scene = await set_scene(cast, next(numbers), {"conversation"})
    outsider = cast.browsers["outsider"]
    for row in TABLE:
        if "{conversation" in row.route:
            there = await outsider.client.request(
                row.method, fill(row.path or row.route, scene), headers={"origin": ORIGIN}, json=fill(row.body, scene)
            )
            path = fill(row.path or row.route, scene).replace(scene["conversation"], "1234567890123")
            body = fill(row.body, scene)
            not_there = await outsider.client.request(row.method, path, headers={"origin": ORIGIN}, json=body)
            assert (there.status_code, there.json()) == (not_there.status_code, not_there.json()), row.name
