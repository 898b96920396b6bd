"""Setting policies of units over HTTP: who may, what it shows, what it changes, and why."""

from typing import Any

import pytest

from tests.policies.conftest import RECALL, Staff

GROUPS = "messaging.may_create_groups"
DAY = 86_400


async def test_what_is_set_counts_below_and_is_explained(staff: Staff) -> None:
    await staff.set(staff.boss, staff.company, 3600, reason="公司规定")
    await staff.set(staff.sun, staff.shanghai, 600)
    shown = await staff.shown(staff.sun, staff.sales)
    assert (shown["value"], shown["default"], shown["below"]) == (600, DAY, 0)
    assert (shown["said"]["unit"], shown["said"]["person"]) == (staff.shanghai, staff.ids["sun"])
    assert (shown["kind"], shown["measure"], shown["least"], shown["most"]) == ("number", "seconds", 0, None)
    why = await staff.sun.get(f"/policies/{RECALL}?unit={staff.shanghai}")
    assert [(step["said"]["value"], step["state"]) for step in why["steps"]] == [(3600, "replaced"), (600, "counts")]
    assert why["steps"][0]["said"]["reason"] == "公司规定"
    assert (why["following_units"], why["following_people"]) == (1, 2)
    assert [each["value"] for each in why["history"]] == [600]
    assert await staff.mine(staff.li) == 600
    assert await staff.mine(staff.boss) == 3600
    await staff.set(staff.sun, staff.shanghai, None)
    assert (await staff.shown(staff.sun, staff.shanghai))["said"]["unit"] == staff.company
    assert await staff.mine(staff.li) == 3600
    assert [
        each["value"] for each in (await staff.sun.get(f"/policies/{RECALL}?unit={staff.shanghai}"))["history"]
    ] == [
        None,
        600,
    ]


async def test_nothing_new_is_no_event(staff: Staff) -> None:
    assert (await staff.set(staff.boss, staff.company, None))["id"] is None
    assert (await staff.set(staff.boss, staff.company, 60))["id"] is not None
    assert (await staff.set(staff.boss, staff.company, 60))["id"] is None


async def test_only_who_administers_the_unit_sees_and_sets_its_policies(staff: Staff) -> None:
    for unit in (staff.shenzhen, staff.company):
        for path in (f"/policies?unit={unit}", f"/policies/{RECALL}?unit={unit}"):
            assert await staff.sun.refused("GET", path) == (403, "core.forbidden")
        for path, method in (
            (f"/policies/{RECALL}/units/{unit}", "PUT"),
            (f"/policies/{RECALL}/units/{unit}/effect", "POST"),
        ):
            assert await staff.sun.refused(method, path, {"value": 5}) == (403, "core.forbidden")
    await staff.set(staff.boss, staff.shenzhen, 5)
    told = await staff.sun.get(f"/policies?unit={staff.shanghai}")
    assert told["counts"] == [], "how many values Shenzhen has is not Shanghai's business"
    told = await staff.boss.get(f"/policies?unit={staff.company}")
    assert told["counts"] == [{"unit": staff.shenzhen, "own": 1}]
    assert await staff.li.refused("GET", f"/policies?unit={staff.sales}") == (403, "core.forbidden")
    assert await staff.boss.refused("GET", "/policies?unit=12345") == (404, "org.unit_not_found")


async def test_what_a_unit_above_fixed_cannot_be_set_but_may_be_reset(staff: Staff) -> None:
    await staff.set(staff.sun, staff.shanghai, 600)
    await staff.set(staff.boss, staff.company, 60, locked=True)
    shown = await staff.shown(staff.sun, staff.shanghai)
    assert (shown["value"], shown["locked_by"], shown["own"]["value"]) == (60, staff.company, 600)
    path = f"/policies/{RECALL}/units/{staff.shanghai}"
    answer = await staff.sun.send("PUT", path, {"value": 700})
    assert (answer.status_code, answer.json()["code"]) == (409, "policies.locked")
    assert answer.json()["details"] == {"unit": staff.company, "policy": RECALL}
    await staff.set(staff.sun, staff.shanghai, None)
    assert await staff.mine(staff.li) == 60


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"value": -1}, "value"),
        ({"value": True}, "value"),
        ({"value": 1 << 40}, "value"),
        ({"value": "soon"}, "value"),
        ({"value": 5, "subject": "role:king"}, "subject"),
        ({"value": 5, "subject": "post:"}, "subject"),
        ({"value": 5, "subject": "somebody"}, "subject"),
        ({"value": 5, "subject": "role:admin", "locked": True}, "locked"),
        ({"value": None, "locked": True}, "locked"),
        ({"value": 5, "reason": "a\u202eb"}, "reason"),
        ({"value": 5, "reason": "x" * 501}, "reason"),
    ],
)
async def test_what_no_unit_can_say_is_refused_by_its_field(staff: Staff, body: Any, field: str) -> None:
    for method, end in (("PUT", ""), ("POST", "/effect")):
        answer = await staff.boss.send(method, f"/policies/{RECALL}/units/{staff.company}{end}", body)
        assert answer.status_code == 422, answer.text
        assert list(answer.json()["details"]["fields"]) == [field]


