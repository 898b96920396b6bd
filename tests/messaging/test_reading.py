"""Reading at several sites: nobody is said to have read what they did not, and all sites come to agree."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from bilin.core.crypto import Keyring
from bilin.core.database import Pool
from tests.messaging.histories import state_after
from tests.messaging.offices import GROUP, NEWCOMER, PEOPLE, SITES, Company, Office, companies
from tests.support.effort import EFFORT

State = dict[str, list[dict[str, Any]]]
THOROUGH = settings(
    max_examples=60 * EFFORT, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture
async def keys(database: Pool) -> Keyring:
    ring = Keyring(bytes(32))
    async with database.acquire() as db:
        await ring.ensure(db, [(GROUP, 1)])
    return ring


async def states(database: Pool, keys: Keyring, company: Company) -> dict[int, State]:
    """The tables of every site."""
    async with database.acquire() as db:
        return {site: await state_after(db, keys, company.offices[site].commits, site) for site in SITES}


def read_by(state: State, person: int) -> tuple[int, set[int]]:
    """How far somebody has read in the numbers of a site, and all texts that it has for read by them."""
    (row,) = [row for row in state["member"] if row["person"] == person]
    marks = {mark["site"]: mark["through"] for mark in state["read_mark"] if mark["person"] == person}
    texts = [text for text in state["message"] if text["kind"] == 1]
    read = {
        text["id"]
        for text in texts
        if text["seq"] <= row["read_seq"] or text["id"] <= marks.get(text["id"] >> 12 & 1023, 0)
    }
    return row["read_seq"], read


def counted(state: State, person: int) -> set[int]:
    """The texts that the number alone has for read."""
    at, _ = read_by(state, person)
    return {text["id"] for text in state["message"] if text["kind"] == 1 and text["seq"] <= at}


def numbers(state: State) -> dict[int, int]:
    return {text["id"]: text["seq"] for text in state["message"] if text["kind"] == 1}


def expected_numbers(office: Office) -> dict[int, int]:
    return {text.id: number for number, text in enumerate(office.texts, 1)}


@THOROUGH
@given(company=companies())
async def test_sites_say_what_was_read_and_no_more(database: Pool, keys: Keyring, company: Company) -> None:
    for is_whole in (False, True):
        if is_whole:
            company.hear_everything()
        for site, state in (await states(database, keys, company)).items():
            office = company.offices[site]
            assert numbers(state) == expected_numbers(office)
            for person in PEOPLE:
                at, read = read_by(state, person)
                assert at == office.read.get(person, 0)
                assert read <= company.has_read[person], f"site {site} claims too much"
                if is_whole:
                    assert read == company.has_read[person], f"site {site} was not told everything"


@THOROUGH
@given(company=companies(newcomer=True))
async def test_who_comes_later_need_not_read_what_was_before(database: Pool, keys: Keyring, company: Company) -> None:
    """Where two sites let somebody in apart from each other, what is between may count as unread, never as read."""
    company.hear_everything()
    for state in (await states(database, keys, company)).values():
        rows = [row for row in state["member"] if row["person"] == NEWCOMER and row["present"]]
        for row in rows:
            assert row["began"] in company.came
            assert row["began"] <= row["joined"]
            assert all(text < row["joined"] for text in counted(state, NEWCOMER))
            unread = [text for text, number in numbers(state).items() if number == row["read_seq"] + 1]
            assert all(text > row["began"] for text in unread), "what was before is passed over"
