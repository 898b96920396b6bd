"""Lists that grow with a company come in pages: of any size the same, also while things change between two of them."""

from collections.abc import AsyncIterator
from itertools import pairwise
from typing import Any

import pytest

from bilin.core.database import reading
from bilin.core.ids import PersonId
from bilin.core.log import Decision, Entry
from bilin.core.log.store import read_entries
from bilin.identity import AccountCreated
from tests.messaging.callers import Callers, callers_of
from tests.messaging.house import House

INVALID = (422, "core.invalid")


@pytest.fixture
async def callers(house: House) -> AsyncIterator[Callers]:
    async with callers_of(house) as found:
        yield found


async def pages(callers: Callers, who: PersonId, path: str, limit: int, after: str | None = None) -> list[Any]:
    """All pages, from after somebody or something on."""
    found: list[Any] = []
    while after is not None or not found:
        cursor = "" if after is None else f"&after={after}"
        found.append(await callers.do(who, "GET", f"{path}?limit={limit}{cursor}"))
        after = found[-1]["next"]
    return found


async def give_account(house: House, person: PersonId) -> None:
    """The first screen shows one's login."""
    await house.site.log.append(Decision([AccountCreated(person=person, login="anna")]), None)


async def told_since(house: House, pos: int) -> list[Entry]:
    """What a client that follows the log from there gets."""
    async with reading(house.site.pool) as db:
        return await read_entries(db, house.site.keys, pos, pos + 100)


async def test_conversations_come_in_pages_or_all_at_once(house: House, callers: Callers) -> None:
    anna, ben, *others = await house.hire("Anna", "Ben", "Cai", "Dora", "Emil")
    await give_account(house, anna)
    for other in others:
        await house.say(anna, await house.direct(anna, other))
        await house.group(ben, anna, other)
    await house.direct(anna, ben)  # nothing was said in it: it is not listed
    await house.group(ben, *others)
    whole = await callers.do(anna, "GET", "/sync")
    assert (len(whole["conversations"]), whole["next"]) == (6, None)
    by_id = sorted(whole["conversations"], key=lambda each: int(each["id"]))
    for limit in (1, 2, 3, 5, 6, 7, 500):
        got = await pages(callers, anna, "/sync", limit)
        assert [each for page in got for each in page["conversations"]] == by_id
        assert len(got) == -(-6 // limit)
        assert {page["run"] for page in got} == {whole["run"]}
        shown = {person["id"] for page in got for person in page["people"]}
        assert shown == {person["id"] for person in whole["people"]}
    for nonsense in ("limit=0", "limit=501", "limit=x", "after=x"):
        assert await callers.refused(anna, "GET", f"/sync?{nonsense}") == INVALID


async def test_what_changes_between_two_pages_of_conversations_is_neither_lost_nor_doubled(
    house: House, callers: Callers
) -> None:
    """In a page, or told by an event after the first page's position, from which a client follows the log."""
    anna, ben = await house.hire("Anna", "Ben")
    await give_account(house, anna)
    rooms = [await house.group(ben, anna) for _ in range(6)]
    first = await callers.do(anna, "GET", "/sync?limit=3")
    await callers.do(anna, "POST", f"/conversations/{rooms[0]}/leave")
    await callers.do(anna, "POST", f"/conversations/{rooms[4]}/leave")
    said = await house.say(ben, rooms[1]), await house.say(ben, rooms[5])
    new = await house.group(ben, anna)
    rest = await pages(callers, anna, "/sync", 2, first["next"])
    listed = [int(each["id"]) for page in [first, *rest] for each in page["conversations"]]
    assert listed == [*rooms[:4], rooms[5], new]
    assert all(one["pos"] <= other["pos"] for one, other in pairwise([first, *rest]))
    last = {int(each["id"]): each["last_message"] for page in rest for each in page["conversations"]}
    assert last[rooms[5]]["id"] == str(said[1])
    after = {entry.id for entry in await told_since(house, first["pos"])}
    assert set(said) < after
    assert rest[0]["pos"] > first["pos"]


async def test_members_come_in_pages_or_all_at_once(house: House, callers: Callers) -> None:
    anna, *others = await house.hire("Anna", "Ben", "Cai", "Dora", "Emil")
    room = await house.group(anna, *others)
    path = f"/conversations/{room}"
    await callers.do(anna, "PUT", f"{path}/members/{others[1]}/role", {"role": "admin"})
    whole = await callers.do(others[0], "GET", path)
    assert whole["next"] is None
    assert [int(each["person"]) for each in whole["members"]] == sorted([anna, *others])
    for limit in (1, 2, 4, 5, 6, 1_000):
        first = await callers.do(others[0], "GET", f"{path}?limit={limit}")
        rest = await pages(callers, others[0], f"{path}/members", limit, first["next"]) if first["next"] else []
        assert [each for page in [first, *rest] for each in page["members"]] == whole["members"]
        assert first["conversation"] == whole["conversation"]
        got = await pages(callers, others[0], f"{path}/members", limit)
        assert [each for page in got for each in page["members"]] == whole["members"]
    for nonsense in ("limit=0", "limit=1001", "after=x"):
        assert await callers.refused(anna, "GET", f"{path}/members?{nonsense}") == INVALID
    for nonsense in ("limit=0", "limit=1001"):
        assert await callers.refused(anna, "GET", f"{path}?{nonsense}") == INVALID


async def test_what_changes_between_two_pages_of_members_is_neither_lost_nor_doubled(
    house: House, callers: Callers
) -> None:
    anna, ben, cai, dora, emil = await house.hire("Anna", "Ben", "Cai", "Dora", "Emil")
    room = await house.group(anna, ben, cai, dora)
    path = f"/conversations/{room}"
    first = await callers.do(anna, "GET", f"{path}?limit=2")
    await callers.do(anna, "DELETE", f"{path}/members/{ben}")
    await callers.do(anna, "POST", f"{path}/members", {"people": [str(emil)]})
    await callers.do(anna, "PUT", f"{path}/members/{dora}/role", {"role": "admin"})
    rest = await pages(callers, anna, f"{path}/members", 1, first["next"])
    lines = [(int(each["person"]), each["role"]) for page in [first, *rest] for each in page["members"]]
    assert lines == [(anna, "owner"), (ben, "member"), (cai, "member"), (dora, "admin"), (emil, "member")]
    told = [entry.type for entry in await told_since(house, first["pos"])]
    assert told == ["messaging.member_removed", "messaging.members_added", "messaging.member_role_changed"]


async def test_who_is_put_out_between_two_pages_gets_no_further_one(house: House, callers: Callers) -> None:
    anna, ben, cai = await house.hire("Anna", "Ben", "Cai")
    path = f"/conversations/{await house.group(anna, ben, cai)}"
    first = await callers.do(ben, "GET", f"{path}?limit=1")
    await callers.do(anna, "DELETE", f"{path}/members/{ben}")
    refused = await callers.refused(ben, "GET", f"{path}/members?after={first['next']}")
    assert refused == (404, "messaging.conversation_not_found")
