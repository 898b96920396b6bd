"""What was a setting of a site is asked of the unit of who acts."""

import asyncio
import time
from collections.abc import Iterable
from typing import Any

import pytest

from bilin.core.database import Connection
from bilin.core.ids import PersonId, wall_ms
from bilin.core.policies import POLICIES, Policies
from bilin.identity import authentication, given_passwords
from bilin.messaging.settings import EDIT_WITHIN, MAY_CREATE_GROUPS
from bilin.policies import memory
from bilin.policies.people import holders_of
from tests.identity.office import PASSWORD, Browser
from tests.policies.conftest import RECALL, Staff
from tests.sites.company import until


def words(text: str = "你好") -> dict[str, object]:
    return {"content": {"blocks": [{"type": "paragraph", "spans": [{"type": "text", "text": text}]}]}}


async def talk(staff: Staff) -> str:
    made = await staff.boss.do(
        "POST", "/conversations", {"kind": "group", "title": "周会", "members": [staff.ids["li"], staff.ids["sun"]]}
    )
    return str(made["id"])


async def say(by: Browser, group: str) -> str:
    return str((await by.do("POST", f"/conversations/{group}/messages", words()))["id"])


async def test_recalling_and_editing(staff: Staff) -> None:
    group = await talk(staff)
    theirs, mine = await say(staff.li, group), await say(staff.sun, group)
    await staff.set(staff.boss, staff.sales, 0)
    await staff.set(staff.boss, staff.sales, 0, EDIT_WITHIN.name)
    path = f"/conversations/{group}/messages/"
    assert await staff.li.refused("POST", f"{path}{theirs}/recall") == (403, "messaging.window_closed")
    assert await staff.li.refused("PATCH", f"{path}{theirs}", words("改")) == (403, "messaging.window_closed")
    await staff.sun.do("PATCH", f"{path}{mine}", words("改"))
    await staff.sun.do("POST", f"{path}{mine}/recall")
    told = (await staff.li.get("/sync"))["me"]["policies"]
    assert (told[RECALL], told["messaging.edit_window_s"]) == (0, 0)
    await staff.set(staff.boss, staff.sales, None)
    await staff.li.do("POST", f"{path}{theirs}/recall")


async def test_groups(staff: Staff) -> None:
    body = {"kind": "group", "title": "聚餐", "members": [staff.ids["sun"], staff.office.boss_id]}
    await staff.set(staff.boss, staff.shanghai, False, MAY_CREATE_GROUPS.name)
    assert await staff.li.refused("POST", "/conversations", body) == (403, "messaging.groups_forbidden")
    await staff.li.do("POST", "/conversations", {"kind": "direct", "person": staff.ids["sun"]})
    await staff.set(staff.boss, staff.shanghai, None, MAY_CREATE_GROUPS.name)
    await staff.set(staff.boss, staff.sales, 2, "messaging.group_max_members")
    assert await staff.li.refused("POST", "/conversations", body) == (409, "messaging.group_full")
    made = await staff.boss.do("POST", "/conversations", {**body, "members": [staff.ids["li"]]})
    add = f"/conversations/{made['id']}/members"
    assert await staff.li.refused("POST", add, {"people": [staff.ids["sun"]]}) == (409, "messaging.group_full")
    await staff.boss.do("POST", add, {"people": [staff.ids["sun"]]})


async def test_pace(staff: Staff) -> None:
    group = await talk(staff)
    await staff.set(staff.boss, staff.sales, 6, "messaging.sends_per_minute")
    await say(staff.li, group)
    assert await staff.li.refused("POST", f"/conversations/{group}/messages", words()) == (429, "core.too_many")
    await say(staff.sun, group)
    await say(staff.sun, group)


async def test_passwords(staff: Staff) -> None:
    await staff.set(staff.boss, staff.sales, 30, "identity.password_min_chars")
    body = {"old": PASSWORD, "new": "another horse 电池 77"}
    answer = await staff.li.send("POST", "/me/password", body)
    reasons = {"new": {"code": "too_short", "least": 30}}
    assert (answer.status_code, answer.json()["details"]["reasons"]) == (422, reasons)
    await staff.sun.do("POST", "/me/password", body)
    new = {"name": "新人", "login": "new", "password": "another horse 电池 78"}
    assert await staff.boss.refused("POST", "/org/people", {**new, "unit": staff.sales}) == (422, "core.invalid")
    await staff.boss.do("POST", "/org/people", {**new, "unit": staff.shenzhen})
    reset = {"password": "another horse 电池 79"}
    assert await staff.boss.refused("PATCH", f"/org/people/{staff.ids['li']}", reset) == (422, "core.invalid")