async def test_a_policy_that_nobody_declares_is_not_found(staff: Staff) -> None:
    for path in (f"/policies/no.such?unit={staff.company}", f"/policies/no.such/people/{staff.ids['li']}"):
        assert await staff.boss.refused("GET", path) == (404, "policies.not_found")
    body = {"value": 5}
    assert await staff.boss.refused("PUT", f"/policies/http.port/units/{staff.company}", body) == (
        404,
        "policies.not_found",
    )


async def test_the_effect_is_counted_before_anything_is_set(staff: Staff) -> None:
    await staff.set(staff.sun, staff.sales, 30)
    path = f"/policies/{RECALL}/units/{staff.company}/effect"
    effect = await staff.boss.do("POST", path, {"value": 60})
    assert (effect["units"], effect["people"], effect["value"]) == (3, 2, 60), "not li, whose unit has its own"
    assert (effect["kept"], effect["ended"]) == ([{"unit": staff.sales, "value": 30}], [])
    effect = await staff.boss.do("POST", path, {"value": 60, "locked": True})
    assert (effect["units"], effect["people"]) == (4, 3)
    assert (effect["kept"], effect["ended"]) == ([], [{"unit": staff.sales, "value": 30}])
    effect = await staff.boss.do("POST", path, {"value": 60, "subject": "role:admin"})
    assert (effect["units"], effect["people"]) == (0, 2)
    await staff.set(staff.sun, staff.shanghai, DAY, subject="role:admin")
    await staff.set(staff.sun, staff.shanghai, 7, subject="role:org_admin")
    effect = await staff.boss.do("POST", path, {"value": DAY, "locked": True})
    assert effect["people"] == 1, "li, whose unit's own value ends; sun's exception is what holds for all anyway"
    await staff.set(staff.sun, staff.shanghai, 9, subject="role:admin")
    effect = await staff.boss.do("POST", path, {"value": DAY, "locked": True})
    assert (effect["units"], effect["people"]) == (1, 2), "her exception ends where no value for everybody changes"
    assert await staff.mine(staff.boss) == DAY, "nothing was set"


async def test_roles_and_posts_may_have_their_own_and_people_are_told_why(staff: Staff) -> None:
    await staff.set(staff.sun, staff.shanghai, False, GROUPS)
    await staff.set(staff.sun, staff.shanghai, True, GROUPS, subject="role:admin")
    await staff.set(staff.sun, staff.shanghai, True, GROUPS, subject="post:店长")
    assert [await staff.mine(each, GROUPS) for each in (staff.sun, staff.li, staff.boss)] == [True, False, True]
    shown = await staff.shown(staff.sun, staff.shanghai, GROUPS)
    assert {each["subject"]: each["value"] for each in shown["special"]} == {"post:店长": True, "role:admin": True}
    why = await staff.sun.get(f"/policies/{GROUPS}/people/{staff.ids['li']}")
    assert (why["value"], why["said"]["unit"]) == (False, staff.shanghai)
    assert [step["state"] for step in why["steps"]] == ["counts", "for_others", "for_others"]
    assert (await staff.li.get(f"/policies/{GROUPS}/people/{staff.ids['li']}"))["value"] is False
    other = f"/policies/{GROUPS}/people/{staff.ids['sun']}"
    assert await staff.li.refused("GET", other) == (403, "core.forbidden")
