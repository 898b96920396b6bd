"""Answers that clients keep up to date: as of when they are, and which events make them old (`bilin.core.live`)."""

from typing import Any

import pytest

from bilin.core.live import POSITION, TOPICS
from bilin.org import queries
from tests.identity.office import Browser, Office


async def test_an_answer_says_as_of_when_it_is_and_what_makes_it_old(office: Office, boss: Browser) -> None:
    await office.settle()
    expected = {
        "/org/units": "org",
        f"/org/people?unit={office.company}": "org",
        "/org/directory": "org",
        "/org/search?q=li": "org",
        f"/grants?unit={office.company}": "identity org",
        "/sessions": "identity.session_opened identity.session_revoked identity.password_set",
        "/sites": "sites",
        "/sites/homes": "sites org",
    }
    for path, topics in expected.items():
        headers = (await boss.send("GET", path)).headers
        assert (headers[TOPICS], int(headers[POSITION])) == (topics, office.site.tail.pos), path
    before = office.site.tail.pos
    receipt = await boss.do("PATCH", f"/org/units/{office.company}", {"rank": 7})
    await office.settle()
    after = int((await boss.send("GET", "/org/units")).headers[POSITION])
    assert before < receipt["pos"] <= after


async def test_an_answer_claims_nothing_that_came_while_it_was_made(
    office: Office, boss: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    await office.settle()
    read, receipts = queries.units, []

    async def slow(*given: Any) -> Any:
        units = await read(*given)
        receipts.append(await boss.do("PATCH", f"/org/units/{office.company}", {"rank": 9}))
        await office.settle()
        return units

    monkeypatch.setattr(queries, "units", slow)
    headers = (await boss.send("GET", "/org/units")).headers
    assert int(headers[POSITION]) < receipts[0]["pos"]