async def test_imported_passwords_are_held_to_the_policy_of_their_unit(staff: Staff) -> None:
    await staff.set(staff.boss, staff.shanghai, 30, "identity.password_min_chars")
    rows = ["云川集团/上海,王芳,wang", "云川集团/上海/仓库,赵一,zhao", "云川集团/深圳,陈二,chen"]
    table = "\n".join(["unit,name,login,password", *(f"{row},another horse 电池 {at}" for at, row in enumerate(rows))])
    headers = {"content-type": "text/csv", "origin": "http://bilin.test"}
    answer = await staff.boss.client.post("/api/org/import?dry_run=true", content=table.encode(), headers=headers)
    refused = answer.json()["details"]["rows"]
    assert [(row["line"], row["column"], row["why"]["least"]) for row in refused] == [
        (2, "password", 30),
        (3, "password", 30),
    ], "a unit that is still to be made is held to what holds above it"


async def test_sessions_end_by_the_policy_of_their_person(staff: Staff, monkeypatch: pytest.MonkeyPatch) -> None:
    await staff.set(staff.boss, staff.sales, 1, "identity.session_max_days")
    await staff.set(staff.boss, staff.shenzhen, 1, "identity.session_days")
    now = time.time()
    monkeypatch.setattr(authentication, "time", lambda: now + 2 * 86_400)
    assert await staff.li.refused("GET", "/me") == (401, "identity.not_signed_in")
    sessions = staff.office.site.get(authentication.Sessions)
    sessions._start_over()
    assert await staff.li.refused("GET", "/me") == (401, "identity.not_signed_in"), "nor from the database"
    await staff.sun.get("/me")


async def test_given_passwords_expire_by_the_policy_of_their_person(
    staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    await staff.set(staff.boss, staff.sales, 1, "identity.given_password_days")
    for person in ("li", "sun"):
        await staff.boss.do("PATCH", f"/org/people/{staff.ids[person]}", {"password": "given horse 电池 80"})
    now = wall_ms()
    monkeypatch.setattr(given_passwords, "wall_ms", lambda: now + 2 * 86_400_000)
    sign_in = {"password": "given horse 电池 80", "device": "", "bearer": True}
    browser = await staff.office.browser("192.0.2.7")
    assert await browser.refused("POST", "/sessions", {**sign_in, "login": "li"}) == (403, "identity.password_expired")
    await browser.do("POST", "/sessions", {**sign_in, "login": "sun"})


async def test_what_somebody_is_told_of_themselves_waits_for_what_was_heard(
    staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However long it takes to read who has a role."""

    async def slowly(db: Connection, subjects: Iterable[str]) -> Any:
        await asyncio.sleep(0.1)
        return await holders_of(db, subjects)

    monkeypatch.setattr(memory, "holders_of", slowly)
    await staff.set(staff.boss, staff.shanghai, 5, subject="role:admin")
    assert await staff.mine(staff.sun) == 5
    await staff.boss.do("POST", "/grants", {"person": staff.ids["li"], "role": "admin", "unit": staff.shanghai})
    assert (await staff.li.get("/sync"))["me"]["policies"][RECALL] == 5


async def test_memory_follows_who_moves(staff: Staff) -> None:
    await staff.set(staff.boss, staff.shanghai, 60)
    await staff.set(staff.boss, staff.shenzhen, 30)
    known, li = staff.office.site.get(Policies), PersonId(int(staff.ids["li"]))
    policy = POLICIES[RECALL]
    assert known.of_person(policy, li) == 60
    await staff.boss.do("PATCH", f"/org/people/{staff.ids['li']}", {"unit": staff.shenzhen})
    await until(lambda: known.of_person(policy, li) == 30, "she moved")
    await staff.boss.do("PATCH", f"/org/units/{staff.shenzhen}", {"parent": staff.sales})
    await staff.set(staff.boss, staff.shenzhen, None)
    await until(lambda: known.of_person(policy, li) == 60, "the unit moved below Shanghai")
    await staff.set(staff.boss, staff.shanghai, 7, subject="post:主管")
    await staff.boss.do("PATCH", f"/org/people/{staff.ids['li']}", {"title": "主管"})
    await until(lambda: known.of_person(policy, li) == 7, "she has that post now")
    await staff.set(staff.boss, staff.shanghai, 8, subject="role:auditor")
    given = await staff.boss.do(
        "POST", "/grants", {"person": staff.ids["li"], "role": "auditor", "unit": staff.company}
    )
    await until(lambda: known.of_person(policy, li) == 8, "she has that role now")
    await staff.boss.do("DELETE", f"/grants/{given['id']}")
    await until(lambda: known.of_person(policy, li) == 7, "the role was taken back")
