"""Policies of units in a company of two sites: set at the unit's home from wherever one asks, and equal after a cut."""

from functools import partial

import pytest

from bilin.core.ids import PersonId
from bilin.core.policies import POLICIES, Policies
from tests.identity.office import Browser
from tests.sites.company import Company, until

RECALL = "messaging.recall_window_s"


def holds(two: Company, site: int, person: str, value: int) -> bool:
    """Whether it is this."""
    return value_at(two, site, person) == value


@pytest.fixture
async def branch(two: Company) -> tuple[str, str, Browser, Browser]:
    """The unit and a colleague there; she and an administrator of the unit, signed in at their own site."""
    unit = await two.branch("上海", 2)
    colleague = await two.hire("李娜", "li.na", unit)
    officer = await two.hire("孙丽", "sun.li", unit)
    await two.boss.do("POST", "/grants", {"person": officer, "role": "admin", "unit": unit})
    await two.move(unit, 2)
    await two.settle()
    office = two[2].office
    return unit, colleague, await office.sign_in("li.na"), await office.sign_in("sun.li", address="192.0.2.3")


def value_at(two: Company, site: int, person: str) -> object:
    """What holds for somebody, as a site knows it."""
    return two[site].site.get(Policies).of_person(POLICIES[RECALL], PersonId(int(person)))


async def test_it_is_set_at_home_from_anywhere_and_holds_everywhere(
    two: Company, branch: tuple[str, str, Browser, Browser]
) -> None:
    unit, colleague, li, _ = branch
    receipt = await two.boss.do("PUT", f"/policies/{RECALL}/units/{unit}", {"value": 60})
    await two.settle()
    for site in (1, 2):
        assert await two[site].count("SELECT id FROM policies.said") == int(receipt["id"])
        await until(partial(holds, two, site, colleague, 60), f"site {site} does not know")
    assert int(receipt["id"]) >> 12 & 1023 == 2, "it began at the unit's home"
    assert (await li.get("/me"))["policies"][RECALL] == 60
    await two.boss.do("PUT", f"/policies/{RECALL}/units/{two.company}", {"value": 30, "locked": True})
    await until(lambda: value_at(two, 2, colleague) == 30, "headquarters' word did not arrive")


async def test_what_both_sites_said_during_a_cut_merges(
    two: Company, branch: tuple[str, str, Browser, Browser]
) -> None:
    unit, colleague, _, sun = branch
    path = f"/policies/{RECALL}/units"
    await two.boss.do("POST", "/sites/cut", {"seconds": 600})
    await until(lambda: not two.headquarters.network.is_reachable(2), "the cut goes unnoticed")
    await sun.do("PUT", f"{path}/{unit}", {"value": 60, "reason": "分公司"})
    await two.boss.do("PUT", f"{path}/{two.company}", {"value": 30, "locked": True, "reason": "总部"})
    assert await two.boss.refused("PUT", f"{path}/{unit}", {"value": 10}) == (503, "sites.unreachable")
    assert (value_at(two, 1, colleague), value_at(two, 2, colleague)) == (30, 60)
    await two.boss.do("DELETE", "/sites/cut")
    await two.settle()
    await until(lambda: two.headquarters.network.is_reachable(2), "the line is back, and nobody hears it")
    for site in (1, 2):
        await until(partial(holds, two, site, colleague, 30), f"site {site} holds something else")
    assert await two.boss.refused("PUT", f"{path}/{unit}", {"value": 10}) == (409, "policies.locked")
    shown = [(await browser.get(f"/policies/{RECALL}?unit={unit}"))["steps"] for browser in (two.boss, sun)]
    assert [(step["said"]["reason"], step["state"]) for step in shown[0]] == [
        ("总部", "counts"),
        ("分公司", "locked_out"),
    ]
    assert shown[0] == shown[1]
